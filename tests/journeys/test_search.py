"""A citizen who looks for her mayor: with the keyboard, with a finger, and without JavaScript."""

import json
import re

from playwright.sync_api import Browser, Page, Route, expect

from tests.databases import ROOT
from tests.journeys.accessibility import barriers, is_phone, overflow

VECTORS = json.loads((ROOT / "tests" / "vectors" / "search.json").read_text())
SCORECARD = re.compile("/nuevo-leon-2012-2015/municipios/monterrey/$")
FIND_ALL = """
async ({ index, cases }) => {
    const { find } = await import(document.querySelector("script[type=module][src*='/search.js']").src);
    const rows = index.map((row) => ({ ...row, mayors: row.mayors.map((name) => [name, ""]) }));
    const written = (hit) => (hit.mayor < 0 ? hit.row.key : `${hit.row.key} ${hit.row.mayors[hit.mayor][0]}`);
    return cases.map((wanted) => find(rows, wanted.text, wanted.limit ?? 20).map(written));
}
"""


def test_the_keyboard_leads_from_a_slip_to_the_scorecard(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("monterey")
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("Un municipio")
    assert not is_phone(page) or barriers(page) == []
    assert overflow(page) <= 0
    box.press("ArrowDown")
    chosen = page.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Monterrey")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    box.press("Enter")
    expect(page).to_have_url(SCORECARD)


def test_escape_closes_the_list_and_keeps_what_was_typed(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.press_sequentially("san")
    expect(page.get_by_role("option")).to_have_count(3)
    box.press("ArrowUp")
    expect(page.get_by_role("option", selected=True)).to_contain_text("Santa Catarina")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("san")
    expect(box).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_a_finger_finds_the_mayor_in_the_example_too(page: Page) -> None:
    page.goto("/ejemplo-2024-2027/")
    page.get_by_role("combobox").fill("ibarguen")
    option = page.get_by_role("option")
    expect(option).to_contain_text("Cástulo Ibargüen Múzquiz, alcalde 2024–2027")
    box = option.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    option.click()
    expect(page).to_have_url(re.compile("/ejemplo-2024-2027/municipios/ambar-de-la-sierra/$"))


def test_without_its_list_the_box_is_a_plain_form(page: Page) -> None:
    def gone(route: Route) -> None:
        route.fulfill(status=204)  # an answer that is no list

    page.route("**/indice.json", gone)
    page.goto("/")
    page.get_by_role("combobox").fill("monterey")
    page.get_by_role("button", name="Buscar").click()
    expect(page).to_have_url(SCORECARD)


def test_without_javascript_the_form_finds_as_much(browser: Browser, site: str) -> None:
    with browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": 360, "height": 740}
    ) as context:
        page = context.new_page()
        page.goto("/")
        page.get_by_label("Busca tu municipio o a tu alcalde").fill("monterey")
        page.get_by_role("button", name="Buscar").click()
        expect(page).to_have_url(SCORECARD)


def test_the_first_screen_of_a_phone_holds_question_search_and_standing(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.goto("/")
        expect(page.get_by_role("heading", level=1, name="¿Cómo va tu alcalde?")).to_be_in_viewport()
        expect(page.get_by_role("combobox")).to_be_in_viewport()
        expect(page.get_by_text("Datos de abril-mayo de 2013.")).to_be_in_viewport()
        expect(page.get_by_role("row").nth(1)).to_be_in_viewport()


def test_the_browser_finds_what_the_server_finds(page: Page) -> None:
    page.goto("/")
    found = page.evaluate(FIND_ALL, VECTORS)
    assert found == [case["found"] for case in VECTORS["cases"]]
