"""The main ways through the site: on a phone and at a desk, by day and at night, with scripts and without."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.accessibility import DESK, PHONE, overflow
from tests.journeys.conftest import Complaints
from tests.journeys.server import Server

EDITION = "/ejemplo-2024-2027/"
READERS: tuple[tuple[int, Literal["light", "dark"], bool], ...] = (
    (PHONE, "light", True),
    (PHONE, "dark", False),
    (DESK, "dark", True),
    (DESK, "light", False),
)


@pytest.fixture(params=READERS, ids=lambda reader: f"{reader[0]}-{reader[1]}-{'scripts' if reader[2] else 'plain'}")
def reader(request: pytest.FixtureRequest, browser: Browser, server: Server, complaints: Complaints) -> Iterator[Page]:
    width, scheme, scripts = request.param
    with browser.new_context(
        base_url=server.address,
        viewport={"width": width, "height": 740},
        color_scheme=scheme,
        java_script_enabled=scripts,
        locale="es-MX",
    ) as context:
        page = context.new_page()
        complaints.listen(page)
        yield page
        assert overflow(page) <= 0
    assert complaints.heard == []


def test_from_my_municipality_to_the_reasons_behind_its_lowest_score(reader: Page) -> None:
    reader.goto(EDITION)
    reader.get_by_label(re.compile("Busca")).fill("nogalnda")
    reader.get_by_role("button", name="Buscar").click()
    expect(reader).to_have_url(re.compile(f"{EDITION}municipios/nogalinda/$"))
    expect(reader.get_by_role("heading", level=1)).to_have_text("Nogalinda")
    lowest = reader.locator("details", has_text="la más baja").first
    expect(lowest).to_contain_text("5.9")
    lowest.locator("summary").click()
    expect(lowest.locator(".reason")).to_be_visible()
    expect(lowest).to_contain_text("Calificó:")


def test_from_the_ranking_by_change_to_two_side_by_side(reader: Page) -> None:
    reader.goto(f"{EDITION}evaluaciones/12/")
    places = reader.locator("table.matrix td.place").all_text_contents()
    menu = reader.locator("details.orders summary")
    if menu.is_visible():
        menu.click()
        reader.locator("details.orders a", has_text="cambio").click()
    else:
        reader.get_by_role("columnheader", name="Cambio").get_by_role("link").click()
    expect(reader).to_have_url(re.compile("orden/cambio/$"))
    reordered = reader.locator("table.matrix td.place").all_text_contents()
    assert reordered != places
    assert sorted(reordered) == sorted(places)
    reader.goto(f"{EDITION}municipios/nandari/")
    reader.get_by_role("link", name=re.compile("Compara Ñandarí")).click()
    reader.get_by_role("checkbox", name=re.compile("Brumares")).check()
    reader.get_by_role("button", name="Comparar").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Brumares y Ñandarí")


def test_from_a_demand_to_who_leads_and_what_they_did(reader: Page) -> None:
    reader.goto(f"{EDITION}demandas/")
    reader.get_by_role("link", name=re.compile("Parques en buen estado")).first.click()
    leads = reader.get_by_role("region", name=re.compile("Quién va adelante"))
    expect(leads).to_contain_text("8.5")
    expect(leads).to_contain_text("Ocho y medio de promedio en 20 parques.")
    leads.get_by_role("link", name="Peñasola").click()
    expect(reader).to_have_url(re.compile(f"{EDITION}municipios/penasola/#demanda-8$"))
    expect(reader.locator("#demanda-8")).to_be_in_viewport()
