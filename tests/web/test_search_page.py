"""Does the search page show what was found, and how to go on from there?"""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from tests.web.conftest import MakeSite
from tests.web.page import Page, href_of, text_of, without_fragment


def query_of(href: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(href).query)


def test_the_start_page_says_how_much_there_is_and_how_to_search(site: FlaskClient) -> None:
    page = Page(site.get("/"))

    assert page.text("h1") == "Buscar en el archivo"
    assert page.text(".stock").startswith("5 documentos con 52 párrafos")
    assert '"Estados Unidos"' in page.links(".help a")


def test_every_example_of_the_start_page_can_be_followed(site: FlaskClient) -> None:
    examples = Page(site.get("/")).links(".help a")

    assert {site.get(href).status_code for href in examples.values()} == {200}


def test_a_blank_query_shows_the_start_page(site: FlaskClient) -> None:
    assert Page(site.get("/?q=+&level=")).text("h1") == "Buscar en el archivo"


def test_an_empty_index_says_how_to_fill_it(make_site: MakeSite) -> None:
    assert "searchidx index" in Page(make_site().get("/")).text(".stock")


def test_results_say_their_number_and_mark_what_was_found(site: FlaskClient) -> None:
    page = Page(site.get("/?q=REUNIONES"))

    assert page.text("h1") == "3 resultados para REUNIONES"
    assert len(page.all(".hit")) == 3
    assert set(page.texts("mark")) == {"reunión", "reuniones"}


def test_one_result_is_said_in_the_singular(site: FlaskClient) -> None:
    page = Page(site.get("/", query_string={"q": '"tierras raras"'}))

    assert page.text("h1").startswith("1 resultado para")
    assert page.texts("mark") == ["tierras raras"]


def test_a_hit_says_its_source_date_and_place(site: FlaskClient) -> None:
    page = Page(site.get("/", query_string={"q": '"tierras raras"'}))

    assert page.texts(".hit .meta > span") == ["EFE", "12 de noviembre de 2025", "Moscú"]
    assert page.one("time").attributes["datetime"] == "2025-11-12"


def test_a_derived_title_is_shown_as_such(site: FlaskClient) -> None:
    titles = {
        text_of(hit.css_first("h2")): hit.css_first(".derived") is not None
        for hit in Page(site.get("/?q=Putin")).all(".hit")
    }

    assert sum(titles.values()) == 2
    assert not titles["Putin y Tokáyev refuerzan alianza energética"]


def test_paragraphs_link_to_their_place_and_the_rest_is_counted(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin+gas"))
    hit = page.all(".hit")[0]
    pins = [href_of(pin) for pin in hit.css(".pin")]

    assert pins[0] == "/doc/001_b6d178efe64e1b6c.txt?q=Putin+gas#p6"
    assert len(pins) == 3
    assert text_of(hit.css_first(".more")) == "y 4 párrafos más"
    assert 'id="p6"' in site.get(without_fragment(pins[0])).get_data(as_text=True)


def test_a_hit_at_paragraph_level_links_to_its_paragraph(site: FlaskClient) -> None:
    page = Page(site.get("/?q=tierras+raras&level=paragraph"))

    assert href_of(page.all(".hit h2 a")[0]).endswith("?q=tierras+raras#p12")
    assert page.texts(".switch [aria-current]") == ["Párrafos", "Relevancia"]


def test_an_nfd_query_finds_and_shows_what_its_nfc_form_does(site: FlaskClient) -> None:
    page = Page(site.get("/", query_string={"q": unicodedata.normalize("NFD", "reunión")}))

    assert page.text("h1") == "3 resultados para reunión"


def test_the_form_keeps_the_query_and_what_was_chosen(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin&level=paragraph&sort=-date&source=EFE&page=1"))
    fields = {node.attributes["name"]: node.attributes["value"] for node in page.all("form input")}

    assert fields == {"q": "Putin", "level": "paragraph", "sort": "-date", "source": "EFE"}


def test_words_that_no_document_has_together_are_said_to_be_apart(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Lukoil+neumáticos"))

    assert page.texts(".note") == [
        "Ningún documento contiene todas las palabras; se muestran los que contienen alguna."
    ]


def test_a_long_query_says_that_most_of_its_words_are_asked_for(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin+Tokáyev+gas+Kazajistán+Rusia"))

    assert page.texts(".note")[0] == "Se muestran los documentos que contienen la mayoría de las palabras."


def test_what_was_misread_is_said_in_spanish_with_its_piece(site: FlaskClient) -> None:
    page = Page(site.get("/", query_string={"q": "(gas Putin"}))

    (warning,) = page.texts(".warnings li")
    assert warning.startswith("( Falta cerrar este paréntesis")


def test_an_empty_answer_offers_ways_out(site: FlaskClient) -> None:
    page = Page(site.get("/", query_string={"q": '"acuerdo nuclear"', "source": "EFE", "level": "paragraph"}))
    ways = page.links(".nothing a")

    assert page.text("h1").startswith("Ningún resultado")
    assert query_of(ways["Quitar los filtros"]) == [("q", '"acuerdo nuclear"'), ("level", "paragraph")]
    assert query_of(ways["Buscar por documentos"]) == [("q", '"acuerdo nuclear"'), ("source", "EFE")]
    assert query_of(ways["acuerdo nuclear"])[0] == ("q", "acuerdo nuclear")


def test_pages_follow_each_other_and_keep_every_parameter(site: FlaskClient) -> None:
    first = Page(site.get("/?q=Putin&source=EFE&source=Otra&sort=date&per_page=1"))
    following = first.links(".pages a")
    second = Page(site.get(following["Siguiente"]))

    kept = [("q", "Putin"), ("sort", "date"), ("per_page", "1"), ("source", "EFE"), ("source", "Otra")]
    assert list(following) == ["Siguiente"]
    assert query_of(following["Siguiente"]) == [*kept, ("page", "2")]
    assert list(second.links(".pages a")) == ["Anterior"]
    assert query_of(second.links(".pages a")["Anterior"]) == kept
    assert first.text("h1") == second.text("h1") == "2 resultados para Putin"
    assert first.texts(".hit h2") != second.texts(".hit h2")


def test_a_page_beyond_the_last_one_links_to_it(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin&per_page=2&page=9"))

    assert page.status == 200
    assert page.text(".list .note") == "No hay página 9: la última es la 3."
    assert query_of(page.links(".list .note a")["la última es la 3"])[-1] == ("page", "3")


def test_no_link_leads_beyond_what_the_index_shows(
    site: FlaskClient, seeds_index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = replace(seeds_index.search("Putin", per_page=30), total=25_000, page=333)
    monkeypatch.setattr(Index, "search", lambda *_, **__: many)
    page = Page(site.get("/?q=Putin&per_page=30&page=333"))

    assert page.text("h1").startswith("25.000 resultados")
    assert page.text(".pages [aria-current]") == "Página 333 de 333"
    assert list(page.links(".pages a")) == ["Anterior"]


def test_a_facet_filters_and_its_filter_can_be_taken_off(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin"))
    filtered = Page(site.get(page.links(".facets a")["EFE 2"]))

    assert page.texts(".facets h2") == ["Fuente", "Lugar", "Año"]
    assert filtered.text("h1") == "2 resultados para Putin"
    assert filtered.texts(".filters a") == ["Fuente: EFE"]
    assert Page(site.get(filtered.links(".filters a")["Fuente: EFE"])).text("h1") == page.text("h1")
    assert filtered.links(".facets [aria-current]")["EFE 2"] == filtered.links(".filters a")["Fuente: EFE"]


def test_a_year_goes_into_the_query_and_out_again(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin+O+Lukoil"))
    filtered = Page(site.get(page.links(".facets a")["2025 2"]))

    assert filtered.text("h1") == "2 resultados para Putin O Lukoil fecha:2025"
    assert query_of(filtered.links(".facets [aria-current]")["2025 2"]) == [("q", "Putin O Lukoil")]


def test_a_year_does_not_change_how_a_query_in_capitals_is_read(site: FlaskClient) -> None:
    page = Page(site.get("/?q=PUTIN+GAS"))

    assert query_of(page.links(".facets a")["2025 1"]) == [("q", "PUTIN GAS FECHA:2025")]
    assert Page(site.get(page.links(".facets a")["2025 1"])).text("h1").startswith("1 resultado para")


def test_the_values_of_a_long_facet_fold_away(make_site: MakeSite) -> None:
    page = Page(make_site(*({"text": "gas", "source": f"Agencia {n}"} for n in range(11))).get("/?q=gas"))

    assert len(page.all(".facets section > ul > li")) == 8
    assert page.text(".facets summary") == "3 más"
    assert len(page.all(".facets details li")) == 3


def test_a_page_is_spanish_with_landmarks_and_one_heading(site: FlaskClient) -> None:
    for address in ("/", "/?q=Putin", "/?q=nadanada", "/doc/000_e468506517af710c.txt?q=gas", "/doc/nada"):
        page = Page(site.get(address))
        assert page.one("html").attributes["lang"] == "es"
        assert len(page.all("h1")) == len(page.all("main")) == len(page.all('form[role="search"]')) == 1
        assert href_of(page.all("a")[0]) == f"#{page.one('main').attributes['id']}"
        assert page.one("label").attributes["for"] == page.one('input[type="search"]').attributes["id"]
        assert not page.all("script, style, [style], [onclick]")


def test_robots_and_browsers_find_what_they_ask_for(site: FlaskClient) -> None:
    assert site.get("/robots.txt").get_data(as_text=True).startswith("User-agent: *")
    assert site.get("/favicon.ico", buffered=True).mimetype == "image/svg+xml"
    for node in Page(site.get("/")).all("link[href]"):
        assert site.get(href_of(node), buffered=True).status_code == 200
