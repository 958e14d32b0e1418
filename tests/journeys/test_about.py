"""The pages about the site itself, and the ways on from a page that is not there, on a phone and at a desk."""

from playwright.sync_api import Page, expect


def test_a_lost_reader_finds_the_way_back_to_the_edition(page: Page, complaints: object) -> None:
    page.goto("/nuevo-leon-2012-2015/evaluaciones/99/")
    complaints.clear()  # type: ignore[attr-defined] # the browser reports the 404 that was asked for
    page.get_by_role("main").get_by_role("link", name="El tablero de cada municipio").click()
    expect(page).to_have_url("/nuevo-leon-2012-2015/municipios/")


def test_the_marks_of_the_site_are_there(page: Page) -> None:
    page.goto("/")
    assert page.locator(".brand img").evaluate("image => image.complete && image.naturalWidth > 0")
    for relation in ("icon", "apple-touch-icon", "manifest"):
        address = page.locator(f"link[rel={relation}]").get_attribute("href")
        assert page.request.get(address or "").ok
