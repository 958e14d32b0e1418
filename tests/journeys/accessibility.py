"""What keeps people out of a page: what axe finds wrong by WCAG 2.2 AA, and a page wider than its window."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SMALLEST, PHONE, DESK = 320, 360, 1280
HEIGHT = 800
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what passes is not written out: half the time
}
CONTRAST = RULES | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def barriers(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """One line per rule broken: its name, what it asks, and the first place."""
    broken = Axe().run(page, options=rules).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html']}" for rule in broken]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels


def look(page: Page) -> None:
    """Expect a page with one heading that fits any window and has no barriers, by day and at night.

    Axe takes long: it is asked where all is in a row, on a phone. The window is a desk's afterwards.
    """
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    page.wait_for_load_state("load")  # a heading may stand before its style sheets have come
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    found = barriers(page)
    assert found == [], f"{page.url}: {found}"
    page.emulate_media(color_scheme="dark")
    found = barriers(page, CONTRAST)
    assert found == [], f"{page.url} in the dark: {found}"
    page.emulate_media(color_scheme="light")
    for width in (SMALLEST, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        assert overflow(page) <= 0, f"{page.url} is wider than {width} pixels"


def is_phone(page: Page) -> bool:
    """Whether the window is as narrow as a phone: where a test runs on both, axe is asked there."""
    size = page.viewport_size
    return size is not None and size["width"] <= PHONE
