"""Comparisons by their address: one address each, a message for what cannot be compared, a fixed number of queries."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

COMPARE = "/ejemplo-2024-2027/comparar/"
REAL = "/nuevo-leon-2012-2015/comparar/"
TWO = "ambar-de-la-sierra,nandari"
FOUR = "ambar-de-la-sierra,nandari,penasola,villa-toribia"


def test_any_order_leads_to_the_one_address(app: Flask) -> None:
    response = app.test_client().get(f"{COMPARE}nandari,ambar-de-la-sierra/")
    assert (response.status_code, response.headers["Location"]) == (301, f"{COMPARE}{TWO}/")


def test_the_form_leads_to_the_same_address(app: Flask) -> None:
    response = app.test_client().get(f"{COMPARE}?municipio=nandari&municipio=ambar-de-la-sierra")
    assert (response.status_code, response.headers["Location"]) == (303, f"{COMPARE}{TWO}/")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("nandari/", 422, "al menos otro"),
        ("nandari,nandari/", 422, "repetido"),
        ("brumares,nandari,nogalinda,penasola,villa-toribia/", 422, "demasiados"),
        ("nandari,atlantida/", 404, "no está en esta evaluación"),
        ("?municipio=nandari", 422, "al menos otro"),
        ("?municipio=atlantida&municipio=%00", 404, "no está en esta evaluación"),
        (f"?municipio={'9' * 4301}", 404, "no está en esta evaluación"),
    ],
)
def test_what_cannot_be_compared_is_said_on_the_page_that_chooses(
    app: Flask, path: str, status: int, words: str
) -> None:
    response = app.test_client().get(f"{COMPARE}{path}")
    assert response.status_code == status
    assert words in response.text
    assert response.text.count('type="checkbox"') == 9


def test_a_choice_that_failed_is_still_ticked(app: Flask) -> None:
    text = app.test_client().get(f"{COMPARE}?municipio=nandari").text
    assert re.findall(r'value="([a-z-]*)" checked', text) == ["nandari"]


@pytest.mark.parametrize("path", ["con/atlantida/", ",/", "nandari,/", ",".join("abcdefghijkl") + "/", "%00,a/"])
def test_an_address_that_names_nobody_is_no_page(app: Flask, path: str) -> None:
    assert app.test_client().get(f"{COMPARE}{path}").status_code == 404


def test_an_edition_without_a_round_has_nothing_to_compare(app: Flask) -> None:
    assert app.test_client().get("/no-existe-2012-2015/comparar/").status_code == 404


def test_who_withheld_information_is_never_ahead_and_says_so(app: Flask) -> None:
    text = app.test_client().get(f"{COMPARE}nogalinda,penasola/").text
    overall = text[text.index("Promedio general") : text.index("Seguridad</a>")]
    assert "no entregó la información de 2 de 10" in overall
    assert "(adelante)" not in overall
    lead = text[text.index('class="lead"') : text.index('class="mayors"')]
    assert "Peñasola no tiene lugar en el promedio general: no entregó la información de 2 de 10." in lead
    assert "va adelante" not in lead


def test_without_an_overall_ranking_the_first_theme_with_figures_speaks(app: Flask) -> None:
    text = app.test_client().get(f"{REAL}apodaca,monterrey/").text
    assert "En Seguridad va adelante Monterrey, con 6.8." in text
    assert "Promedio general" not in text


def test_demands_stand_by_their_difference(app: Flask) -> None:
    text = app.test_client().get(f"{COMPARE}{TWO}/").text
    spreads = [float(value) for value in re.findall(r"diferencia: ([\d.]+)", text)]
    assert len(spreads) > 3
    assert spreads == sorted(spreads, reverse=True)


def test_a_comparison_costs_the_same_for_two_and_for_four(count: Callable[[str], int]) -> None:
    assert count(f"{COMPARE}{TWO}/") == count(f"{COMPARE}{FOUR}/") == 20
    assert count(COMPARE) == count(f"{COMPARE}con/nandari/") == 10


def test_the_shared_link_names_the_municipalities(app: Flask) -> None:
    text = app.test_client().get(f"{COMPARE}{TWO}/").text
    assert "https://wa.me/?text=%C3%81mbar%20de%20la%20Sierra%20y%20%C3%91andar%C3%AD" in text
