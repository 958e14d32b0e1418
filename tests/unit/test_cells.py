"""The way of a cell, from an empty field to an approved score."""

import pytest

from app.domain.cells import CellHistory, CellState, ReviewKind, may_be_rated
from app.domain.stages import Stage


@pytest.mark.parametrize(
    ("history", "state"),
    [
        (CellHistory(), CellState.EMPTY),
        (CellHistory(1), CellState.SAVED),
        (CellHistory(1, is_submitted=True), CellState.SUBMITTED),
        (CellHistory(1, is_submitted=True, verdict=ReviewKind.APPROVE), CellState.APPROVED),
        (CellHistory(1, is_submitted=True, verdict=ReviewKind.RETURN), CellState.RETURNED),
        (CellHistory(1, is_submitted=True, verdict=ReviewKind.COMMENT), CellState.SUBMITTED),
        (CellHistory(2), CellState.SAVED),
    ],
)
def test_the_newest_revision_says_where_a_cell_stands(history: CellHistory, state: CellState) -> None:
    assert history.state is state


@pytest.mark.parametrize("state", CellState)
def test_while_rating_only_what_is_approved_is_closed(state: CellState) -> None:
    assert may_be_rated(state, Stage.RATING) is (state is not CellState.APPROVED)


def test_in_review_only_what_came_back_is_open() -> None:
    open_ = {state for state in CellState if may_be_rated(state, Stage.REVIEW)}
    assert open_ == {CellState.RETURNED}
    assert may_be_rated(CellState.SAVED, Stage.REVIEW, was_returned=True)


@pytest.mark.parametrize("stage", [Stage.PLANNED, Stage.REPLY, Stage.DECISION, Stage.PUBLISHED])
def test_outside_rating_and_review_no_cell_is_open(stage: Stage) -> None:
    assert not any(may_be_rated(state, stage, was_returned=True) for state in CellState)
