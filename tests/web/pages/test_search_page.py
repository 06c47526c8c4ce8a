"""The search page: results, facets, filters, the timeline and links to other searches."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from tests.web.conftest import MakeSite
from tests.web.page_support import (
    Page,
    href_of,
    text_of,
    without_fragment,
)


def query_of(href: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(href).query)


def test_the_start_page_says_how_much_there_is_and_how_to_search(site: FlaskClient) -> None:
    page = Page(site.get("/"))

    assert page.text("h1") == "Buscar en el archivo"
    assert page.text(".stock").startswith("5 documentos, 52 párrafos")
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
    assert set(page.texts("mark")) == {"reunión", "reuniones", "reunieron"}


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


def test_words_that_no_document_has_together_are_said_to_be_apart(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Lukoil+neumáticos"))

    assert page.texts(".note") == [
        "Ningún documento contiene todas las palabras; se muestran los que contienen alguna."
    ]


def test_it_says_how_many_have_all_and_most_words(site: FlaskClient) -> None:
    page = Page(site.get("/?q=gas+petróleo+carbón+Rusia"))

    assert page.texts(".note")[0] == "De ellos, 2 con todas las palabras y 3 con la mayoría."


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
    site: FlaskClient, seeds: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = replace(seeds.search("Putin", per_page=30), total=25_000, page=333)
    monkeypatch.setattr(Index, "search", lambda *_, **__: many)
    page = Page(site.get("/?q=Putin&per_page=30&page=333"))

    assert page.text("h1").startswith("25.000 resultados")
    assert page.text(".pages [aria-current]") == "Página 333 de 333"
    assert list(page.links(".pages a")) == ["Anterior"]


def ticked(page: Page) -> dict[str, str]:
    """Label → name=value of every box to tick."""
    boxes = {
        text_of(label): label.css_first("input") for label in page.all(".facets label:has(input[type=checkbox])")
    }
    return {label: f"{box.attributes['name']}={box.attributes['value']}" for label, box in boxes.items() if box}


def chosen(page: Page) -> list[str | None]:
    return [box.attributes["value"] for box in page.all(".facets input[checked]")]


def test_facets_are_boxes_of_the_search_form_with_their_counts(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin"))

    assert page.texts(".facets legend") == ["Fuente", "Lugar", "Fecha", "Entre fechas"]
    assert ticked(page) == {"EFE 2": "source=EFE", "Moscú 2": "place=Moscú", "2025 2": "year=2025"}
    assert {node.attributes["form"] for node in page.all(".facets input, .facets button")} == {"search"}
    assert page.one("form[role=search]").attributes["id"] == "search"
    assert page.text(".facets button") == "Aplicar los filtros"


def test_a_ticked_box_filters_and_its_chip_takes_the_filter_off(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin"))
    filtered = Page(site.get("/?q=Putin&source=EFE&year=2025&from=&to="))

    assert filtered.text("h1") == "2 resultados para Putin"
    assert chosen(filtered) == ["EFE", "2025"]
    chips = filtered.links(".filters a")
    assert list(chips) == ["Fuente: EFE", "Año: 2025", "Quitar todos"]
    assert query_of(chips["Fuente: EFE"]) == [("q", "Putin"), ("year", "2025")]
    assert Page(site.get(chips["Quitar todos"])).text("h1") == page.text("h1")


def test_several_values_of_a_facet_may_be_ticked(make_site: MakeSite) -> None:
    site = make_site(*({"text": "gas", "source": f"Agencia {n}"} for n in (1, 1, 2, 3)))
    page = Page(site.get("/?q=gas&source=Agencia+1&source=Agencia+2"))

    assert page.text("h1").startswith("3 resultados")
    assert list(ticked(page)) == ["Agencia 1 2", "Agencia 2 1", "Agencia 3 1"]
    assert chosen(page) == ["Agencia 1", "Agencia 2"]


def test_a_filter_that_leaves_nothing_can_be_seen_and_taken_off(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin&source=Nadie&place=Moscú"))

    assert page.text("h1").startswith("Ningún resultado")
    assert "Nadie" in chosen(page)
    assert "Quitar los filtros" in page.links(".nothing a")


def test_what_the_page_has_no_box_for_is_carried_along(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin&level=paragraph&sort=-date&language=es&source=EFE&variants=false&per_page=5"))
    hidden = {node.attributes["name"]: node.attributes["value"] for node in page.all("input[type=hidden]")}

    assert hidden == {
        "level": "paragraph",
        "sort": "-date",
        "per_page": "5",
        "variants": "false",
        "language": "es",
    }
    assert page.one('input[name="q"]').attributes["value"] == "Putin"


def test_the_values_of_a_long_facet_fold_away(make_site: MakeSite) -> None:
    page = Page(make_site(*({"text": "gas", "source": f"Agencia {n}"} for n in range(11))).get("/?q=gas"))

    assert len(page.all(".facets fieldset > ul > li")) == 8
    assert page.text("#more-source summary") == "3 más"
    assert len(page.all("#more-source li")) == 3


def test_the_months_of_a_year_stand_below_it(make_site: MakeSite) -> None:
    dates = ["2024-03-02", "2025-11-01", "2025-11-12", "2025-10-01"]
    site = make_site(*({"text": "gas", "date": date} for date in dates))
    page = Page(site.get("/?q=gas"))
    narrowed = Page(site.get("/?q=gas&month=2025-11"))

    assert list(ticked(page)) == ["2025 3", "noviembre 2", "octubre 1", "2024 1"]
    assert narrowed.text("h1").startswith("2 resultados")
    assert narrowed.texts(".filters a") == ["Mes: noviembre de 2025"]
    assert narrowed.one("#months-2025").attributes.get("open", "no") != "no"


def test_the_months_of_many_years_come_with_the_year(make_site: MakeSite) -> None:
    dates = [f"{year}-{month:02}-01" for year in range(2020, 2026) for month in (1, 2)]
    site = make_site(*({"text": "gas", "date": date} for date in dates))

    assert not Page(site.get("/?q=gas")).all(".facets details")
    assert list(ticked(Page(site.get("/?q=gas&year=2024"))))[:4] == ["2025 2", "2024 2", "febrero 1", "enero 1"]


def test_dates_narrow_and_stand_in_the_form_whole(make_site: MakeSite) -> None:
    site = make_site(*({"text": "gas", "date": f"2025-0{month}-15"} for month in (1, 2, 3, 4)))
    page = Page(site.get("/?q=gas&from=2025-02&to=2025-03"))

    assert page.text("h1").startswith("2 resultados")
    assert [page.one(f"#{name}").attributes["value"] for name in ("from", "to")] == ["2025-02-01", "2025-03-31"]
    assert page.texts(".filters a")[:2] == ["Desde: 1 de febrero de 2025", "Hasta: 31 de marzo de 2025"]


def test_the_timeline_draws_what_its_table_says(make_site: MakeSite) -> None:
    dates = ["2025-01-02", "2025-03-01", "2025-03-12"]
    page = Page(make_site(*({"text": "gas", "date": date} for date in dates)).get("/?q=gas"))

    assert page.texts(".timeline th[scope=row]") == ["enero de 2025", "marzo de 2025"]
    assert page.texts(".timeline td") == ["1", "2"]
    assert page.texts(".timeline svg title") == ["enero de 2025: 1", "marzo de 2025: 2"]
    places = [(bar.attributes["x"], bar.attributes["height"]) for bar in page.all(".pillar")]
    assert places == [("1", "20"), ("25", "40")]  # between them the slot of February, empty
    assert query_of(page.links(".timeline th a")["marzo de 2025"]) == [("q", "gas"), ("month", "2025-03")]


def test_a_timeline_of_many_years_counts_by_year(make_site: MakeSite) -> None:
    dates = [f"{year}-05-01" for year in (1899, 2001, 2001, 2025)]
    page = Page(make_site(*({"text": "gas", "date": date} for date in dates)).get("/?q=gas"))

    assert page.texts(".timeline th[scope=row]") == ["1899", "2001", "2025"]
    assert page.texts(".timeline td") == ["1", "2", "1"]
    assert page.text(".timeline summary") == "Resultados por año, como tabla"


def test_without_two_periods_there_is_no_timeline(site: FlaskClient) -> None:
    assert not Page(site.get("/?q=Putin")).all(".timeline")


def test_what_was_searched_too_is_said_and_can_be_switched_off_and_on(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Tokayev"))
    links = page.links(".expansions a")
    without = Page(site.get(links["Sin otras grafías de los nombres"]))

    assert page.text(".expansions span") == "tokayev, también: Toqaev, Tokaev"
    assert sorted(page.texts(".also")) == ["también: Tokaev", "también: Toqaev"]
    assert (page.text("h1"), without.text("h1")) == ("5 resultados para Tokayev", "3 resultados para Tokayev")
    assert not without.all(".also")
    back = without.links(".expansions a")["Con otras grafías de los nombres"]
    assert Page(site.get(back)).text("h1") == page.text("h1")


def test_synonyms_have_a_switch_of_their_own(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Estados+Unidos"))

    without = Page(site.get(page.links(".expansions a")["Sin sinónimos"]))
    assert page.text(".expansions span").startswith("estados unidos, también:")
    assert not without.all(".expansions span")


def test_an_empty_answer_names_words_that_find_something(site: FlaskClient) -> None:
    ways = Page(site.get("/?q=kazblockchain")).links(".nothing .examples a")

    assert "Kazajistán" in ways
    assert all(Page(site.get(href)).all(".hit") for href in ways.values())


def test_the_start_page_names_words_that_find_something(site: FlaskClient) -> None:
    ways = Page(site.get("/")).links("p.examples a")

    assert "Putin" in ways
    assert all(Page(site.get(href)).all(".hit") for href in ways.values())


def test_results_can_be_taken_along_in_other_forms(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin&source=EFE&page=1"))

    links = page.links(".downloads a")
    assert query_of(links["CSV"]) == [("q", "Putin"), ("source", "EFE"), ("format", "csv")]
    assert query_of(links["Atom"]) == [("q", "Putin"), ("source", "EFE")]
    assert page.one('link[type="application/atom+xml"]').attributes["href"] == links["Atom"]


def test_a_page_is_spanish_with_landmarks_and_one_heading(site: FlaskClient) -> None:
    for address in ("/", "/?q=Putin", "/?q=nadanada", "/doc/000_e468506517af710c.txt?q=gas", "/doc/nada"):
        page = Page(site.get(address))
        assert page.one("html").attributes["lang"] == "es"
        assert len(page.all("h1")) == len(page.all("main")) == len(page.all('form[role="search"]')) == 1
        assert href_of(page.all("a")[0]) == f"#{page.one('main').attributes['id']}"
        assert (
            page.one("form[role=search] label").attributes["for"]
            == page.one('input[type="search"]').attributes["id"]
        )
        assert not page.all("script:not([src]), style, [style], [onclick]")


def test_robots_and_browsers_find_what_they_ask_for(site: FlaskClient) -> None:
    assert site.get("/robots.txt").get_data(as_text=True).startswith("User-agent: *")
    assert site.get("/favicon.ico", buffered=True).mimetype == "image/svg+xml"
    for node in Page(site.get("/")).all("link[href]"):
        assert site.get(href_of(node), buffered=True).status_code == 200


@pytest.mark.parametrize(("query", "found"), [("kazaji", "5 resultados"), ("acuerdo Y kremli", "3 resultados")])
def test_a_word_that_is_not_finished_finds_those_that_begin_so(site: FlaskClient, query: str, found: str) -> None:
    page = Page(site.get("/", query_string={"q": query}))

    word = query.rsplit(maxsplit=1)[-1]
    assert page.text("h1") == f"{found} para {query}*"
    assert page.texts(".note")[0].startswith(f"No hay nada con «{word}» tal cual;")
    assert page.one('input[name="q"]').attributes["value"] == query
    assert all(dict(query_of(href_of(link)))["q"] == f"{query}*" for link in page.all(".hit h2 a"))


@pytest.mark.parametrize(
    "query", ["gas", '"acuerdo kremli', "kazaj Lukoil", "=kazaj", "ka", "título:kremli", "gas NOT", "kazaj1"]
)
def test_only_a_plain_last_word_is_carried_on(site: FlaskClient, query: str) -> None:
    assert "tal cual" not in Page(site.get("/", query_string={"q": query})).text("main")


def test_the_words_of_a_pattern_are_named_once(site: FlaskClient) -> None:
    page = Page(site.get("/?q=kremli*"))

    assert page.text(".expansions span") == "kremli: kremlin"
    assert not page.all(".also")
