"""The search box in pages of other sites: another origin, a strict policy, several boxes, hostile responses."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import Locator, Page, expect

from searchidx.index import Index
from tests.browser.conftest import OpenPage, Watched, served
from tests.index_support import SEEDS
from web import create_app
from web.settings import Settings

SCRIPT = Path(__file__).parents[2] / "web/static/embed.js"

_LARGEST = 15_000  # bytes

Embed = Callable[[str], Watched]

NO_LINKS = ["javascript:events.push(1)", "data:text/html,x", "JAVASCRIPT://a/%0aalert(1)", "http://["]

HIT = {
    "id": "a", "document_id": "a", "title": "👨‍👩‍👧 Año nuevo", "title_ranges": [[6, 9]],
    "date": "2025-11-12", "source": "EFE", "place": "", "url": "/doc/a", "source_url": "", "paragraphs_matched": 1,
    "snippets": [{"paragraph": 2, "text": "𝐀𝐁 <b>gas</b> 😀 gas", "ranges": [[6, 9], [16, 19]], "start": 0,
                  "cut_before": True, "cut_after": False, "url": "/doc/a#p2"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def host() -> Iterator[tuple[str, Flask]]:
    """Somebody else's site: `/` shows the markup of its `body` setting under a policy that allows no style."""
    app = Flask("host")

    @app.get("/")
    def page() -> Response:
        body = app.config["body"]
        answer = Response(
            f"<!doctype html><html lang=es><title>Anfitrión</title>{body}", content_type="text/html; charset=utf-8"
        )
        allowed = app.config["allowed"]
        answer.headers["Content-Security-Policy"] = (
            f"default-src 'none'; img-src data:; script-src {allowed}; connect-src {allowed}; frame-src {allowed}"
        )
        return answer

    with served(app) as address:
        yield address, app


@pytest.fixture(scope="module")
def shared(host: tuple[str, Flask], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site, with its answers open to the host's pages."""
    address, app = host
    with Index.create(tmp_path_factory.mktemp("shared") / "index") as index:
        index.sync(SEEDS)
        with served(create_app(index, Settings(cors_origins=(address,)))) as origin:
            app.config["allowed"] = origin
            yield origin


@pytest.fixture
def embedded(open_page: OpenPage, host: tuple[str, Flask], shared: str) -> Embed:
    """What opens the host's page with this markup in it, after the script."""

    def embed(markup: str) -> Watched:
        address, app = host
        app.config["body"] = (
            f'<link rel=icon href="data:,"><script type=module src="{shared}/embed.js"></script>{markup}'
        )
        watched = open_page(address)
        watched.page.add_init_script(
            "window.events = []; for (const name of ['search', 'select']) addEventListener(`searchidx:${name}`, "
            "({ detail }) => events.push([name, detail.query ?? detail.url]));"
        )
        watched.go("/")
        return watched

    return embed


def field(box: Locator) -> Locator:
    return box.get_by_role("combobox")


def answer_with(page: Page, hit: dict[str, Any], status: int = 200, **more: Any) -> None:
    """Let every search be answered with one hit."""
    results = {"total": 1, "hits": [hit], "corrected_query": None} | more
    page.route(
        re.compile("/search[?]"),
        lambda route: route.fulfill(
            status=status,
            body=json.dumps(results),
            content_type="application/json",
            headers={"Access-Control-Allow-Origin": "*"},
        ),
    )


def test_the_script_is_small() -> None:
    assert SCRIPT.stat().st_size < _LARGEST


def test_the_script_may_be_loaded_by_every_page_and_is_asked_for_again(seeds_app: Flask) -> None:
    client = seeds_app.test_client()
    answer = client.get("/embed.js", buffered=True)

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert 0 < (answer.cache_control.max_age or 0) <= 3600
    again = client.get("/embed.js", headers={"If-None-Match": answer.headers["ETag"]}, buffered=True)
    assert again.status_code == 304


def test_one_line_gives_a_box_that_searches_another_origin(embedded: Embed, shared: str) -> None:
    page = embedded(f'<searchidx-box endpoint="{shared}/api/v1" lang="es"></searchidx-box>').page
    box = page.locator("searchidx-box")
    field(box).press_sequentially("tierras raras")

    expect(box.get_by_role("status")).to_have_text("1 resultado")
    link = box.get_by_role("link").first
    expect(link).to_have_attribute("href", f"{shared}/doc/001_b6d178efe64e1b6c.txt?q=tierras+raras")
    expect(box.locator("mark").first).to_have_text("tierras")
    assert page.evaluate("events") == [["search", "tierras raras"]]
    assert (
        box.get_by_role("button", name="Buscar").evaluate("each => getComputedStyle(each).backgroundColor")
        != "rgba(0, 0, 0, 0)"
    )


def test_a_page_of_another_origin_gets_no_answer(
    open_page: OpenPage, host: tuple[str, Flask], origin: str
) -> None:
    address, app = host
    app.config["allowed"], before = origin, app.config["allowed"]
    app.config["body"] = f'<script type=module src="{origin}/embed.js"></script><searchidx-box></searchidx-box>'
    watched = open_page(address)
    page = watched.go("/")
    field(page.locator("searchidx-box")).fill("gas")

    expect(page.locator("searchidx-box").get_by_role("status")).to_contain_text("No se ha podido buscar")
    app.config["allowed"] = before
    watched.complaints.clear()  # the console reports that the answer was kept from the page


def test_the_endpoint_is_by_default_where_the_script_came_from(embedded: Embed) -> None:
    box = embedded("<searchidx-box></searchidx-box>").page.locator("searchidx-box")
    field(box).fill("gas")

    expect(box.get_by_role("status")).to_have_text("3 resultados")


def test_completions_and_keys_are_as_on_the_page(embedded: Embed) -> None:
    page = embedded("<searchidx-box keys></searchidx-box>").page
    box = page.locator("searchidx-box")
    page.keyboard.press("/")
    expect(field(box)).to_be_focused()
    page.keyboard.type("kaz")
    options = box.get_by_role("listbox", name="Sugerencias").get_by_role("option")
    expect(options.first).to_have_text(re.compile("Kazajistán"))
    assert field(box).get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowDown")
    assert field(box).get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    page.keyboard.press("Enter")
    expect(field(box)).to_have_value("Kazajistán")
    expect(options).to_have_count(0)
    expect(box.get_by_role("status")).to_have_text("5 resultados")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(box.get_by_role("link").first).to_be_focused()


def test_options_are_attributes(embedded: Embed, shared: str) -> None:
    page = embedded(
        f'<searchidx-box lang="en" per-page="2" snippets="2" level="document" source="EFE" target="_blank" '
        f'placeholder="Try" label="News" page="{shared}/"></searchidx-box>'
    ).page
    box = page.locator("searchidx-box")
    expect(page.get_by_role("combobox", name="News")).to_have_attribute("placeholder", "Try")
    field(box).fill("Putin O Tokayev O Kazajistán")

    expect(box.get_by_role("status")).to_have_text("2 results")
    expect(box.locator("li[part=result]")).to_have_count(2)
    expect(box.locator("[part=snippet]")).to_have_count(4)
    expect(box.locator("[part=meta]").first).to_contain_text("November")
    assert {link.get_attribute("target") for link in box.get_by_role("link").all()} == {"_blank"}
    box.evaluate("each => { each.removeAttribute('source'); each.search(); }")
    expect(box.get_by_role("status")).to_have_text("5 results")
    expect(box.get_by_role("link", name="See all results")).to_have_attribute("href", re.compile(r"/[?]q=Putin"))


def test_several_boxes_do_not_know_each_other(embedded: Embed) -> None:
    page = embedded("<searchidx-box id=a></searchidx-box><searchidx-box id=b lang=en></searchidx-box>").page
    field(page.locator("#a")).fill("gas")
    field(page.locator("#b")).fill("Lukoil")

    expect(page.locator("#a").get_by_role("status")).to_have_text("3 resultados")
    expect(page.locator("#b").get_by_role("status")).to_have_text("2 results")


def test_the_host_hears_of_a_choice_and_may_keep_it(embedded: Embed) -> None:
    page = embedded("<searchidx-box></searchidx-box>").page
    box = page.locator("searchidx-box")
    page.evaluate("addEventListener('searchidx:select', (event) => event.preventDefault())")
    field(box).fill("tierras raras")
    box.get_by_role("link").first.click()

    assert page.evaluate("events.at(-1)")[0] == "select"
    assert page.evaluate("events.at(-1)")[1].endswith("/doc/001_b6d178efe64e1b6c.txt?q=tierras+raras")
    expect(page).to_have_title("Anfitrión")


def test_ranges_count_code_points(embedded: Embed) -> None:
    page = embedded("<searchidx-box></searchidx-box>").page
    answer_with(page, HIT)
    box = page.locator("searchidx-box")
    field(box).fill("gas")

    expect(box.locator("mark")).to_have_text(["Año", "gas", "gas"])
    expect(box.locator("[part=snippet]")).to_have_text("… 𝐀𝐁 <b>gas</b> 😀 gas ¶2")
    assert box.locator("b").count() == 0


def test_only_addresses_of_the_web_are_links(embedded: Embed) -> None:
    page = embedded('<searchidx-box link="source"></searchidx-box>').page
    box = page.locator("searchidx-box")
    for number, address in enumerate(NO_LINKS):
        source = f"Agencia {number}"
        answer_with(page, {**HIT, "url": address, "source_url": address, "snippets": [], "source": source})
        field(box).fill(f"gas {number}")
        expect(box.locator("[part=meta]")).to_contain_text(source)
        assert box.locator("a[href]").count() == 0, address


def test_titles_lead_to_the_original_where_that_is_wanted(embedded: Embed) -> None:
    page = embedded('<searchidx-box link="source"></searchidx-box>').page
    answer_with(page, {**HIT, "source_url": "https://efe.com/a?b=c"})
    box = page.locator("searchidx-box")
    field(box).fill("gas")

    expect(box.locator("[part=link]")).to_have_attribute("href", "https://efe.com/a?b=c")


def test_texts_are_shown_as_texts(embedded: Embed) -> None:
    evil = "<img src=x onerror=alert(1)>\u202e\u2066\x1b"
    page = embedded("<searchidx-box></searchidx-box>").page
    answer_with(
        page, {**HIT, "title": evil, "title_ranges": [[0, 4]], "source": evil, "place": evil}, corrected_query=evil
    )
    box = page.locator("searchidx-box")
    field(box).fill("gas")

    expect(box.locator("[part=link]")).to_have_text("<img src=x onerror=alert(1)>")
    expect(box.locator("[part=correction]")).to_have_text("<img src=x onerror=alert(1)>")
    assert box.locator("img").count() == 0


def test_a_failure_is_said_gently(embedded: Embed) -> None:
    watched = embedded("<searchidx-box></searchidx-box>")
    box = watched.page.locator("searchidx-box")
    for status in (400, 404, 500, 503):
        watched.page.unroute_all()
        answer_with(watched.page, HIT, status=status)
        field(box).fill(f"gas {status}")
        expect(box.get_by_role("status")).to_contain_text("No se ha podido buscar")
        watched.page.unroute_all()
        field(box).fill("gas Putin")
        expect(box.get_by_role("status")).to_have_text(re.compile("resultado"))
    watched.complaints.clear()  # the console reports each status


def test_a_misspelt_word_is_offered_corrected(embedded: Embed) -> None:
    box = embedded("<searchidx-box></searchidx-box>").page.locator("searchidx-box")
    field(box).fill("Kazajisatn")
    expect(box.get_by_role("status")).to_have_text("Ningún resultado")
    box.get_by_role("button", name="Kazajistán").click()

    expect(box.get_by_role("status")).to_have_text("5 resultados")
    expect(field(box)).to_have_value("Kazajistán")


def test_a_host_styles_the_box_by_variables_and_parts(open_page: OpenPage) -> None:
    page = open_page().go("/embed")
    page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(`searchidx-box { --searchidx-accent: rgb(1, 2, 3); }
            ::part(input) { min-height: 99px; }`);
        document.adoptedStyleSheets = [sheet];
    }""")
    box = page.locator("searchidx-box")

    assert box.get_by_role("button").evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(1, 2, 3)"
    assert field(box).bounding_box()["height"] == 99  # type: ignore[index]


def test_the_demo_page_shows_all_three_ways(open_page: OpenPage) -> None:
    watched = open_page()
    page = watched.go("/embed")
    field(page.locator("searchidx-box")).fill("gas")
    expect(page.locator("searchidx-box").get_by_role("status")).to_have_text("3 resultados")
    frame = page.frame_locator("iframe")
    frame.locator("#q").fill("Lukoil")
    expect(frame.locator("h1")).to_have_text(re.compile("2 resultados"))
    frame.locator(".hit h2 a").first.click()
    expect(page.locator(".document h1")).to_be_visible()  # the whole window, not the frame
    watched.go("/embed")
    page.locator("form.plain input").fill("gas")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("3 resultados"))


def test_the_code_that_the_demo_page_gives_names_its_own_site(open_page: OpenPage) -> None:
    watched = open_page()
    codes = watched.go("/embed").locator("pre").all_inner_texts()

    assert len(codes) == 3
    assert all(watched.origin in code for code in codes)


def test_a_host_that_is_let_in_shows_the_search_in_a_frame(embedded: Embed, shared: str) -> None:
    page = embedded(f'<iframe src="{shared}/frame" title="Búsqueda"></iframe>').page
    page.frame_locator("iframe").locator("#q").fill("gas")

    expect(page.frame_locator("iframe").locator("h1")).to_have_text(re.compile("3 resultados"))


def test_nothing_but_the_frame_page_may_be_framed_and_that_by_named_hosts_only(
    seeds_app: Flask, shared: str
) -> None:
    client = seeds_app.test_client()

    for address in ("/", "/?q=gas", "/embed", "/doc/nada", "/frame/nada"):
        assert "frame-ancestors 'none'" in client.get(address).headers["Content-Security-Policy"]
    for address in ("/frame", "/frame?q=a&page=x"):
        assert client.get(address).headers["Content-Security-Policy"].endswith("frame-ancestors 'self'")


def test_a_word_that_is_not_finished_finds_those_that_begin_so(embedded: Embed) -> None:
    box = embedded("<searchidx-box></searchidx-box>").page.locator("searchidx-box")
    field(box).fill("kazaji")
    expect(box.get_by_role("status")).to_have_text("5 resultados")
    expect(box.get_by_role("link").first).to_have_attribute("href", re.compile(r"[?]q=kazaji\*$|[?]q=kazaji%2A$"))
    field(box).fill("kazajx")

    expect(box.get_by_role("status")).to_have_text("Ningún resultado")


def test_escape_closes_the_completions_before_the_dialog_that_the_box_is_in(embedded: Embed) -> None:
    page = embedded("<dialog><searchidx-box></searchidx-box></dialog>").page
    page.evaluate("document.querySelector('dialog').showModal()")
    box = page.locator("searchidx-box")
    field(box).press_sequentially("kaz")
    expect(box.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(box.get_by_role("option")).to_have_count(0)
    expect(page.locator("dialog")).to_be_visible()
    field(box).fill("")
    page.keyboard.press("Escape")

    expect(page.locator("dialog")).to_be_hidden()
