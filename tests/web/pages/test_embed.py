"""The search box for other sites: its documentation is complete, its script is safe."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from tests.web.page_support import Page

ROOT = Path(__file__).parents[3]
SCRIPT = (ROOT / "web/static/embed.js").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")

ATTRIBUTES = {
    *re.findall(r'#option\("([\w-]+)"', SCRIPT),
    *re.findall(r'hasAttribute\("([\w-]+)"', SCRIPT),
    *re.findall(r'"([\w-]+)"', re.findall(r"(?:FILTERS|observedAttributes) = \[(.*?)\]", SCRIPT)[0]),
    *re.findall(r'"([\w-]+)"', re.findall(r"(?:FILTERS|observedAttributes) = \[(.*?)\]", SCRIPT)[1]),
}
PARTS = set(re.findall(r'part: "([\w-]+)"', SCRIPT))
COLOURS = re.findall(r'[{ ]"?([\w-]+)"?: "#', SCRIPT.partition("const COLORS")[2].partition("};")[0])
VARIABLES = {*COLOURS, *re.findall(r"--searchidx-([\w-]+)", SCRIPT)}
EVENTS = {f"searchidx:{name}" for name in re.findall(r'#emit\("(\w+)"', SCRIPT)}


def test_the_demo_page_names_every_attribute_event_variable_and_part(site: FlaskClient) -> None:
    said = {word for code in Page(site.get("/embed")).texts("code") for word in re.split(r", ", code)}

    assert {*ATTRIBUTES, *EVENTS, *PARTS, *(f"--searchidx-{name}" for name in VARIABLES)} <= said


def test_the_readme_names_them_too() -> None:
    section = README.split("## On a page of yours\n")[1].split("\n## ")[0]
    said = set(re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", section, flags=re.DOTALL)))

    assert {*ATTRIBUTES, *EVENTS, *PARTS} <= said
    assert {f"-{name}" for name in VARIABLES} <= said | {"-ink"}
    assert "--searchidx-ink" in said


def test_nothing_is_named_that_is_not_there(site: FlaskClient) -> None:
    page = Page(site.get("/embed"))
    named = {word for term in page.texts(".words dt code") for word in term.split(", ")}

    assert named == ATTRIBUTES | EVENTS


def test_the_script_writes_no_markup() -> None:
    assert not re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|\.style\b", SCRIPT)


def test_a_script_and_a_sheet_are_kept_by_their_version_only(site: FlaskClient) -> None:
    page = Page(site.get("/"))
    sheet = page.all("link[rel=stylesheet]")[0].attributes["href"] or ""
    kept, bare = (site.get(address, buffered=True).cache_control for address in (sheet, sheet.split("?")[0]))

    assert (kept.immutable, kept.max_age) == (True, 31_536_000)
    assert (bare.no_cache, bare.max_age) == (True, None)
