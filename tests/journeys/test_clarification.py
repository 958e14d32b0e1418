"""A misprint in the sealed rules, by its people in a browser: proposed, confirmed by another, noted in public."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import databases
from tests.journeys.accessibility import look
from tests.journeys.workplace import SLUG, Workplace, at_work

ROOM = f"/coordinacion/{SLUG}/aclaraciones/"
NOTE = "donde dice «cuenta, y» debe decir «cuenta y»"
DEMAND = f"/{SLUG}/demandas/1/"
SEALED = f"/{SLUG}/metodologia/publicaciones"


@pytest.fixture
def workplace(sqlite_template: Path, tmp_path: Path, browser: Browser) -> Iterator[Workplace]:
    with at_work(databases.copy_of_sqlite(sqlite_template, tmp_path), tmp_path, browser) as workplace:
        yield workplace


def test_a_clarification_stands_beside_the_rules_once_two_people_want_it(workplace: Workplace) -> None:
    oscar, delia, reader = (workplace.page(name) for name in ("oscar", "delia", "stranger"))
    propose(oscar)
    expect_note(reader, DEMAND, times=0)
    confirm(delia)
    expect_note(reader, DEMAND)
    expect_note(reader, f"{SEALED}/2/")
    expect_note(reader, f"{SEALED}/1/", times=0)
    expect(reader.get_by_text("Esta versión se aclaró")).to_be_visible()


def propose(page: Page) -> None:
    page.goto(ROOM)
    page.locator("summary", has_text="1. Policía").click()
    page.get_by_role("link", name="Aclarar este texto").filter(has_text="Cómo se mide").click()
    page.get_by_label("Donde dice", exact=True).fill("cuenta, y")
    page.get_by_label("Debe decir", exact=True).fill("cuenta y")
    page.get_by_role("button", name="Proponer la aclaración").click()
    expect(page.get_by_text("Debe confirmarla otra persona.")).to_be_visible()
    expect(page.get_by_role("status")).to_be_focused()
    expect(page.get_by_role("button", name="Confirmar y publicar")).to_have_count(0)


def confirm(page: Page) -> None:
    page.goto(ROOM)
    expect(page.get_by_text(NOTE)).to_be_visible()
    page.get_by_role("button", name="Confirmar y publicar").click()
    expect(page.get_by_role("heading", name="Publicadas")).to_be_visible()
    look(page)


def expect_note(page: Page, path: str, times: int = 1) -> None:
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main .clarification", has_text=NOTE)).to_have_count(times)
