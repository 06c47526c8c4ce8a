"""Hostile documents run nothing anywhere, and the security policy reports nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, served
from tests.index_support import index_records
from web import create_app

_RUN = "window.ran=(window.ran||0)+1"
_FETCH = "//hostile.invalid/x"

PAYLOADS = [
    f"<script>{_RUN}</script>",
    f"</script><script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f'"><img src={_FETCH} onerror="{_RUN}">',
    f"'><svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<a href=javascript:{_RUN}>gas</a>",
    f"<iframe srcdoc='<script>parent.{_RUN}</script>'></iframe>",
    f"<body onload={_RUN}>",
    f"<details open ontoggle={_RUN}>gas</details>",
    f"<input autofocus onfocus={_RUN}>",
    f"<style>@import '{_FETCH}';*{{background:url({_FETCH})}}</style>",
    f"<link rel=stylesheet href={_FETCH}>",
    f"<meta http-equiv=refresh content='0;url=javascript:{_RUN}'>",
    f"<base href={_FETCH}>",
    f"<form action={_FETCH}><button>gas</button></form>",
    "<mark>falso</mark>",
    "</mark></p></main></body>",
    "&lt;script&gt;gas&lt;/script&gt; &#60;b&#62;",
    "{{ 7*7 }} {% raw %} %(shown)s ${7*7}",
    "\u202egas\u202c \u2066gas\u2069 \u200fgas \u061cgas",
    "\x00\x1b[31m\x85gas\x9f",
    f"]]><![CDATA[<script>{_RUN}</script>",
    f"<!--><script>{_RUN}</script>-->",
    "\ud83d\ude00 👨‍👩‍👧 e\u0301\u0323gas 𝐠𝐚𝐬",
]

URLS = [f"javascript:{_RUN}", f"JaVaScRiPt://a/%0a{_RUN}", f"data:text/html,<script>{_RUN}</script>", "vbscript:x"]

COUNT = 200


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site over two hundred hostile documents is."""
    records = []
    for number in range(COUNT):
        evil, other = (PAYLOADS[(number + step) % len(PAYLOADS)] for step in (0, 7))
        records.append(
            {
                "id": f"{number} {evil}"[:120],
                "title": f"gas {evil}",
                "text": f"gas {number} {evil}\n\n{other} gas {other}",
                "source": f"{other} {number % 30}",
                "place": evil,
                "author": other,
                "url": URLS[number % len(URLS)],
                "date": f"20{number % 25:02}-0{number % 9 + 1}-11",
                evil[:40]: other,
            }
        )
    with index_records(tmp_path_factory.mktemp("hostile"), records) as index, served(create_app(index)) as address:
        yield address


_LOOK = """() => ({
  ran: window.ran ?? 0,
  foreign: document.querySelectorAll(
    "script:not([src^='/static/']), [onerror], [onload], [onfocus], [ontoggle], iframe, object, embed, base, "
    + "style, main link, meta[http-equiv], [style], a[href^='javascript' i], a[href^='data' i], [srcdoc]").length,
  marks: [...document.querySelectorAll("mark")].filter((each) => each.textContent === "falso").length,
})"""

CLEAN = {"ran": 0, "foreign": 0, "marks": 0}


def test_no_page_of_hostile_documents_runs_anything(open_page: OpenPage, hostile: str) -> None:
    watched = open_page(hostile)
    requested: list[str] = []
    watched.page.on("request", lambda request: requested.append(request.url))
    documents: list[str] = []
    for number in (1, 2):
        page = watched.go(f"/?q=gas&per_page=100&page={number}")
        expect(page.locator(".hit")).to_have_count(100)
        assert page.evaluate(_LOOK) == CLEAN
        documents += [link.get_attribute("href") or "" for link in page.locator(".hit h2 a").all()]
    assert len(set(documents)) == COUNT
    for href in documents[:: COUNT // len(PAYLOADS)]:
        page = watched.go(href)
        expect(page.locator(".document h1")).to_be_visible()
        assert page.evaluate(_LOOK) == CLEAN, href
    assert not [url for url in requested if not url.startswith(hostile)]


def test_every_hostile_document_has_a_page_without_markup_of_its_own(open_page: OpenPage, hostile: str) -> None:
    watched = open_page(hostile)
    watched.go("/?q=gas&per_page=100")
    found = watched.page.evaluate(
        """async () => {
          const documents = [];
          for (const page of [1, 2]) {
            const answer = await fetch(`/?q=gas&per_page=100&page=${page}`);
            const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
            const links = parsed.querySelectorAll(".hit h2 a");
            documents.push(...Array.from(links, (link) => link.getAttribute("href")));
          }
          const bad = [];
          for (const href of documents) {
            const answer = await fetch(href);
            const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
            const scripts = parsed.querySelectorAll("script").length;
            const wrong = parsed.querySelectorAll(
              "main :is(script, img, svg, iframe, style, form, input, base, link, meta), [onerror], [onload]");
            if (answer.status !== 200 || scripts !== 1 || wrong.length) bad.push(href);
          }
          return { count: documents.length, bad };
        }"""
    )

    assert found == {"count": COUNT, "bad": []}


def test_a_hostile_query_is_typed_and_shown_as_text(open_page: OpenPage, hostile: str) -> None:
    page = open_page(hostile).go("/")
    for payload in PAYLOADS[:19]:
        page.locator("#q").fill(payload)
        page.keyboard.press("Enter")
        expect(page.locator("#found q")).to_have_text(payload)
        looked = page.evaluate(_LOOK)
        assert (looked["ran"], looked["foreign"]) == (0, 0), payload


def test_the_box_shows_hostile_documents_and_completions_as_text(open_page: OpenPage, hostile: str) -> None:
    watched = open_page(hostile)
    page = watched.go("/embed")
    box = page.locator("searchidx-box")
    box.evaluate(
        "each => { each.setAttribute('per-page', '100'); each.setAttribute('snippets', '3'); "
        "each.setAttribute('link', 'source'); }"
    )
    box.get_by_role("combobox").fill("gas")
    expect(box.locator("[part=result]")).to_have_count(100)
    box.get_by_role("combobox").fill("gas s")
    expect(box.get_by_role("option").first).to_be_visible()

    inside = box.evaluate(
        """each => each.shadowRoot.querySelectorAll("script, img, svg, iframe, style, [onerror], [onload], "
          + "a[href^='javascript' i], a[href^='data' i]").length"""
    )
    assert (inside, page.evaluate("window.ran ?? 0")) == (0, 0)


def test_what_turns_text_round_stays_inside_its_own(open_page: OpenPage, hostile: str) -> None:
    page = open_page(hostile).go("/?q=gas&per_page=100")
    text = page.locator("main").inner_text()

    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b\x85\x9f")
