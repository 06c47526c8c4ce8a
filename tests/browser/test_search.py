"""The search page as people use it: typing, keys, facets, Back; and without a script."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, quote, urlsplit

from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import OpenPage


def box(page: Page, label: str) -> Locator:
    return page.get_by_role("checkbox", name=re.compile(f"^{label} "))


class Held:
    """Requests that are not answered until a test does."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def __call__(self, route: Route) -> None:
        self.routes.append(route)


def heading(page: Page, text: str) -> None:
    expect(page.locator("h1")).to_have_text(re.compile(text))


def query(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def test_results_come_while_typing_and_the_address_says_what_is_shown(open_page: OpenPage) -> None:
    page = open_page().go("/")
    page.locator("#q").press_sequentially("tierras raras")

    heading(page, "1 resultado para «?tierras raras")
    expect(page.locator(".hit mark").first).to_have_text("tierras")
    assert query(page) == {"q": "tierras raras"}
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#count")).to_have_text("1 resultado")
    assert page.title().startswith("tierras raras")


def test_typing_makes_one_entry_in_the_history_and_back_leads_to_the_search_before(open_page: OpenPage) -> None:
    page = open_page().go("/?q=Lukoil")
    before = page.evaluate("history.length")
    page.locator("#q").fill("ga")
    page.locator("#q").press_sequentially("s")
    heading(page, "3 resultados")
    page.locator("#q").press_sequentially(" Putin")
    heading(page, "para «?gas Putin")
    page.keyboard.press("Enter")
    heading(page, "para «?gas Putin")
    expect(page.locator(".completions")).to_be_hidden()

    assert page.evaluate("history.length") == before + 1
    page.go_back()
    heading(page, "para «?Lukoil")
    expect(page.locator("#q")).to_have_value("Lukoil")
    page.go_forward()
    heading(page, "para «?gas Putin")
    expect(page.locator("#q")).to_have_value("gas Putin")


def test_a_search_that_is_shown_already_is_no_new_entry(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive).go("/?q=gas&from=2025-06-01&source=EFE&sort=date&lang=es")
    before = page.evaluate("history.length")
    page.locator("#q").press("Enter")
    heading(page, "20 resultados")
    page.get_by_role("link", name="Más antiguos").click()
    page.locator("#q").fill("acuerdo")
    heading(page, "acuerdo")

    assert page.evaluate("history.length") == before + 1


def test_a_query_that_the_server_writes_otherwise_is_not_asked_for_again(open_page: OpenPage) -> None:
    watched = open_page()
    requested: list[str] = []
    watched.page.on("request", lambda request: requested.append(request.url))
    watched.go(f"/?q={quote(unicodedata.normalize('NFD', 'reunión'))}")
    watched.page.wait_for_load_state("networkidle")

    assert len([url for url in requested if "q=" in url]) == 1


def test_a_filter_after_typing_is_an_entry_of_its_own(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive).go("/")
    page.locator("#q").press_sequentially("gas")
    heading(page, "60 resultados")
    box(page, "EFE").check()
    heading(page, "20 resultados")

    page.go_back()
    heading(page, "60 resultados")
    expect(box(page, "EFE")).not_to_be_checked()
    page.go_back()
    heading(page, "Buscar en el archivo")


def test_each_search_that_is_meant_is_an_entry_of_its_own(open_page: OpenPage) -> None:
    page = open_page().go("/")
    for words in ("gas", "Lukoil", "petróleo"):
        page.locator("#q").fill(words)
        page.keyboard.press("Enter")
        heading(page, f"para «?{words}")

    for words in ("Lukoil", "gas"):
        page.go_back()
        heading(page, f"para «?{words}")
        assert query(page) == {"q": words}
    page.go_back()
    heading(page, "Buscar en el archivo")
    expect(page.locator("#q")).to_have_value("")


def test_a_stale_answer_is_dropped(open_page: OpenPage) -> None:
    page = open_page().go("/?q=Putin")
    held = Held()
    page.route(re.compile(r"[?]q=gas$"), held)
    with page.expect_request(re.compile(r"[?]q=gas$")):
        page.locator("#q").fill("gas")
    page.locator("#q").fill("gas Lukoil")
    heading(page, "para «?gas Lukoil")
    for route in held.routes:
        route.fulfill(body="<main id=main><h1>rancio</h1></main>", content_type="text/html")
    page.locator("#q").fill("gas Lukoil Putin")

    heading(page, "para «?gas Lukoil Putin")
    assert query(page) == {"q": "gas Lukoil Putin"}


def test_what_is_shown_stays_until_the_answer_is_there(open_page: OpenPage) -> None:
    page = open_page().go("/?q=Putin")
    held = Held()
    page.route(re.compile(r"[?]q=gas$"), held)
    with page.expect_request(re.compile(r"[?]q=gas$")):
        page.locator("#q").fill("gas")
    heading(page, "5 resultados para «?Putin")
    assert query(page) == {"q": "Putin"}
    held.routes[0].continue_()

    heading(page, "3 resultados para «?gas")


def test_nothing_found_waits_for_the_rest_of_the_word(open_page: OpenPage) -> None:
    page = open_page().go("/?q=gas")
    page.evaluate("""() => {
      window.seen = [];
      new MutationObserver(() => seen.push(document.querySelector("h1").textContent))
        .observe(document.getElementById("main"), { childList: true });
    }""")
    with page.expect_response(re.compile("[?]q=kremlx$")) as empty:
        page.locator("#q").fill("kremlx")
    empty.value.finished()
    page.locator("#q").fill("kremlin")
    heading(page, "para «?kremlin")
    assert len(page.evaluate("seen")) == 1
    page.locator("#q").fill("kremlx")

    heading(page, "Ningún resultado para «?kremlx")


def test_clearing_the_field_leads_to_the_start(open_page: OpenPage) -> None:
    page = open_page().go("/?q=gas&source=EFE")
    page.locator("#q").fill("")

    heading(page, "Buscar en el archivo")
    assert urlsplit(page.url).query == ""
    expect(page.locator("#count")).to_have_text("")


def test_completions_are_a_combobox(open_page: OpenPage) -> None:
    page = open_page().go("/")
    box = page.get_by_role("combobox", name="Palabras que busca")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("kaz")
    options = page.get_by_role("listbox", name="Sugerencias").get_by_role("option")

    expect(options.first).to_have_text(re.compile("Kazajistán"))
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None
    assert page.locator("[role=option][aria-selected=true]").count() == 0
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == options.nth(0).get_attribute("id")
    page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_value("kaz")


def test_enter_takes_a_completion_and_searches(open_page: OpenPage) -> None:
    page = open_page().go("/")
    page.locator("#q").press_sequentially("kaz")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    heading(page, "para «?Kazajistán")
    expect(page.locator("#q")).to_have_value("Kazajistán")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(page.locator("#q")).to_be_focused()


def test_escape_closes_the_completions_and_leaves_the_words(open_page: OpenPage) -> None:
    page = open_page().go("/")
    page.locator("#q").press_sequentially("kaz")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("kaz")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")


def test_a_click_takes_a_completion(open_page: OpenPage) -> None:
    page = open_page().go("/?q=gas")
    page.locator("#q").fill("putin y tok")
    page.get_by_role("option").first.click()

    heading(page, "para «?putin y Tok")


def test_slash_and_control_k_lead_to_the_field_but_not_while_typing(open_page: OpenPage) -> None:
    page = open_page().go("/?q=gas")
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("gas")
    page.keyboard.press("End")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_have_value("gas/")
    page.locator("h1").click()
    page.keyboard.press("Control+k")
    expect(page.locator("#q")).to_be_focused()


def test_a_ticked_box_filters_at_once_and_keeps_the_focus(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive).go("/?q=gas")
    box(page, "EFE").check()

    heading(page, "20 resultados")
    assert query(page) == {"q": "gas", "source": "EFE"}
    expect(box(page, "EFE")).to_be_focused()
    box(page, "TASS").check()
    heading(page, "40 resultados")
    page.get_by_role("link", name="Quitar el filtro Fuente: EFE").click()
    heading(page, "20 resultados")
    expect(box(page, "TASS")).to_be_checked()
    expect(page.locator("h1")).to_be_focused()
    page.go_back()
    heading(page, "40 resultados")
    expect(box(page, "EFE")).to_be_checked()


def test_months_and_dates_filter(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive).go("/?q=gas")
    page.locator("#months-2025 summary").click()
    box(page, "julio").check()
    heading(page, "10 resultados")
    expect(page.locator("#months-2025")).to_have_attribute("open", "")
    before = page.evaluate("history.length")
    page.locator("#from").evaluate(
        """each => ["0002", "0020", "0202", "2025"].forEach((year) => {
          each.value = `${year}-07-15`; // what typing a year makes of a date
          each.dispatchEvent(new Event("change", { bubbles: true }));
        })"""
    )
    heading(page, "6 resultados")
    assert page.evaluate("history.length") == before + 1
    assert query(page) == {"q": "gas", "month": "2025-07", "from": "2025-07-15"}


def test_a_bar_of_the_timeline_leads_to_its_month(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive).go("/?q=gas")
    page.locator(".timeline svg a").first.click()

    heading(page, "10 resultados")
    expect(page.locator(".filters")).to_contain_text("junio de 2025")
    expect(page.locator(".pillar.chosen")).to_have_count(1)


def test_pages_and_order_change_in_place(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive).go("/?q=gas")
    page.evaluate("window.isSame = true")
    page.get_by_role("link", name="Más recientes").click()
    expect(page.locator(".hit h2").first).to_have_text("Acuerdo de gas número 59")
    page.get_by_role("link", name="Siguiente").click()
    expect(page.locator(".hit h2").first).to_have_text("Acuerdo de gas número 49")
    assert page.evaluate("window.isSame && scrollY === 0")
    assert query(page) == {"q": "gas", "sort": "-date", "page": "2"}
    page.locator("#q").fill("acuerdo")
    heading(page, "para «?acuerdo")
    assert query(page) == {"q": "acuerdo", "sort": "-date"}  # a new search begins on its first page


def test_back_from_a_document_leads_to_the_results_as_they_were(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive).go("/")
    page.locator("#q").press_sequentially("gas")
    heading(page, "60 resultados")
    box(page, "TASS").check()
    heading(page, "20 resultados")
    page.locator(".hit h2 a").first.click()
    expect(page.locator(".document h1")).to_be_visible()
    page.go_back()

    heading(page, "20 resultados")
    expect(page.locator("#q")).to_have_value("gas")
    expect(box(page, "TASS")).to_be_checked()


def test_the_other_spellings_are_switched_off_and_on_in_place(open_page: OpenPage) -> None:
    page = open_page().go("/?q=Tokayev")
    page.get_by_role("link", name="Sin otras grafías").click()
    heading(page, "3 resultados")
    page.locator("#q").press_sequentially(" ")
    page.get_by_role("link", name="Con otras grafías").click()

    heading(page, "5 resultados")


def test_a_search_that_cannot_be_made_is_said_in_place(open_page: OpenPage) -> None:
    watched = open_page()
    page = watched.go("/?q=gas")
    page.locator("#q").fill("a" * 600)

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("h1")).not_to_have_text(re.compile("para «?gas»?$"))
    watched.complaints.clear()  # the browser's console reports an answer that is an error


def test_a_server_that_is_gone_leaves_what_is_there(open_page: OpenPage) -> None:
    watched = open_page()
    page = watched.go("/?q=gas")
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.locator("#q").fill("gas Putin")
    heading(page, "3 resultados para «?gas")
    page.context.set_offline(False)
    page.locator("#q").press_sequentially("x")

    heading(page, "gas Putinx")
    watched.complaints.clear()  # the console reports the failed request


def test_everything_works_without_a_script(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive, java_script_enabled=False).go("/")
    page.locator("#q").fill("gas")
    page.keyboard.press("Enter")
    heading(page, "60 resultados")
    box(page, "EFE").check()
    page.locator("#to").fill("2025-07-31")
    page.get_by_role("button", name="Aplicar los filtros").click()
    heading(page, "7 resultados")
    page.get_by_role("link", name="Párrafos", exact=True).click()
    heading(page, "resultados")
    assert query(page) == {"q": "gas", "level": "paragraph", "to": "2025-07-31", "source": "EFE"}
    page.locator(".hit .pin").first.click()
    expect(page.locator(".paragraph:target mark").first).to_be_visible()
    page.locator(".matches a").last.click()
    expect(page.locator(".paragraph:target")).to_have_id("p2")
    page.go_back()
    page.go_back()
    heading(page, "resultados")


def test_the_page_fits_a_phone(open_page: OpenPage, archive: str) -> None:
    page = open_page(archive, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True).go("/?q=gas")
    for address in ("/?q=gas", "/", "/?q=nadanada", "/doc/d1?q=gas", "/embed", "/frame?q=gas"):
        page.goto(f"{archive}{address}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    page.goto(f"{archive}/?q=gas")
    expect(page.locator(".facets")).to_be_hidden()
    page.get_by_text("Filtrar los resultados").tap()
    box(page, "EFE").check()
    heading(page, "20 resultados")
    expect(page.locator(".facets")).to_be_visible()


def test_english_is_spoken_to_who_prefers_it_and_typing_stays_english(open_page: OpenPage) -> None:
    page = open_page(locale="en-GB").go("/")
    page.get_by_role("combobox", name="Words to search for").press_sequentially("tierras")
    heading(page, "1 result for")
    page.get_by_role("link", name="Español").click()
    heading(page, "1 resultado para")
    page.locator("#q").fill("gas")

    heading(page, "3 resultados para")
