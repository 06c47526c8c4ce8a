"""The page of a document: steps from match to match, the citation, links to paragraphs."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

DOCUMENT = "/doc/001_b6d178efe64e1b6c.txt"


def test_n_and_p_go_from_match_to_match(open_page: OpenPage) -> None:
    page = open_page().go(f"{DOCUMENT}?q=gas")
    here = page.locator(".text mark.here")
    total = page.locator(".text mark").count()
    page.keyboard.press("n")
    expect(here).to_have_id("m1")
    expect(page.locator(".stepper output")).to_have_text(f"1 de {total}")
    page.keyboard.press("n")
    expect(here).to_have_id("m2")
    expect(here).to_be_in_viewport()
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(here).to_have_id(f"m{total}")
    page.get_by_role("button", name="Coincidencia siguiente").click()
    expect(here).to_have_id("m1")


def test_the_first_step_begins_at_the_paragraph_of_the_address(open_page: OpenPage) -> None:
    page = open_page().go(f"{DOCUMENT}?q=gas#p9")
    expect(page.locator(".paragraph:target")).to_be_in_viewport()
    page.keyboard.press("n")

    expect(page.locator("#p9 mark.here")).to_have_count(1)
    page.goto(page.url.replace("#p9", "#p8"))
    expect(page.locator("mark.here")).to_have_count(0)  # the page has noticed the new address
    page.keyboard.press("p")
    expect(page.locator("#p7 mark.here")).to_have_count(1)


def test_the_keys_do_nothing_while_typing(open_page: OpenPage) -> None:
    page = open_page().go(f"{DOCUMENT}?q=gas")
    page.locator("#q").press("End")
    page.keyboard.press("n")

    expect(page.locator("#q")).to_have_value("gasn")
    expect(page.locator("mark.here")).to_have_count(0)


def test_the_search_field_of_a_document_leads_to_results(open_page: OpenPage) -> None:
    page = open_page().go(f"{DOCUMENT}?q=gas")
    page.locator("#q").fill("lukoi")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text(re.compile("para «?lukoi"))


def test_the_citation_is_copied(open_page: OpenPage) -> None:
    watched = open_page(permissions=["clipboard-read", "clipboard-write"])
    page = watched.go(DOCUMENT)
    page.get_by_role("button", name="Copiar la cita").click()

    expect(page.locator("#copy")).to_have_text("Copiado")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("«Putin y Tokáyev refuerzan amistad")
    assert f"EFE, Moscú. 12 de noviembre de 2025. {watched.origin}{DOCUMENT} (consultado el " in copied


def test_where_the_clipboard_is_closed_the_citation_is_selected(open_page: OpenPage) -> None:
    page = open_page().go(DOCUMENT)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.get_by_role("button", name="Copiar la cita").click()

    expect(page.locator("#copy")).to_have_text("Pulse Ctrl+C para copiarlo")
    assert page.evaluate("getSelection().toString()").startswith("«Putin y Tokáyev")


def test_similar_documents_lead_to_one_another(open_page: OpenPage) -> None:
    page = open_page().go(DOCUMENT)
    page.get_by_role("region", name="Documentos parecidos").get_by_role("link").first.click()

    expect(page.locator("h1")).to_have_text(re.compile("Putin|Tok|Kaz"))
    assert DOCUMENT not in page.url
