"""The reviewers' pages of requests, as people at browsers meet them."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.domain.stages import Stage
from app.queries.evidence import list_pieces
from tests import databases
from tests.answers import ALBA, move, score_of
from tests.integration.replying import (
    DRAFT,
    HOSTILE,
    MEETINGS,
    QUEUE,
    REQUEST,
    Site,
    asked,
    keep,
    opened,
)


@pytest.fixture
def site(valley_sqlite_template: Path, tmp_path: Path) -> Iterator[Site]:
    yield from opened(databases.copy_of_sqlite(valley_sqlite_template, tmp_path), tmp_path)


@pytest.fixture
def either_site(valley_url: str, tmp_path: Path) -> Iterator[Site]:
    """The same on each database."""
    yield from opened(valley_url, tmp_path)


def test_a_change_keeps_the_file_behind_the_score(site: Site) -> None:
    own = keep(site, ALBA, b"%PDF-1.7 de Alba")
    asked(site)
    move(site.session, Stage.DECISION)
    site.session.commit()
    rita = site.as_("rita")
    page = site.page("rita", REQUEST)
    assert own in page
    hidden = dict(re.findall(r'name="(reply|known)" value="(\d+)"', page))
    rita.post(REQUEST, {**hidden, "verdict": "changed", "rating": "9", "reason": "Se contó."})
    site.session.expire_all()
    newest = score_of(site.session, ALBA, 1, 4)
    pieces = list_pieces(site.session, [newest.id])[newest.id]
    assert [piece.file.sha256 for piece in pieces if piece.file] == [own]


def test_a_reviewer_decides_through_the_pages(either_site: Site) -> None:
    site = either_site
    asked(site)
    move(site.session, Stage.DECISION)
    site.session.commit()
    rita = site.as_("rita")
    assert "0 de 1 solicitud decidida" in site.page("rita", QUEUE)
    page = site.page("rita", REQUEST)
    hidden = dict(re.findall(r'name="(reply|known)" value="(\d+)"', page))
    missing = rita.post(REQUEST, {**hidden, "verdict": "changed", "rating": "", "reason": ""})
    assert missing.status_code == 422
    assert "Escriba la calificación nueva." in missing.text
    same = rita.post(REQUEST, {**hidden, "verdict": "changed", "rating": "4,1", "reason": "Sí."})
    assert same.status_code == 422
    assert "Es la calificación que ya tenía" in same.text
    decided = {**hidden, "verdict": "changed", "rating": "7,5", "reason": "Se contó de nuevo."}
    assert rita.post(REQUEST, decided).location == QUEUE
    queue = site.page("rita", QUEUE)
    assert "1 de 1 solicitud decidida" in queue
    assert "Cambia de 4.1 a 7.5" in queue
    stale = rita.post(REQUEST, {**hidden, "verdict": "kept", "reason": "No procede."})
    assert stale.status_code == 409
    assert "Se contó de nuevo." in stale.text
    assert "No procede." in stale.text
    assert 'name="known" value="1"' in stale.text
    assert "Cambia de 4.1 a 7.5" not in site.page("lalo", DRAFT)


def test_no_decision_is_too_strange(site: Site) -> None:
    asked(site)
    move(site.session, Stage.DECISION)
    site.session.commit()
    rita = site.as_("rita")
    for name, text in itertools.product(("reply", "known", "verdict", "rating", "absence", "reason"), HOSTILE):
        form = {"reply": "1", "known": "0", "verdict": "changed", "rating": "7", "reason": "x", name: text}
        assert rita.post(REQUEST, form).status_code in {303, 409, 422}, name
    for text in HOSTILE:
        assert rita.post(MEETINGS, {"m-alba-came": text}).status_code in {303, 422}


def test_who_came_to_the_meeting_is_noted_on_its_page(site: Site) -> None:
    olga = site.as_("olga")
    assert olga.post(MEETINGS, {"m-alba-came": "yes", "m-brisa-came": "no", "m-nandu-came": ""}).status_code == 303
    page = site.page("olga", MEETINGS)
    marked = re.findall(r'name="m-(\w+)-came"\s+value="(\w*)"\s+checked', page)
    assert marked == [("alba", "yes"), ("brisa", "no"), ("nandu", "")]
