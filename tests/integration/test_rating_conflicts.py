"""Two evaluators in one cell, one after the other, on both databases: both texts are kept until one is chosen."""

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from app.domain.ratings import Choice, Content, Typed
from app.domain.scores import Score
from app.domain.sheets import Outcome
from tests import staff
from tests.integration.sealing import SLUG
from tests.integration.sheets import EMPTY, RATED, cell_of, save

WHOLE = Typed("7,5", reason="Se contó.")


@pytest.fixture
def people(valley: Session) -> dict[str, int]:
    return staff.settle(valley, SLUG)


def test_somebody_else_first_is_a_conflict_that_keeps_both_texts(valley: Session, people: dict[str, int]) -> None:
    eva, ema = people["eva"], people["ema"]
    hers = Typed("4", reason="Lo mío.")
    assert save(valley, ema, {EMPTY: WHOLE}) == {EMPTY: Outcome.SAVED}
    assert save(valley, eva, {EMPTY: hers}) == {EMPTY: Outcome.CONFLICT}
    cell = cell_of(valley, eva, EMPTY)
    assert cell.in_conflict
    assert (cell.newest, cell.fields, cell.newest_is_mine) == (Content(Score(75), "Se contó."), hers, False)
    assert save(valley, eva, {EMPTY: replace(hers, seen_revision=1)}, hand_in=True) == {EMPTY: Outcome.CONFLICT}


def test_she_keeps_her_own_or_takes_the_other(valley: Session, people: dict[str, int]) -> None:
    eva, ema = people["eva"], people["ema"]
    hers = Typed("4", reason="Lo mío.", seen_revision=1)
    save(valley, ema, {EMPTY: WHOLE})
    save(valley, eva, {EMPTY: hers})
    assert save(valley, eva, {EMPTY: replace(hers, choice=Choice.THEIRS)}) == {EMPTY: Outcome.UNTOUCHED}
    assert (cell_of(valley, eva, EMPTY).revision, cell_of(valley, eva, EMPTY).draft) == (1, None)
    save(valley, eva, {EMPTY: hers})
    assert save(valley, eva, {EMPTY: replace(hers, choice=Choice.MINE)}) == {EMPTY: Outcome.SAVED}
    assert cell_of(valley, eva, EMPTY).newest == Content(Score(40), "Lo mío.")


def test_a_choice_does_not_count_for_what_she_has_not_seen(valley: Session, people: dict[str, int]) -> None:
    eva, ema = people["eva"], people["ema"]
    hers = Typed("4", reason="Lo mío.", seen_revision=1, choice=Choice.MINE)
    save(valley, ema, {EMPTY: WHOLE})
    save(valley, ema, {EMPTY: Typed("8", reason="Otra vez.", base_revision=1)})
    assert save(valley, eva, {EMPTY: hers}) == {EMPTY: Outcome.CONFLICT}


def test_a_cell_that_she_did_not_touch_is_no_conflict(valley: Session, people: dict[str, int]) -> None:
    before = cell_of(valley, people["eva"], RATED).fields
    save(valley, people["ema"], {RATED: replace(before, reason="Se contó.")})
    assert save(valley, people["eva"], {RATED: before}) == {RATED: Outcome.UNTOUCHED}
