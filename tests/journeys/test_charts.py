"""A reader reaches for a chart: with the keyboard, a finger, a mouse; light and dark; or without scripts."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import barriers, is_phone

CARD = "/ejemplo-2024-2027/municipios/nogalinda/"
DEMAND = "/ejemplo-2024-2027/demandas/10/"
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifted += entry.value; })
    .observe({type: "layout-shift", buffered: true});
"""


def test_a_chart_is_explored_by_keyboard_and_left_again(page: Page) -> None:
    page.add_init_script(SHIFTS)
    page.goto(CARD)
    assert not [a for a in page.evaluate("performance.getEntriesByType('resource').map(r => r.name)") if "vendor" in a]
    box, said = page.locator(".chart-box").first, page.locator(".chart-said").first
    page.locator("button.explore").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chart-plot").first).to_be_focused()
    size = box.bounding_box()
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("octubre-noviembre de 2024: 5.3")
    page.keyboard.press("End")
    expect(said).to_have_text("agosto-septiembre de 2026: 6.7")
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(said).to_have_text("octubre-noviembre de 2025: sin calificar")
    assert not is_phone(page) or barriers(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("button.explore").first).to_be_focused()
    expect(page.locator(".chart-plot")).to_have_count(0)
    now = box.bounding_box()
    assert now is not None
    assert size is not None
    assert (now["width"], now["height"]) == (size["width"], size["height"])
    assert page.evaluate("window.shifted") == 0


def test_a_mouse_that_rests_on_a_chart_reaches_for_it_and_a_finger_does_not(page: Page) -> None:
    page.goto(CARD)
    box = page.locator(".chart-box").first
    if page.evaluate("matchMedia('(hover: hover)').matches"):
        box.hover()
    else:
        box.tap()
        expect(page.locator(".chart-plot")).to_have_count(0)
        page.get_by_role("button", name=re.compile("Explorar")).first.tap()
    expect(page.locator(".chart-box.explored")).to_have_count(1)


def test_a_chart_follows_the_colours_of_the_system(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, color_scheme="light") as context:
        page = context.new_page()
        page.goto(DEMAND)
        page.locator("button.explore").first.click()
        ground = page.locator(".chart-inner .main-svg").first
        expect(page.locator(".chart-box.explored")).to_have_count(1)
        light = ground.evaluate("node => getComputedStyle(node).backgroundColor")
        page.emulate_media(color_scheme="dark")
        expect(ground).not_to_have_css("background-color", light)
        assert barriers(page) == []


def test_without_scripts_the_drawing_the_table_and_the_files_are_there(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(DEMAND)
        expect(page.locator("button.explore").first).to_be_hidden()
        expect(page.locator("svg.chart-svg").first).to_be_visible()
        page.get_by_text("Ver como tabla").first.click()
        expect(page.locator("figure.chart table").first).to_be_visible()
        page.get_by_role("link", name="Villa Toribia").last.click()
        expect(page.get_by_role("heading", name="Villa Toribia entre todos los municipios")).to_be_visible()
