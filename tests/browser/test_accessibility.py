"""axe-core finds nothing to report on any page, in light and in dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}

ADDRESSES = [
    "/",
    "/?q=gas&source=EFE&from=2025-06-10",
    "/?q=acuerdo+(gas+Kazajisatn&level=paragraph",
    "/?q=nadanada&source=EFE",
    "/?q=gas&page=900",
    "/doc/d1?q=gas#p2",
    "/doc/nada",
    "/embed",
    "/frame?q=gas",
    "/api/v1/docs",
]


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html']} {node['failureSummary']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation(open_page: OpenPage, archive: str, scheme: str) -> None:
    watched = open_page(archive, color_scheme=scheme, reduced_motion="reduce")
    for address in ADDRESSES:
        page = watched.go(address)
        page.wait_for_load_state()  # scripts too
        for summary in page.locator("summary:visible").all():
            summary.click()
        assert violations(page) == [], address
    watched.complaints.clear()  # the console reports the page that is not there


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_completions_and_the_box_have_none_either(open_page: OpenPage, archive: str, scheme: str) -> None:
    page = open_page(archive, color_scheme=scheme, reduced_motion="reduce").go("/?q=gas")
    page.locator("#q").fill("acu")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []
    page.goto(f"{archive}/embed")
    box = page.locator("searchidx-box")
    box.get_by_role("combobox").fill("gas")
    expect(box.get_by_role("link").first).to_be_visible()
    page.keyboard.press("Escape")
    assert violations(page) == []
    box.get_by_role("combobox").press_sequentially(" ac")
    expect(box.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


def test_forced_colours_leave_everything_to_be_seen(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive, forced_colors="active").go("/?q=gas&source=EFE")

    colours = page.locator(".hit mark").first.evaluate(
        "each => [getComputedStyle(each).backgroundColor, \
        getComputedStyle(document.body).backgroundColor]"
    )
    assert colours[0] != colours[1]
    assert page.locator(".pillar").first.evaluate("each => getComputedStyle(each).fill") != colours[1]


def test_without_motion_nothing_moves(open_page: OpenPage) -> None:
    page = open_page(reduced_motion="reduce").go("/doc/001_b6d178efe64e1b6c.txt?q=gas")

    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((each) => "
        "parseFloat(getComputedStyle(each).transitionDuration) > 0).length"
    )
    assert moving == 0


def test_on_paper_there_is_what_is_to_be_read_and_nothing_to_press(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive).go("/?q=gas")
    page.emulate_media(media="print")

    expect(page.locator(".hit").first).to_be_visible()
    for unwanted in (".top", ".facets", ".tools", ".pages", ".foot"):
        expect(page.locator(unwanted)).to_be_hidden()
