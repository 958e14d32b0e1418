"""The short program of docs/, run as a citizen runs it on the publications of both editions; and its page."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.queries.verification import NEWEST, list_newest_codes
from tests.databases import ROOT
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS
from tests.integration.test_manifests import sealed
from tests.seeded import nothing_kept

PROGRAM = ROOT / "docs" / "compruebalo.py"


def said(manifest: bytes, code: str, folder: Path) -> list[str]:
    file = folder / "manifiesto.csv"
    file.write_bytes(manifest)
    command = [sys.executable, "-X", "utf8", str(PROGRAM), str(file), code]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()


@pytest.mark.parametrize(
    ("slug", "sequence", "rankings"),
    [
        (SLUGS[REAL], 1, 0),
        (SLUGS[REAL], 2, 14),
        (SLUGS[DEMONSTRATION], 1, 0),
        (SLUGS[DEMONSTRATION], 13, 15),
        (SLUGS[DEMONSTRATION], 14, 15),
    ],
)
def test_a_publication_agrees_in_every_ranking(
    slug: str, sequence: int, rankings: int, seeded_sqlite_engine: Engine, tmp_path: Path
) -> None:
    with Session(seeded_sqlite_engine) as session:
        _, code, manifest = sealed(session, slug)[sequence - 1]
    first, *rest = said(manifest, code, tmp_path)
    assert first == "código de verificación: coincide"
    assert len(rest) == rankings
    assert [line for line in rest if not line.endswith(": coinciden 9 de 9 promedios y lugares")] == []


def test_a_falsified_score_is_found(seeded_sqlite_engine: Engine, tmp_path: Path) -> None:
    with Session(seeded_sqlite_engine) as session:
        _, code, manifest = sealed(session, SLUGS[REAL])[1]
    line = b"score,19006/1,rating,8.0\n"
    assert manifest.count(line) == 1
    first, *rest = said(manifest.replace(line, line.replace(b"8.0", b"9.0")), code, tmp_path)
    assert first == "código de verificación: NO COINCIDE"
    assert [line.partition(": ")[0] for line in rest if "9 de 9" not in line] == ["demand:1", "theme:seguridad"]


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL of a test's requests."""
    found: list[str] = []
    engine = app.extensions["database"]

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_the_page_about_checking_asks_one_question_of_the_database(app: Flask, statements: list[str]) -> None:
    with nothing_kept():
        assert app.test_client().get("/compruebalo/").status_code == 200
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1


def test_the_newest_codes_are_those_of_the_chains_with_real_editions_first(seeded: Session) -> None:
    shown = list_newest_codes(seeded, show_demonstration=True)
    chains = {slug: [code for _, code, _ in sealed(seeded, slug)] for slug in (SLUGS[REAL], SLUGS[DEMONSTRATION])}
    expected = [*reversed(chains[SLUGS[REAL]]), *reversed(chains[SLUGS[DEMONSTRATION]])][:NEWEST]
    assert [code.sha256 for code in shown] == expected
    real = list_newest_codes(seeded, show_demonstration=False)
    assert {code.edition.slug for code in real} == {SLUGS[REAL]}


def test_the_program_on_the_page_is_the_one_of_the_repository(client: FlaskClient) -> None:
    answer = client.get("/compruebalo/compruebalo.py")
    assert answer.data == PROGRAM.read_bytes()
    assert answer.headers["Content-Disposition"] == 'attachment; filename="compruebalo.py"'
