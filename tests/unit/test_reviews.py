"""What a reviewer may say of a cell, and what her sheet and queue count."""

from dataclasses import replace

import pytest

from app.domain.cells import CellState, ReviewKind
from app.domain.reviews import CellUnderReview, PastScore, QueueRow, ReviewRefused, check_verdict
from app.domain.scores import Absence, Score
from tests.unit.examples import SAFETY, demands

APPROVE, RETURN, COMMENT = ReviewKind
FREE = {"is_own": False, "is_barred": False}


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (APPROVE, CellState.SUBMITTED),
        (APPROVE, CellState.RETURNED),
        (RETURN, CellState.SUBMITTED),
        (RETURN, CellState.APPROVED),
        (COMMENT, CellState.SUBMITTED),
        (COMMENT, CellState.RETURNED),
        (COMMENT, CellState.APPROVED),
    ],
)
def test_what_was_handed_in_can_be_approved_returned_or_talked_about(kind: ReviewKind, state: CellState) -> None:
    check_verdict(kind, "Falta la fuente.", state, **FREE)


@pytest.mark.parametrize("kind", ReviewKind)
@pytest.mark.parametrize("state", [CellState.EMPTY, CellState.SAVED])
def test_nobody_judges_what_was_not_handed_in(kind: ReviewKind, state: CellState) -> None:
    with pytest.raises(ReviewRefused) as refused:
        check_verdict(kind, "Falta.", state, **FREE)
    assert refused.value.code == "nothing-handed-in"


@pytest.mark.parametrize(("kind", "state"), [(APPROVE, CellState.APPROVED), (RETURN, CellState.RETURNED)])
def test_a_verdict_is_not_given_twice(kind: ReviewKind, state: CellState) -> None:
    with pytest.raises(ReviewRefused) as refused:
        check_verdict(kind, "Falta.", state, **FREE)
    assert refused.value.code == "already-so"


@pytest.mark.parametrize("kind", [RETURN, COMMENT])
def test_returning_and_commenting_need_words(kind: ReviewKind) -> None:
    with pytest.raises(ReviewRefused) as refused:
        check_verdict(kind, "", CellState.SUBMITTED, **FREE)
    assert refused.value.code == "words-needed"


@pytest.mark.parametrize("kind", [APPROVE, RETURN])
def test_nobody_judges_her_own_score(kind: ReviewKind) -> None:
    with pytest.raises(ReviewRefused) as refused:
        check_verdict(kind, "Bien.", CellState.SUBMITTED, is_own=True, is_barred=False)
    assert refused.value.code == "own-score"


@pytest.mark.parametrize("kind", ReviewKind)
def test_who_is_barred_from_a_municipality_says_nothing_of_it(kind: ReviewKind) -> None:
    with pytest.raises(ReviewRefused) as refused:
        check_verdict(kind, "Bien.", CellState.SUBMITTED, is_own=False, is_barred=True)
    assert refused.value.code == "reviewer-is-barred"


def test_a_step_is_told_between_two_scores_only() -> None:
    cell = CellUnderReview(
        demands([1], [SAFETY])[0], CellState.SUBMITTED, rating=Score(75), past=PastScore(2, Score(40), "")
    )
    assert cell.step_tenths == 35
    assert replace(cell, past=None).step_tenths is None
    assert replace(cell, rating=Absence.REFUSED).step_tenths is None
    assert replace(cell, past=PastScore(2, Absence.PENDING, "")).step_tenths is None


def test_nobody_jumps_from_what_a_predecessor_left() -> None:
    (demand,) = demands([1], [SAFETY])
    past = PastScore(2, Score(10), "", is_of_mandate=False)
    assert CellUnderReview(demand, CellState.SUBMITTED, rating=Score(90), past=past).step_tenths is None


def test_a_row_of_the_queue_counts_its_cells_by_state() -> None:
    row = QueueRow("alba", "Alba", ((1, CellState.SUBMITTED), (2, CellState.APPROVED), (3, CellState.SUBMITTED)))
    assert [row.count(state) for state in CellState] == [0, 0, 2, 0, 1]
