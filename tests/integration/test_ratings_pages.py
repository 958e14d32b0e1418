"""The evaluator's room in a browser: who may enter, what is kept, what is never shown."""

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from flask import Flask
from sqlalchemy import select, update

from app.models.editions import Round
from app.models.scores import Score
from app.queries import sheets
from tests import seeded, staff
from tests.integration.rating_pages import EVIDENCE, NANDU, ROUND, cell, send, writing
from tests.integration.sealing import SLUG
from tests.staff import Person, signed_in

DEMAND = f"{ROUND}/demandas/3/"
PAGES = ["/captura/", NANDU, DEMAND, EVIDENCE]

pytestmark = pytest.mark.parametrize("kind", ["sqlite"])  # what writes is asked of both in test_ratings.py


@pytest.fixture
def app(valley_url: str, tmp_path: Path) -> Iterator[Flask]:
    with seeded.application(seeded.settings_for(valley_url, tmp_path)) as app:
        yield app


@pytest.fixture
def people(app: Flask) -> dict[str, int]:
    with writing(app) as session:
        ids = staff.settle(session, SLUG)
        session.commit()
    return ids


@pytest.fixture
def eva(app: Flask, people: dict[str, int]) -> Iterator[Person]:
    with signed_in(app, people["eva"]) as person:
        yield person


def scores(app: Flask) -> int:
    with writing(app) as session:
        return len(session.scalars(select(Score.id)).all())


def focused(page: str) -> str:
    """How the one element begins that takes the focus when the page opens."""
    (element,) = re.findall(r"<div ([^>]*) autofocus>", page)
    return " ".join(element.split())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("name", "status"), [("eva", 200), ("rita", 403), ("olga", 403), ("lalo", 403), (None, 303)])
def test_only_evaluators_enter(app: Flask, people: dict[str, int], path: str, name: str | None, status: int) -> None:
    with signed_in(app, people[name] if name else None) as person:
        answer = person.get(path)
    assert answer.status_code == status
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", [NANDU, DEMAND, EVIDENCE, f"{EVIDENCE}quitar"])
@pytest.mark.parametrize(("name", "room"), [("rita", "/revision/"), ("olga", "/coordinacion/"), ("lalo", "/enlace/")])
def test_only_evaluators_write(app: Flask, people: dict[str, int], path: str, name: str, room: str) -> None:
    before = scores(app)
    with signed_in(app, people[name]) as person:
        assert person.post(path, {"go": "save", **cell("nandu-3", score="7")}, room).status_code == 403
    assert scores(app) == before


@pytest.mark.parametrize(
    "path", [f"{ROUND}/municipios/nadie/", f"{ROUND}/demandas/99/", "/captura/otra-2020-2023/3/municipios/nandu/"]
)
def test_what_is_not_hers_and_what_is_not_there_look_the_same(eva: Person, path: str) -> None:
    assert eva.get(path).status_code == 403


@pytest.mark.parametrize("mount", ["", "/en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_html_in_both_languages(eva: Person, mount: str, path: str) -> None:
    text = eva.get(mount + path).text
    html5lib.HTMLParser(strict=True).parse(text)
    assert text.count("<h1") == 1
    assert "style=" not in text


def test_a_score_typed_with_a_comma_is_saved_and_handed_in(app: Flask, eva: Person) -> None:
    before = scores(app)
    answer = send(eva, "hand-in", score="7,5", reason="Se contó.")
    assert (answer.status_code, answer.headers["Location"]) == (303, NANDU)
    page = eva.get(NANDU).text
    assert "Se entregó una casilla a revisión." in page
    assert 'value="7.5"' in page
    assert focused(page) == 'class="notice done" role="status" tabindex="-1"'
    assert scores(app) == before + 1


def test_what_is_wrong_is_said_beside_its_field_and_on_top(app: Flask, eva: Person) -> None:
    before = scores(app)
    assert send(eva, score="11", reason="Se pasó.", note="MARCA").status_code == 303
    page = eva.get(NANDU).text
    assert 'href="#nandu-3-score"' in page
    assert 'aria-describedby="nandu-3-score-error" aria-invalid="true"' in page
    assert all(typed in page for typed in ('value="11"', "Se pasó.", "MARCA"))
    assert focused(page) == 'class="problems" role="alert" tabindex="-1" id="errores"'
    assert scores(app) == before


def test_the_list_of_cells_says_what_each_lacks_to_be_handed_in(eva: Person) -> None:
    send(eva, "hand-in", score="7")
    listed = eva.get(NANDU).text.partition('<a href="#nandu-3">')[2].partition("</li>")[0]
    assert "falta el motivo" in listed


@pytest.mark.parametrize(
    "hostile",
    [
        "\x00",
        "9" * 4301,
        "٧",
        "\ud800x",
        "9223372036854775808",
        "7\r\nSet-Cookie: x=1",
        "<script>alert(1)</script>",
        "{{7*7}}",
    ],
)
def test_no_input_is_an_error_of_ours(app: Flask, eva: Person, hostile: str) -> None:
    before = scores(app)
    sent = hostile.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = send(eva, score=sent, absence=sent, reason=sent, note=sent, reply=sent, base=sent, seen=sent, choice=sent)
    assert answer.status_code == 303
    page = eva.get(NANDU)
    assert page.status_code == 200
    assert "<script>alert" not in page.text
    assert scores(app) == before


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("", 303),
        ("nandu", 303),
        ("nandu-0", 303),
        ("nandu-٣", 303),
        ("../x-1", 303),
        ("nandu-9", 403),
        ("nadie-1", 403),
    ],
)
def test_a_cell_that_is_none_takes_nothing(app: Flask, eva: Person, key: str, status: int) -> None:
    before = scores(app)
    assert eva.post(NANDU, {"go": "save", **cell(key, score="7")}).status_code == status
    assert scores(app) == before


def test_an_old_token_gives_the_page_back_with_all_that_was_typed(app: Flask, eva: Person) -> None:
    before = scores(app)
    eva.get(NANDU)
    fields = {"go": "save", "csrf_token": "x", **cell("nandu-3", score="7,5", reason="MARCA")}
    answer = eva.client.post(NANDU, data=fields)
    assert answer.status_code == 422
    assert 'value="7,5"' in answer.text
    assert "MARCA" in answer.text
    assert scores(app) == before


def test_two_evaluators_meet_and_none_learns_the_others_name(app: Flask, people: dict[str, int]) -> None:
    with signed_in(app, people["ema"]) as ema:
        send(ema, score="8", reason="Lo de ella.")
    with signed_in(app, people["eva"]) as eva:
        send(eva, score="4", reason="Lo mío.")
        page = eva.get(NANDU).text
        assert all(words in page for words in ("Otra persona evaluadora", "Lo de ella.", "Lo mío.", 'value="mine"'))
        assert "Ema Prueba" not in page
        send(eva, score="4", reason="Lo mío.", seen="1", choice="mine")
        assert "Otra persona evaluadora" not in eva.get(NANDU).text
    with signed_in(app, people["ema"]) as ema:
        page = ema.get(NANDU).text
        assert "Lo mío." in page
        assert "Eva Prueba" not in page


def test_one_demand_of_all_municipalities_is_saved_at_once(eva: Person) -> None:
    page = eva.get(DEMAND).text
    assert all(name in page for name in ("Alba", "Brisa", "Ñandú"))
    fields = cell("nandu-3", score="6", reason="Uno.") | cell("alba-3", score="5", reason="Dos.", base="1")
    answer = eva.post(DEMAND, {"go": "save", **fields, "cell": ["nandu-3", "alba-3"]})
    assert answer.headers["Location"] == DEMAND
    page = eva.get(DEMAND).text
    assert "Uno." in page
    assert "Dos." in page


def test_after_rating_a_page_can_be_read_and_not_written(app: Flask, eva: Person) -> None:
    send(eva, score="7", reason="Se contó.")
    with writing(app) as session:
        session.execute(update(Round).where(Round.number == 3).values(stage="reply"))
        session.commit()
    page = eva.get(NANDU).text
    assert "Se contó." in page
    assert 'value="hand-in"' not in page
    assert 'name="cell"' not in page
    send(eva, score="9", reason="Tarde.", base="1", seen="1")
    page = eva.get(NANDU).text
    assert "ya no se puede cambiar" in page
    assert "Tarde." in page


def test_saving_can_lead_on_to_the_evidence_of_a_cell(eva: Person) -> None:
    assert send(eva, "evidence:nandu-3", score="7").headers["Location"] == EVIDENCE
    assert "Se guardó una casilla." in eva.get(EVIDENCE).text
    assert send(eva, "evidence:nandu-3", score="7", base="1").headers["Location"] == EVIDENCE
    assert 'role="status"' not in eva.get(EVIDENCE).text  # nothing was changed, and nobody asked
    assert send(eva, "evidence:otro-1", score="7", base="1", seen="1").headers["Location"] == NANDU


def test_many_municipalities_come_on_pages(eva: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "CELLS_OF_A_PAGE", 2)
    second = f"{DEMAND}pagina/2/"
    page = eva.get(DEMAND).text
    assert f'href="{second}"' in page
    assert 'id="nandu-3"' not in page
    assert 'id="nandu-3"' in eva.get(second).text
    answer = eva.post(second, {"go": "save", **cell("nandu-3", score="7", reason="Se contó.")})
    assert answer.headers["Location"] == second
    assert eva.get(f"{DEMAND}pagina/3/").status_code == 403
