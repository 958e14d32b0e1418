"""A bulletin read from the frozen rows: the same cards and rankings as the pages, in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.replies import AnswerRecord
from app.exports.bulletins import bulletin_facts
from app.language import SPANISH
from app.queries import bulletins
from app.queries.bulletins import find_bulletin
from app.queries.glances import find_sealed_round
from app.queries.scorecards import find_pinned_scorecard

DEMO, REAL = ("ejemplo-2024-2027", 12, 1), ("nuevo-leon-2012-2015", 3, 1)
CORRECTED = ("ejemplo-2024-2027", 11, 1)


@pytest.fixture
def asked(seeded: Session) -> Iterator[list[str]]:
    """The queries of a test."""
    found: list[str] = []
    engine = seeded.get_bind()

    def _note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", _note)
    yield found
    event.remove(engine, "before_cursor_execute", _note)


@pytest.mark.parametrize("of", [DEMO, REAL, CORRECTED], ids=["demo", "real", "corrected"])
def test_its_cards_are_the_pinned_scorecards_by_name(seeded: Session, of: tuple[str, int, int]) -> None:
    bulletin = find_bulletin(seeded, *of)
    assert bulletin is not None
    assert bulletin.municipalities == len(bulletin.cards) == 9
    for card in bulletin.cards:
        pinned = find_pinned_scorecard(seeded, *of, card.entry.slug)
        assert pinned is not None
        assert card == replace(pinned, tenures=(), answers=AnswerRecord())  # neither is printed
    keys = [card.entry.sort_key for card in bulletin.cards]
    assert keys == sorted(keys)


@pytest.mark.parametrize("of", [DEMO, REAL], ids=["demo", "real"])
def test_its_rankings_are_those_of_the_publication_page(seeded: Session, of: tuple[str, int, int]) -> None:
    bulletin, sealed = find_bulletin(seeded, *of), find_sealed_round(seeded, *of, 1)
    assert bulletin is not None
    assert sealed is not None
    rows = [[row.standing for row in ranking.rows] for ranking in bulletin.rankings]
    assert rows == [[row.standing for row in ranking.rows] for ranking in sealed.glance.rankings]
    assert {row.entry for row in bulletin.distinctions} == {row.entry for row in sealed.glance.distinctions}


def test_no_change_is_told_beside_a_refusal(seeded: Session) -> None:
    bulletin = find_bulletin(seeded, *DEMO)
    assert bulletin
    refused = bulletin.rankings[0].refused
    assert [row.standing.change_tenths is None for row in refused] == [False]  # there is one, and it is kept quiet
    overall = bulletin_facts(bulletin, SPANISH, "x")["rankings"][0]
    assert [
        [row["change"] for row in block["rows"]] for block in overall["blocks"] if "información" in block["title"]
    ] == [[""]]


def test_above_the_limit_no_municipality_has_a_page(seeded: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulletins, "MOST_CARDS", 8)
    bulletin = find_bulletin(seeded, *DEMO)
    assert bulletin is not None
    assert (bulletin.cards, bulletin.municipalities) == ((), 9)
    assert len(bulletin.distinctions) > 0


def test_a_publication_that_does_not_exist_has_no_bulletin(seeded: Session) -> None:
    assert find_bulletin(seeded, "ejemplo-2024-2027", 12, 9) is None
    assert find_bulletin(seeded, "no-existe-2024", 1, 1) is None


def test_a_bulletin_takes_a_fixed_number_of_queries(seeded: Session, asked: list[str]) -> None:
    counts = []
    for round_number in (1, 12):
        asked.clear()
        find_bulletin(seeded, "ejemplo-2024-2027", round_number, 1)
        counts.append(sum(statement.startswith(("SELECT", "WITH")) for statement in asked))
    assert counts[0] == counts[1] <= 66
