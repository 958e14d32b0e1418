"""A journalist orders a ranking by change and stands two municipalities side by side, on a phone and at a desk."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

ROUND = "/ejemplo-2024-2027/evaluaciones/12/"
COMPARE = "/ejemplo-2024-2027/comparar/"


def _order_by_change(page: Page) -> None:
    """By the head of the column at a desk; by the list above the rows on a phone."""
    menu = page.locator("details.orders summary")
    if menu.is_visible():
        menu.click()
        page.locator("details.orders a", has_text="cambio").click()
    else:
        page.get_by_role("columnheader", name="Cambio").get_by_role("link").click()


def _from_the_ranking_to_a_comparison(page: Page) -> None:
    page.goto(ROUND)
    before = page.locator("table.matrix tbody tr").first.inner_text()
    _order_by_change(page)
    expect(page).to_have_url(re.compile(f"{ROUND}orden/cambio/$"))
    first = page.locator("table.matrix tbody tr").first
    assert first.inner_text() != before
    expect(first.locator("td.place")).to_contain_text("1=")
    page.get_by_role("link", name="Compara municipios").click()
    page.get_by_role("checkbox", name=re.compile("Ñandarí")).check()
    page.get_by_role("button", name="Comparar").click()
    expect(page.get_by_role("alert")).to_contain_text("al menos otro")
    expect(page.get_by_role("checkbox", name=re.compile("Ñandarí"))).to_be_checked()
    page.get_by_role("checkbox", name=re.compile("Ámbar de la Sierra")).check()
    page.get_by_role("button", name="Comparar").click()
    expect(page).to_have_url(re.compile(f"{COMPARE}ambar-de-la-sierra,nandari/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ámbar de la Sierra y Ñandarí")
    reasons = page.locator("details", has_text="Los motivos").first
    reasons.locator("summary").click()
    expect(reasons.locator("dd").first).to_be_visible()


def test_from_the_ranking_by_change_to_a_comparison(page: Page, complaints: object) -> None:
    _from_the_ranking_to_a_comparison(page)
    complaints.clear()  # type: ignore[attr-defined] # the browser reports the 422 of the choice of one


@pytest.mark.parametrize("width", [320, 800, 1280])
def test_the_same_without_javascript_and_on_the_smallest_phone(browser: Browser, site: str, width: int) -> None:
    with browser.new_context(
        base_url=site, java_script_enabled=False, viewport={"width": width, "height": 700}
    ) as context:
        page = context.new_page()
        _from_the_ranking_to_a_comparison(page)
        for path in (ROUND, f"{ROUND}temas/seguridad/", page.url):
            page.goto(path)
            assert 0 < _widest(page) <= width


def _widest(page: Page) -> float:
    """Where the rightmost row, item or paragraph ends, in pixels."""
    rows = page.locator("main tr, main li, main p, main td")
    right: float = rows.evaluate_all("rows => Math.max(...rows.map(row => row.getBoundingClientRect().right))")
    return right
