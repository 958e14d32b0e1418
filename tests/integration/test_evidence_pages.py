"""The page of a cell's evidence, and the files that it hands out: to whom, and what is said of one that is refused."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.models.cells import CellDraft
from tests import seeded, staff
from tests.integration.rating_pages import EVIDENCE, NANDU, cell, send, writing
from tests.integration.sealing import SLUG
from tests.staff import Person, signed_in

PDF = b"%PDF-1.7 MARCA-CONTENIDO"
SHA256 = hashlib.sha256(PDF).hexdigest()

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


def upload(person: Person, name: str = "oficio.pdf", content: bytes = PDF, **fields: str) -> TestResponse:
    """Send the form of an evidence; its body is put together in memory."""
    token = staff.token_of(person.get(EVIDENCE))
    given = {"title": "Oficio 12", "dated_on": "2021-04-20", "url": "", **fields, "csrf_token": token}
    boundary, body = encode_multipart({**given, "file": FileStorage(io.BytesIO(content), name)})
    return person.client.post(EVIDENCE, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def test_a_file_is_kept_and_handed_out_as_a_download_only(app: Flask, eva: Person, people: dict[str, int]) -> None:
    assert upload(eva).status_code == 303
    send(eva, score="7", reason="Se contó.")
    path = f"/captura/{SLUG}/archivos/{SHA256}"
    assert path in eva.get(NANDU).text
    answer = eva.get(path)
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"] == f"attachment; filename=evidencia-{SHA256[:12]}.pdf"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/pdf"
    for name, status in {"ema": 200, "rita": 403, "lalo": 403, None: 303}.items():
        with signed_in(app, people[name] if name else None) as person:
            assert person.get(path).status_code == status
    for name, status in {"rita": 200, "olga": 200, "eva": 403, "lalo": 403, None: 303}.items():
        with signed_in(app, people[name] if name else None) as person:
            assert person.get(f"/revision/{SLUG}/archivos/{SHA256}").status_code == status


@pytest.mark.parametrize("sha256", ["0" * 64, SHA256, "../" * 10, "A" * 64, "0" * 63])
def test_a_file_that_is_not_kept_is_not_there(eva: Person, sha256: str) -> None:
    assert eva.get(f"/captura/{SLUG}/archivos/{sha256}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("vacio.pdf", b"", "El archivo está vacío"),
        ("x.pdf.exe", PDF, "Ese tipo de archivo no se recibe"),
        ("x.pdf", b"MZ", "no corresponde a su nombre"),
        ("x.txt", b"x" * 10_000_001, "pesa más de 10 MB"),
    ],
)
def test_a_file_that_is_refused_is_said_beside_its_field(eva: Person, name: str, content: bytes, words: str) -> None:
    answer = upload(eva, name, content, title="Lo que escribí")
    assert answer.status_code == 422
    assert words in answer.text
    assert 'value="Lo que escribí"' in answer.text


def test_more_than_the_page_takes_is_refused_in_plain_words(eva: Person) -> None:
    answer = upload(eva, "x.txt", b"x" * 12_500_000)
    assert answer.status_code == 413
    assert "a lo más 12 MB" in answer.text
    answer = send(eva, score="7", reason="x" * 1_100_000)
    assert answer.status_code == 413
    assert "a lo más 1 MB" in answer.text


@pytest.mark.parametrize(
    "day", ["", "ayer", "2021-02-30", "9" * 4301, "٢٠٢١-٠٤-٢٠", "2999-01-01", "0000-00-00", "\x00"]
)
def test_a_day_that_is_none_is_said_beside_its_field(eva: Person, day: str) -> None:
    answer = upload(eva, dated_on=day)
    assert answer.status_code == 422
    assert 'id="dated_on-error"' in answer.text


def test_evidence_is_taken_away(eva: Person) -> None:
    upload(eva, url="https://ejemplo.mx/x.pdf")
    send(eva, score="7", reason="Se contó.")
    assert "Oficio 12" in eva.get(EVIDENCE).text
    assert eva.post(f"{EVIDENCE}quitar", {"piece": "1", "revision": "1"}, EVIDENCE).status_code == 303
    assert "Oficio 12" not in eva.get(EVIDENCE).text.split('id="contenido"')[1].split("Se quitó")[-1]
    for piece, revision in (("9" * 4301, "x"), ("-1", "9"), ("", "")):
        assert eva.post(f"{EVIDENCE}quitar", {"piece": piece, "revision": revision}, EVIDENCE).status_code == 303


def test_nothing_of_it_is_public_before_publication(app: Flask, eva: Person) -> None:
    send(eva, score="3,3", reason="MARCA-MOTIVO", note="MARCA-NOTA")
    upload(eva, "MARCA-NOMBRE.pdf", title="MARCA-TITULO")
    eva.post(NANDU, {"go": "hand-in", **cell("nandu-2", score="11", reason="MARCA-BORRADOR", base="1")})
    with writing(app) as session:
        assert session.scalars(select(CellDraft.reason)).all() == ["MARCA-BORRADOR"]
    stranger = app.test_client()
    for path in (
        "",
        "evaluaciones/",
        "evaluaciones/2/",
        "municipios/nandu/",
        "demandas/3/",
        "datos/",
        "novedades.atom",
    ):
        text = stranger.get(f"/{SLUG}/{path}").text
        assert "MARCA" not in text
        assert SHA256 not in text
    for path in (f"/{SLUG}/evaluaciones/3/", f"/evidencias/{SHA256}"):
        assert stranger.get(path).status_code == 404
