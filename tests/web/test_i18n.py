"""The language of the pages, and the catalogue of their messages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages import Catalog, extract, mofile, pofile
from flask.testing import FlaskClient

from tests.web.conftest import MakeSite
from tests.web.page_support import Page

WEB = Path(__file__).parents[2] / "web"
CATALOGUE = WEB / "translations/en/LC_MESSAGES/messages.po"

DOCUMENT = "001_b6d178efe64e1b6c.txt"
ADDRESSES = ["/", "/?q=Tokayev", "/?q=nadanada", f"/doc/{DOCUMENT}?q=gas", "/doc/nada", "/embed", "/frame?q=gas"]


def language(site: FlaskClient, address: str = "/", **headers: str) -> str | None:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(site.get(address, headers=sent)).one("html").attributes["lang"]


def test_spanish_is_spoken_to_who_asks_for_nothing_that_is_there(site: FlaskClient) -> None:
    assert language(site) == "es"
    assert language(site, Accept_Language="fr, de;q=0.5") == "es"
    assert language(site, Accept_Language="*") == "es"
    assert language(site, "/?lang=xx") == "es"


@pytest.mark.parametrize(
    ("header", "spoken"),
    [("en", "en"), ("en-GB,en;q=0.9", "en"), ("es-MX", "es"), ("es;q=0.5, en", "en"), ("fr, en;q=0.2", "en")],
)
def test_a_browser_says_what_its_reader_prefers(site: FlaskClient, header: str, spoken: str) -> None:
    assert language(site, Accept_Language=header) == spoken


def test_what_is_asked_for_counts_before_what_was_chosen_and_that_before_what_is_preferred(
    site: FlaskClient,
) -> None:
    assert language(site, "/?lang=en", Accept_Language="es") == "en"
    assert language(site, Accept_Language="es") == "en"  # by the cookie
    assert language(site, "/?lang=es", Accept_Language="en") == "es"
    assert language(site, Accept_Language="en") == "es"


def test_a_language_that_is_asked_for_stays_where_there_are_no_cookies(site: FlaskClient) -> None:
    page = Page(site.get("/?q=Putin&lang=en&per_page=2"))

    following = Page(site.get(page.links(".pages a")["Next"], headers={"Cookie": ""}))
    assert following.one("html").attributes["lang"] == "en"
    assert page.one("input[name=lang]").attributes["value"] == "en"
    assert all("lang=en" in (node.attributes["href"] or "") for node in page.all(".hit h2 a"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_leads_to_itself_in_the_other_language(site: FlaskClient, address: str) -> None:
    other = Page(site.get(address)).one(".languages a") if "/frame" not in address else None
    href = (other.attributes["href"] if other else None) or "?lang=en"
    there = Page(site.get(address.split("?", maxsplit=1)[0] + href))

    assert there.one("html").attributes["lang"] == "en"
    assert there.text("h1").strip()


def test_caches_keep_the_languages_apart(site: FlaskClient) -> None:
    answer = site.get("/?q=gas", headers={"Accept-Language": "en"})

    assert {"Accept-Language", "Cookie"} <= {each.strip() for each in answer.headers["Vary"].split(",")}
    assert answer.headers["Content-Language"] == "en"
    assert "Content-Language" not in site.get("/api/v1/search?q=gas").headers


def test_numbers_dates_and_plurals_are_right_in_both(make_site: MakeSite) -> None:
    site = make_site(*({"text": "gas", "title": "Gas", "date": f"{2025 - n // 8}-11-12"} for n in range(12)))
    spanish, english = (Page(site.get(f"/?q=gas&lang={code}")) for code in ("es", "en"))

    assert (spanish.text("h1"), english.text("h1")) == ("12 resultados para gas", "12 results for gas")
    assert spanish.texts("time")[0] == "12 de noviembre de 2025"
    assert english.texts("time")[0] == "November 12, 2025"
    one = [Page(site.get(f"/?q=gas&year=2024&lang={code}")).text("h1") for code in ("es", "en")]
    assert one == ["4 resultados para gas", "4 results for gas"]
    assert Page(site.get("/?q=gas&to=2020&lang=en")).text("h1") == "No results for gas"


def test_four_digits_are_parted_in_english_only(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchidx.index.Index.counts", lambda _: (1_234, 12_345))

    assert Page(site.get("/")).text(".stock").startswith("1234 documentos, 12.345 párrafos.")
    assert Page(site.get("/?lang=en")).text(".stock").startswith("1,234 documents, 12,345 paragraphs.")


def test_one_is_said_in_the_singular_in_both(site: FlaskClient) -> None:
    found = [Page(site.get(f'/?q="tierras+raras"&lang={code}')).text("h1")[:11] for code in ("es", "en")]

    assert found == ["1 resultado", "1 result fo"]


def test_warnings_are_said_in_english_too(site: FlaskClient) -> None:
    page = Page(site.get("/?q=(gas+Putin&lang=en"))

    assert page.texts(".warnings li")[0].startswith("( This parenthesis is never closed")


def test_errors_are_said_in_english_too(site: FlaskClient) -> None:
    pages = [
        Page(site.get(address)) for address in ("/doc/nada?lang=en", "/nada?lang=en", "/?q=gas&page=x&lang=en")
    ]

    assert [page.text("h1") for page in pages] == [
        "That document is not in the archive",
        "This page does not exist",
        "This search cannot be made",
    ]


def test_no_message_stays_spanish_on_an_english_page(make_site: MakeSite) -> None:
    site = make_site(*({"text": "Putin y gas.", "date": f"2025-0{n}-01", "source": "EFE"} for n in (1, 2)))
    spanish = {part for message in catalogue() for part in parts(message.id)}
    english = {part for message in catalogue() for part in parts(message.string)}
    for address in (*ADDRESSES, "/doc/d1?q=gas", "/?q=gas&page=9"):
        page = Page(site.get(f"{address}{'&' if '?' in address else '?'}lang=en"))
        text = page.html
        assert not [each for each in spanish - english if len(each) > 12 and each in text], address


def parts(message: str | tuple[str, ...] | list[str]) -> list[str]:
    """The fixed pieces of a message."""
    return [piece for form in as_tuple(message) for piece in re.split(r"%\(\w+\)s|<[^>]+>", form) if piece.strip()]


def catalogue() -> list[pofile.Message]:  # type: ignore[name-defined]
    with CATALOGUE.open("rb") as file:
        return [message for message in pofile.read_po(file) if message.id]


def test_the_catalogue_has_every_message_of_the_pages_and_no_other() -> None:
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    keywords = {**extract.DEFAULT_KEYWORDS, "lazy_gettext": None}
    found = {message for _, _, message, _, _ in extract.extract_from_dir(WEB, methods, keywords=keywords)}

    assert found == {message.id for message in catalogue()}, "run: make translations"


def test_every_message_has_its_translation_with_the_same_gaps() -> None:
    for message in catalogue():
        for original, form in zip(as_tuple(message.id), as_tuple(message.string or ""), strict=True):
            assert form, message.id
            gaps = [sorted(re.findall(r"%\(\w+\)s|\{\w+\}|</?\w+", each)) for each in (original, form)]
            assert gaps[0] == gaps[1], message.id
        assert not message.fuzzy


def test_the_compiled_catalogue_is_what_the_catalogue_says() -> None:
    with CATALOGUE.open("rb") as source, CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        written, read = pofile.read_po(source), mofile.read_mo(compiled)

    assert translations(read) == translations(written), "run: make translations"
    assert read.plural_forms == written.plural_forms


def translations(catalogue: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Messages and what they become, without the header, which names the version of Babel that wrote it."""
    return {as_tuple(message.id): as_tuple(message.string or "") for message in catalogue if message.id}


def as_tuple(message: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)
