"""Leading a round on: what stands in the way, stage by stage."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.cells import CellState
from app.domain.rounds import (
    RESOLVED,
    MoveWrong,
    Obstacle,
    ObstacleKind,
    PartAtWork,
    RoundAtWork,
    RoundNotReady,
    first_open,
    require_none,
    require_time_to_reply,
)
from app.domain.stages import Stage

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
E, SAVED, SUBMITTED, RETURNED, APPROVED = CellState


def part(cells: Mapping[int, CellState] | None = None, *, liaisons: int = 1, **dates: datetime) -> PartAtWork:
    return PartAtWork(1, "98001", "alba", "Alba", "Ana Alba", cells or {}, liaisons, **dates)


def at_work(stage: Stage, *parts: PartAtWork, scheduled: bool = False) -> RoundAtWork:
    first, last = date(2026, 9, 1), date(2026, 10, 31)
    return RoundAtWork("valle-2020-2023", 3, first, last, stage, parts, is_scheduled=scheduled)


@pytest.mark.parametrize(
    ("stage", "cells", "missing"),
    [
        (Stage.RATING, {1: E, 2: SAVED, 3: SUBMITTED, 4: RETURNED, 5: APPROVED}, [1, 2, 4]),
        (Stage.REVIEW, {1: E, 2: SAVED, 3: SUBMITTED, 4: RETURNED, 5: APPROVED}, [1, 2, 3, 4]),
        (Stage.RATING, {1: SUBMITTED, 2: APPROVED}, []),
        (Stage.REVIEW, {1: APPROVED}, []),
        (Stage.DECISION, {1: E}, []),
    ],
)
def test_nothing_moves_on_while_a_cell_is_unresolved(
    stage: Stage, cells: dict[int, CellState], missing: list[int]
) -> None:
    found = at_work(stage, part(cells))
    assert [obstacle.demand for obstacle in found.obstacles(NOW)] == missing
    assert {obstacle.municipality for obstacle in found.obstacles(NOW)} <= {"alba"}
    assert [demand for _, cells_of in found.unresolved_by_part() for demand, _ in cells_of] == missing


@given(st.dictionaries(st.integers(1, 10), st.sampled_from(CellState)), st.sampled_from([Stage.RATING, Stage.REVIEW]))
def test_a_round_is_free_to_move_just_when_every_cell_is_resolved(cells: dict[int, CellState], stage: Stage) -> None:
    free = not at_work(stage, part(cells)).obstacles(NOW)
    assert free == all(state in RESOLVED[stage] for state in cells.values())


@pytest.mark.parametrize(
    ("dates", "waiting"),
    [
        ({}, []),
        ({"notified_at_utc": EARLIER, "due_at_utc": LATER}, ["alba"]),
        ({"notified_at_utc": EARLIER, "due_at_utc": NOW}, []),
        ({"notified_at_utc": EARLIER, "due_at_utc": LATER, "answered_at_utc": NOW}, []),
    ],
)
def test_replies_are_closed_when_the_deadline_passed_or_all_notified_have_answered(
    dates: dict[str, datetime], waiting: list[str]
) -> None:
    found = at_work(Stage.REPLY, part(**dates)).obstacles(NOW)  # type: ignore[arg-type]  # only its dates
    assert found == tuple(Obstacle(ObstacleKind.ANSWER_AWAITED, slug, name="Alba") for slug in waiting)


def test_a_municipality_without_a_liaison_is_unreachable_and_not_unheard() -> None:
    reached, alone = part(), part(liaisons=0)
    told = part(notified_at_utc=EARLIER, due_at_utc=LATER)
    found = at_work(Stage.REVIEW, reached, alone, told)
    assert (found.unheard(), found.unreachable()) == ((reached,), (alone,))


def test_a_round_with_an_hour_of_publication_does_not_go_back() -> None:
    assert at_work(Stage.DECISION).obstacles_back() == ()
    assert at_work(Stage.DECISION, scheduled=True).obstacles_back()[0].kind is ObstacleKind.PUBLICATION_SCHEDULED


EARLIEST = datetime(2026, 11, 26, tzinfo=UTC)
"""NOW is a Sunday: Wednesday at 18:00 in Monterrey."""


@pytest.mark.parametrize(
    ("due", "code"),
    [
        (None, "reply-due-passed"),
        (NOW, "reply-due-passed"),
        (LATER, "reply-due-too-soon"),
        (EARLIEST - timedelta(seconds=1), "reply-due-too-soon"),
        (EARLIEST, ""),
        (EARLIEST + timedelta(days=30), ""),
    ],
)
def test_a_notice_leaves_time_to_answer(due: datetime | None, code: str) -> None:
    if not code:
        assert require_time_to_reply(due, NOW, "America/Monterrey") == due
        return
    with pytest.raises(MoveWrong) as caught:
        require_time_to_reply(due, NOW, "America/Monterrey")
    assert caught.value.code == code
    assert caught.value.facts.get("earliest") == (EARLIEST if code == "reply-due-too-soon" else None)


def test_every_obstacle_is_named() -> None:
    require_none(())
    with pytest.raises(RoundNotReady) as caught:
        require_none(at_work(Stage.RATING, part({1: E, 2: E})).obstacles(NOW))
    assert caught.value.facts["count"] == 2


@pytest.mark.parametrize(
    ("rounds", "number"),
    [
        ([], None),
        ([(1, Stage.PUBLISHED)], None),
        ([(2, Stage.PLANNED), (1, Stage.PUBLISHED)], 2),
        ([(1, Stage.PLANNED), (2, Stage.RATING)], 2),
    ],
)
def test_the_round_to_look_at_is_the_first_at_work_then_the_first_planned(
    rounds: list[tuple[int, Stage]], number: int | None
) -> None:
    assert first_open(rounds) == number
