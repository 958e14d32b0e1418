"""The values of the pages that open an edition, a round or a demand."""

from datetime import UTC, datetime

import pytest

from app.domain.fronts import EditionFront, RoundInList, published_demands
from app.domain.publications import PublicationKind
from app.domain.scorecard import Publication
from app.domain.scores import Absence
from tests.unit.examples import edition_of, period, round_of

NOON = datetime(2021, 1, 20, 12, tzinfo=UTC)
SEALED = Publication(1, PublicationKind.ROUND, 1, NOON, "a" * 64, "0" * 64, 1, NOON)


def front(*published: bool) -> EditionFront:
    rounds = [
        RoundInList(period(number), (SEALED,) if sealed else ()) for number, sealed in enumerate(published, start=1)
    ]
    return EditionFront(edition_of(round_of({"A": "1"})), SEALED, (SEALED,), tuple(rounds))


@pytest.mark.parametrize(
    ("rounds", "published", "newest", "following"),
    [
        pytest.param((), [], None, None, id="no-rounds"),
        pytest.param((False, False), [], None, 1, id="none-published"),
        pytest.param((True, False, False), [1], 1, 2, id="the-first-published"),
        pytest.param((True, False, True, False), [3, 1], 3, 4, id="one-left-out"),
        pytest.param((True, True), [2, 1], 2, None, id="all-published"),
    ],
)
def test_the_newest_round_is_the_last_published_and_the_next_one_follows_it(
    rounds: tuple[bool, ...], published: list[int], newest: int | None, following: int | None
) -> None:
    listed = front(*rounds)
    assert [row.period.number for row in listed.published] == published
    assert (listed.newest.period.number if listed.newest else None) == newest
    assert (listed.next_round.period.number if listed.next_round else None) == following


@pytest.mark.parametrize(
    ("scores", "count"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([(1, None), (2, None), (1, None)], 2, id="each-demand-once"),
        pytest.param([(1, None), (2, Absence.UNPUBLISHED)], 1, id="the-source-leaves-one-out"),
        pytest.param([(2, Absence.UNPUBLISHED), (2, None)], 1, id="published-for-somebody"),
        pytest.param([(1, Absence.REFUSED), (2, Absence.PENDING)], 2, id="the-other-absences-are-published"),
    ],
)
def test_a_demand_is_published_unless_its_source_leaves_it_out(
    scores: list[tuple[int, Absence | None]], count: int
) -> None:
    assert published_demands(scores) == count
