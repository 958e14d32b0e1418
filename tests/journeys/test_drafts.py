"""A sheet whose network is lost: what was typed stays in the window until the site says that it is stored."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.config import Settings
from app.models.editions import Edition, Round
from tests import seeded, staff

SLUG = "ejemplo-2024-2027"
PATH = f"/captura/{SLUG}/13/municipios/brumares/"
TYPED = "Se contó el padrón completo."


@pytest.fixture
def sheet(own_seeded_settings: Settings) -> Iterator[str]:
    """The page of a sheet with empty cells, as the site sends it."""
    with seeded.application(own_seeded_settings) as app:
        with Session(app.extensions["database"].execution_options(write=True)) as session:
            people = staff.settle(session, SLUG)
            rounds = select(Round).join(Edition, Edition.id == Round.edition_id)
            session.scalars(rounds.where(Edition.slug == SLUG, Round.number == 13)).one().stage = "rating"
            session.commit()
        with staff.signed_in(app, people["eva"]) as eva:
            yield eva.get(PATH).text


@pytest.fixture
def window(browser: Browser, site: str, sheet: str) -> Iterator[Page]:
    """A window on the sheet, whose posts never arrive."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            route.abort("internetdisconnected")
        else:
            route.fulfill(body=sheet, content_type="text/html; charset=utf-8")

    page.route(f"{site}{PATH}", answer)
    page.goto(site + PATH)
    yield page
    context.close()


def test_what_was_typed_comes_back_after_the_network_was_lost(window: Page, site: str) -> None:
    expect(window.locator("#recuperado")).to_be_hidden()
    window.fill("#brumares-1-score", "7,5")
    window.fill("#brumares-1-reason", TYPED)
    window.locator("button.primary").click()
    window.wait_for_url("chrome-error://**")
    window.goto(site + PATH)
    expect(window.locator("#recuperado")).to_be_visible()
    expect(window.locator("#brumares-1-score")).to_have_value("7,5")
    expect(window.locator("#brumares-1-reason")).to_have_value(TYPED)
    expect(window.locator("#brumares-2-reason")).to_have_value("")


def test_what_was_typed_on_an_older_revision_comes_back_on_it(window: Page, site: str, sheet: str) -> None:
    window.fill("#brumares-1-reason", TYPED)
    newer = sheet.replace(
        'name="brumares-1-base" type="hidden" value="0"', 'name="brumares-1-base" type="hidden" value="1"'
    )
    assert newer != sheet
    window.unroute(f"{site}{PATH}")
    window.route(f"{site}{PATH}", lambda route: route.fulfill(body=newer, content_type="text/html; charset=utf-8"))
    window.on("dialog", lambda dialog: dialog.accept())
    window.reload()
    expect(window.locator("#brumares-1-reason")).to_have_value(TYPED)
    expect(window.locator("[name=brumares-1-base]")).to_have_value("0")


def test_once_it_is_stored_nothing_is_kept_in_the_window(window: Page, site: str, sheet: str) -> None:
    window.fill("#brumares-1-reason", TYPED)
    window.on("dialog", lambda dialog: dialog.accept())
    stored = sheet.replace(
        '<div class="notice" id="recuperado"', '<p class="notice" role="status"></p><div class="notice" id="recuperado"'
    )
    assert stored != sheet
    window.unroute(f"{site}{PATH}")
    window.route(f"{site}{PATH}", lambda route: route.fulfill(body=stored, content_type="text/html; charset=utf-8"))
    window.reload()
    expect(window.locator("#brumares-1-reason")).to_have_value("")
    assert window.evaluate("sessionStorage.length") == 0


def test_leaving_with_something_unsaved_asks_first(window: Page) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    window.on("dialog", answer)
    window.reload()
    assert asked == []
    window.fill("#brumares-1-reason", TYPED)
    window.reload()
    assert asked == ["beforeunload"]
