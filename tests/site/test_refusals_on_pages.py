"""Refusing never pays, in words either: no page tells a change beside what was withheld."""

import re

import pytest
from flask.testing import FlaskClient

REFUSER = "/ejemplo-2024-2027/municipios/penasola/"


@pytest.mark.parametrize("path", [REFUSER, "/ejemplo-2024-2027/evaluaciones/12/publicaciones/1/municipios/penasola/"])
def test_the_head_of_a_scorecard_tells_no_change_beside_a_refusal(client: FlaskClient, path: str) -> None:
    head = client.get(path).text.partition("</header>")[2].partition("</header>")[0]
    assert "no se da un cambio junto a información que no se entregó" in head
    assert not re.search(r"[+−]\d+\.\d", head)


def test_the_account_computes_no_change_beside_a_refusal(client: FlaskClient) -> None:
    sections = client.get(f"{REFUSER}calculo/").text.split("<h2")
    overall = next(section for section in sections if "Promedio general" in section)
    assert "Antes:" not in overall


def test_who_did_not_move_is_told_so_and_not_left_without_a_change(client: FlaskClient) -> None:
    front = client.get("/ejemplo-2024-2027/").text
    row = front[front.index("municipios/nogalinda/") :].partition("</tr>")[0]
    assert re.search(r"cambio:\s*0\.0", row)
