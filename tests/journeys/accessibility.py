"""What axe finds wrong with a page, by WCAG 2.2 AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW = 500
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]}


def barriers(page: Page) -> list[str]:
    """One line per rule broken: its name, what it asks, and the first place."""
    broken = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {rule['help']}: {rule['nodes'][0]['html']}" for rule in broken]


def is_phone(page: Page) -> bool:
    """Whether the window is as narrow as a phone: axe takes long, and is asked once a page, where all is in a row."""
    size = page.viewport_size
    return size is not None and size["width"] < NARROW


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels
