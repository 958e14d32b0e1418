"""Nothing that is not published comes out, and what is published comes out: asked of every public address and file."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests import databases, seeded, staff
from tests.integration.markers import plant
from tests.integration.sealing import SLUG, seal
from tests.site.crawl import crawl

LATER = datetime(2021, 6, 2, 18, tzinfo=UTC)
_CHANCE = re.compile(r"'(?:X-Request-Id|Date)': '[^']*'")
"""What differs from one answer to the next, whoever asks."""
_MARKER = re.compile(r"zq[0-9]{4}marca")


UNLINKED = ("/sitemap.xml", "/robots.txt", "/salud")


@pytest.fixture
def app(valley_sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """On one kind of database: what a page says does not depend on it, and reading all of them takes long."""
    url = databases.copy_of_sqlite(valley_sqlite_template, tmp_path)
    # Kept pages would hide what a rendering lets out.
    with seeded.nothing_kept(), seeded.application(seeded.settings_for(url, tmp_path)) as app:
        yield app


def read_all(app: Flask) -> dict[str, str]:
    """Every public address with all that it answers, headers included, but for its number and hour."""
    pages = list(crawl(app).pages.values())
    assert {"files.scores", "publications.manifest"} <= {page.endpoint for page in pages}
    answers = {page.path: f"{page.status} {page.headers} {page.text}" for page in pages}
    for path in UNLINKED:
        response = app.test_client().get(path)
        answers[path] = f"{response.status_code} {dict(response.headers)} {response.text}"
    return {path: _CHANCE.sub("", answer) for path, answer in answers.items()}


def found_in(answers: dict[str, str]) -> dict[str, set[str]]:
    """The addresses by the marker that they let out."""
    found: dict[str, set[str]] = {}
    for path, text in answers.items():
        for marker in _MARKER.findall(text):
            found.setdefault(marker, set()).add(path)
    return found


def test_what_is_unpublished_changes_no_byte_and_a_publication_lets_out_exactly_what_it_seals(app: Flask) -> None:
    before = read_all(app)
    with Session(app.extensions["database"].execution_options(write=True)) as session:
        planted = plant(session, staff.settle(session, SLUG), Path(app.instance_path))
        session.commit()
    assert len(planted.inside | planted.public) >= 200

    drafted = read_all(app)
    assert found_in(drafted) == {}
    assert {path for path in drafted if drafted[path] != before.get(path)} == set()

    with Session(app.extensions["database"].execution_options(write=True)) as session:
        seal(session, 3, at=LATER)
        session.commit()
    found = found_in(read_all(app))
    assert found.keys() & planted.inside == set()
    assert planted.public - found.keys() == set()
