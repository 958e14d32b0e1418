"""A citizen and a journalist before the ranking of April-May 2013, on a phone and at a desk."""

import re

from playwright.sync_api import Browser, Page, expect

EDITION = "/nuevo-leon-2012-2015/"
THEME = f"{EDITION}evaluaciones/3/temas/seguridad/"
DEMONSTRATION = "/ejemplo-2024-2027/"


def test_a_citizen_finds_the_ranking_and_then_her_mayor(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("Nuevo León, 2012")).first.click()
    page.get_by_role("link", name="Evaluaciones").first.click()
    page.get_by_role("link", name=re.compile("abril-mayo de 2013")).first.click()
    page.get_by_role("link", name=re.compile("Seguridad")).first.click()
    expect(page).to_have_url(re.compile(f"{THEME}$"))
    names = page.locator("table.ranking tbody th[scope=row] a").all_inner_texts()
    assert [names[0], names[6], names[-1]] == ["San Pedro Garza García", "Apodaca", "San Nicolás de los Garza"]
    page.get_by_role("link", name="Apodaca").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Apodaca")


def test_the_places_and_both_averages_are_in_sight_on_any_screen(page: Page) -> None:
    page.goto(THEME)
    for words in ("5=", "8.5", "4.3"):
        expect(page.get_by_text(words, exact=True).first).to_be_visible()
    width = page.viewport_size or {"width": 0}
    for box in (row.bounding_box() for row in page.locator("table.ranking tbody tr").all()):
        assert box is not None
        assert box["x"] + box["width"] <= width["width"]


def test_the_reader_changes_the_language_and_stays_on_the_page(page: Page) -> None:
    page.goto(THEME)
    page.get_by_role("link", name="English").first.click()
    expect(page).to_have_url(re.compile(f"/en{THEME}$"))
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^en"))


def test_the_keyboard_reaches_the_content_past_the_navigation(page: Page) -> None:
    page.goto(THEME)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    expect(skip).to_be_visible()
    skip.press("Enter")
    expect(page).to_have_url(re.compile("#"))


def test_the_site_needs_no_javascript(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{DEMONSTRATION}municipios/nogalinda/")
        page.locator("summary").first.click()
        expect(page.locator("details").first).to_have_attribute("open", "")
