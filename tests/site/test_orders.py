"""Rankings in the order that a reader asked for: places as sealed, a fixed number of queries, out of search engines."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.orders import Column, Order

ROUND = "/ejemplo-2024-2027/evaluaciones/12/"
THEME = f"{ROUND}temas/seguridad/"
DEMAND = f"{ROUND}demandas/3/"
REAL = "/nuevo-leon-2012-2015/evaluaciones/3/"
_ROW = re.compile(r'<td class="place">(.*?)</td>.*?<th scope="row" class="who">\s*<a[^>]*>([^<]*)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def _places(app: Flask, path: str) -> list[tuple[str, str]]:
    text = app.test_client().get(path).text
    return [(name, re.sub(r"\D", "", _TAG.sub("", place))) for place, name in _ROW.findall(text)]


@pytest.mark.parametrize("page", [ROUND, THEME, DEMAND])
@pytest.mark.parametrize("order", ["cambio", "inverso-cambio", "municipio", "inverso-lugar", "anterior"])
def test_rows_move_and_their_places_stay(app: Flask, page: str, order: str) -> None:
    sealed, reordered = _places(app, page), _places(app, f"{page}orden/{order}/")
    assert len(sealed) == 9
    assert reordered != sealed
    assert sorted(reordered) == sorted(sealed)


def test_every_column_that_a_page_offers_is_there(app: Flask) -> None:
    client = app.test_client()
    for page in (ROUND, THEME, DEMAND, REAL, f"{REAL}temas/seguridad/"):
        links = set(re.findall(f'href="({page}orden/[^"]*)"', client.get(page).text))
        assert links
        assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_the_round_is_ordered_by_each_theme_and_each_demand(app: Flask) -> None:
    links = re.findall(f'href="{ROUND}orden/([^/"]*)/"', app.test_client().get(ROUND).text)
    assert {f"demanda-{number}" for number in range(1, 11)} <= set(links)
    assert {"tema-seguridad", "cambio", "anterior", "municipio"} <= set(links)


@pytest.mark.parametrize("page", [ROUND, THEME, DEMAND])
def test_a_reordered_page_leads_machines_to_the_ranking_itself(app: Flask, page: str) -> None:
    response = app.test_client().get(f"{page}orden/municipio/")
    assert response.headers["X-Robots-Tag"] == "noindex"
    canonical = re.findall(r'<link rel="canonical" href="([^"]*)"', response.text)
    assert [address[-len(page) :] for address in canonical] == [page]


@pytest.mark.parametrize(
    "order",
    ["x", "inverso-", "inverso-inverso-cambio", "tema-", "demanda-", "demanda-0", "demanda-99", "tema-no", "cambio-"],
)
def test_an_order_that_does_not_exist_is_no_page(app: Flask, order: str) -> None:
    assert app.test_client().get(f"{ROUND}orden/{order}/").status_code == 404


@pytest.mark.parametrize("order", ["lugar", "anterior", "cambio", "tema-transparencia", "demanda-9"])
def test_what_a_round_does_not_hold_orders_nothing(app: Flask, order: str) -> None:
    assert app.test_client().get(f"{REAL}orden/{order}/").status_code == 404


@pytest.mark.parametrize(
    ("column", "key", "backwards"),
    [
        (Column.CHANGE, "", False),
        (Column.CHANGE, "", True),
        (Column.THEME, "inverso-x", True),
        (Column.DEMAND, "10", False),
    ],
)
def test_an_order_reads_back_from_its_address(app: Flask, column: Column, key: str, backwards: bool) -> None:  # noqa: FBT001
    convert = app.url_map.converters["order"](app.url_map)
    order = Order(column, key, backwards)
    assert convert.to_python(convert.to_url(order)) == order


@pytest.mark.parametrize(("page", "cost"), [(ROUND, 13), (THEME, 13), (DEMAND, 13)])
def test_a_ranking_costs_a_fixed_number_of_queries(count: Callable[[str], int], page: str, cost: int) -> None:
    assert count(page) == cost
    assert {count(f"{page}orden/{order}/") for order in ("cambio", "municipio", "inverso-lugar")} == {cost + 1}


@pytest.mark.parametrize("page", [ROUND, THEME, f"{ROUND}orden/cambio/", f"{THEME}orden/municipio/"])
def test_who_withheld_information_is_named_before_the_table(app: Flask, page: str) -> None:
    text = app.test_client().get(page).text
    before = _TAG.sub("", text[text.index('class="notice refusals"') : text.index("<table")])
    assert "No entregó la información" in before
    assert "Peñasola" in before
    assert re.search(r"2\s+de\s+(10|4)", before)
