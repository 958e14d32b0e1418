"""A file behind a score is inside until a publication names it, and gone once its words are withdrawn."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app import create_app
from app.domain.scores import Score
from app.queries.reviews import find_entry, find_round, list_demands
from app.services.evidence import bare_file, keep_file
from app.services.scores import NewEvidence, NewScore, record_score
from tests import seeded, staff
from tests.integration.sealing import SLUG, seal, verdict

CONTENT = b"Patrullas,12\nPolic\xc3\xadas,340\n"
LATER = datetime(2021, 6, 2, 18, tzinfo=UTC)


@pytest.fixture
def app(valley_url: str, tmp_path: Path) -> Iterator[Flask]:
    app = create_app(seeded.settings_for(valley_url, tmp_path))
    yield app
    app.extensions["database"].dispose()


@pytest.fixture
def sha256(app: Flask) -> str:
    """The checksum of a file that stands behind a score of the unpublished round."""
    with Session(app.extensions["database"].execution_options(write=True)) as session:
        people = staff.settle(session, SLUG)
        eva = staff.actor_of(session, people["eva"])
        folder = Path(app.instance_path)
        file = bare_file(session, eva, file_name="d.csv", content=CONTENT)
        kept = keep_file(session, eva, edition=SLUG, folder=folder, file=file, now_utc=staff.AT)
        found = find_round(session, SLUG, 3)
        assert found is not None
        entry = find_entry(session, found[1].id, "nandu")
        assert entry is not None
        demand = next(row.id for row in list_demands(session, found[0].id) if row.number == 3)
        piece = NewEvidence("Conteo", "", date(2021, 4, 1), kept.sha256, kept.words)
        new = NewScore(entry.id, demand, 0, Score(70), "Se cont\u00f3.", evidence=[piece])
        record_score(session, eva, new=new, now_utc=staff.AT)
        session.commit()
    return kept.sha256


def publish(app: Flask) -> None:
    with Session(app.extensions["database"].execution_options(write=True)) as session:
        seal(session, 3, at=LATER)
        assert verdict(session).is_sound
        session.commit()


def test_a_file_is_inside_until_a_publication_names_it(app: Flask, sha256: str) -> None:
    address = f"/evidencias/{sha256}"
    assert app.test_client().get(address).status_code == 404
    publish(app)
    answer = app.test_client().get(address)
    assert (answer.status_code, answer.data) == (200, CONTENT)
    assert f'href="{address}"' in app.test_client().get(f"/{SLUG}/municipios/nandu/").text


def test_a_published_file_is_a_download_that_no_browser_opens_here(app: Flask, sha256: str) -> None:
    publish(app)
    answer = app.test_client().get(f"/evidencias/{sha256}")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_nobody_finds_a_file_by_a_part_of_its_checksum(app: Flask, sha256: str) -> None:
    publish(app)
    for wrong in (sha256[:-1] + ("0" if sha256[-1] != "0" else "1"), sha256.upper(), sha256[:63], "%" * 64):
        assert app.test_client().get(f"/evidencias/{wrong}").status_code == 404


def test_a_folder_without_the_saved_files_is_not_written_by_mistake(app: Flask, sha256: str, tmp_path: Path) -> None:
    line, folder = app.test_cli_runner(), tmp_path / "folder"
    refused = line.invoke(args=["seeds", "dump", SLUG, str(folder), "--commit"])
    assert refused.exit_code == 1
    assert "archivos guardados como evidencia (1)" in refused.output
    assert not folder.exists()
    written = line.invoke(args=["seeds", "dump", SLUG, str(folder), "--commit", "--without-files"])
    assert written.exit_code == 0
    assert sha256 not in (folder / "evidence.csv").read_text()
