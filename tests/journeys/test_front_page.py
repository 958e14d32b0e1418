from playwright.sync_api import Page, expect

from tests.journeys.accessibility import barriers, overflow


def test_the_front_page_opens_without_barriers(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert barriers(page) == []
    assert overflow(page) <= 0
