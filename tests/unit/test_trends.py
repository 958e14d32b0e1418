"""Change on the common set, gaps that stay gaps, and a mayor compared only with herself (SCORING §4)."""

from datetime import date
from fractions import Fraction
from itertools import chain, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.averages import average
from app.domain.ranking import Unplaced
from app.domain.scores import Rating, Score
from app.domain.trends import Change, Trend, TrendPoint, change, months_in_office, trend
from tests.unit.examples import period, ratings
from tests.unit.generated import absences, deterministic, weights
from tests.unit.generated import ratings as any_rating


@pytest.mark.parametrize(
    ("now", "before", "weighing", "exact", "common"),
    [
        pytest.param("7 8", "6 6", "1 1", "3/2", 2, id="a-rise"),
        pytest.param("5 5", "6 6", "1 1", "-1", 2, id="a-fall"),
        pytest.param("6 6", "6 6", "1 1", "0", 2, id="no-change-is-zero"),
        pytest.param("0 0", "6 6", "1 1", "-6", 2, id="a-fall-to-zero"),
        pytest.param("6 6", "0 0", "1 1", "6", 2, id="a-rise-from-zero"),
        pytest.param("7 10", "6 unrated", "1 1", "1", 1, id="a-demand-new-in-this-round-is-not-compared"),
        pytest.param("7 refused", "6 2", "1 1", "1", 1, id="a-demand-withheld-is-not-compared"),
        pytest.param("7 ..", "6 2", "1 1", "1", 1, id="a-demand-without-a-row-is-not-compared"),
        pytest.param("7 na", "6 2", "1 1", "1", 1, id="a-demand-not-applicable-is-not-compared"),
        pytest.param("8 4", "6 4", "3 1", "3/2", 2, id="by-weight"),
        pytest.param("7 8 9", "6 8 9", "1 1 1", "1/3", 3, id="thirds-stay-exact"),
    ],
)
def test_a_change_is_the_difference_on_the_common_demands(
    now: str, before: str, weighing: str, exact: str, common: int
) -> None:
    given_weights = dict(enumerate(map(int, weighing.split()), start=1))
    moved = change(ratings(now), ratings(before), given_weights)
    assert moved is not None
    assert (moved.exact, moved.common) == (Fraction(exact), common)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        pytest.param("", "", id="no-demands"),
        pytest.param("7 unrated", "pending 6", id="each-rated-in-one-round-only"),
        pytest.param("7 8", "", id="the-round-before-rated-nothing"),
        pytest.param("", "7 8", id="this-round-rates-nothing"),
    ],
)
def test_nothing_in_common_is_no_change_not_a_change_of_zero(now: str, before: str) -> None:
    assert change(ratings(now), ratings(before), {1: 1, 2: 1}) is None


def test_a_change_is_asked_of_the_scopes_demands_only() -> None:
    assert change(ratings("9 5 0"), ratings("5 5 9"), {1: 1, 2: 1}) == Change(Fraction(2), common=2, common_weight=2)


def test_a_change_is_rounded_once_not_as_the_difference_of_rounded_means() -> None:
    moved = change(ratings("7.0 7.1 7.1"), ratings("7.0 7.0 7.1"), {1: 1, 2: 1, 3: 1})
    assert average((rating, 1) for rating in ratings("7.0 7.1 7.1").values()).tenths == 71
    assert average((rating, 1) for rating in ratings("7.0 7.0 7.1").values()).tenths == 70
    assert moved is not None
    assert (moved.exact, moved.tenths) == (Fraction(1, 30), 0)


@pytest.mark.parametrize(("exact", "tenths"), [("0.25", 3), ("-0.25", -3), ("-0.04", 0), ("0.05", 1)])
def test_a_change_is_shown_half_away_from_zero(exact: str, tenths: int) -> None:
    assert Change(Fraction(exact), common=1, common_weight=1).tenths == tenths


rounds_of_ratings = st.dictionaries(st.integers(min_value=1, max_value=5), any_rating)
weightings = st.dictionaries(st.integers(min_value=1, max_value=5), weights)


@deterministic
@given(rounds_of_ratings, rounds_of_ratings, weightings)
def test_going_back_undoes_a_change(
    now: dict[int, Rating], before: dict[int, Rating], given_weights: dict[int, int]
) -> None:
    there, back = change(now, before, given_weights), change(before, now, given_weights)
    both = [n for n in given_weights if isinstance(now.get(n), Score) and isinstance(before.get(n), Score)]
    assert (there is None) == (back is None) == (not both)
    if there is not None and back is not None:
        assert (there.exact, there.tenths) == (-back.exact, -back.tenths)
        assert (there.common, there.common_weight) == (len(both), sum(given_weights[n] for n in both))


@deterministic
@given(rounds_of_ratings, rounds_of_ratings, weightings, st.integers(min_value=1, max_value=5), absences)
def test_what_only_one_round_rates_changes_no_change(
    now: dict[int, Rating], before: dict[int, Rating], given_weights: dict[int, int], demand: int, absence: Rating
) -> None:
    without = {number: rating for number, rating in now.items() if number != demand}
    assert change(now, before | {demand: absence}, given_weights) == change(without, before, given_weights)


def point(number: int, tenths: int | None, mandate: str = "Ana", cause: Unplaced | None = None) -> TrendPoint:
    months = period(number)
    return TrendPoint(number, months.starts_on, months.ends_on, tenths, cause, mandate)


def segments(drawn: Trend) -> list[list[int]]:
    return [[met.round_number for met in segment] for segment in drawn.segments]


@pytest.mark.parametrize(
    ("points", "joined"),
    [
        pytest.param([], [], id="no-round"),
        pytest.param([point(1, 70)], [[1]], id="a-first-round"),
        pytest.param([point(1, 70), point(2, 72), point(3, 71)], [[1, 2, 3]], id="an-unbroken-line"),
        pytest.param([point(1, 70), point(3, 71)], [[1], [3]], id="a-missing-round"),
        pytest.param([point(1, 70), point(2, None), point(3, 71)], [[1], [3]], id="an-absence"),
        pytest.param([point(1, None), point(2, 70), point(3, 71)], [[2, 3]], id="an-absence-at-first"),
        pytest.param([point(1, 70), point(2, 70), point(3, None)], [[1, 2]], id="an-absence-at-last"),
        pytest.param([point(1, None), point(2, None)], [], id="nothing-but-absences"),
        pytest.param([point(1, 0), point(2, 0)], [[1, 2]], id="a-zero-is-no-gap"),
        pytest.param([point(1, 70, "Ana"), point(2, 70, "Eva")], [[1], [2]], id="a-change-of-mayor"),
        pytest.param([point(1, 70, "Ana"), point(2, None, "Eva"), point(3, 70, "Eva")], [[1], [3]], id="both-at-once"),
        pytest.param([point(3, 71), point(1, 70), point(2, 72)], [[1, 2, 3]], id="handed-in-out-of-order"),
    ],
)
def test_a_line_is_cut_at_gaps_missing_rounds_and_changes_of_mayor(
    points: list[TrendPoint], joined: list[list[int]]
) -> None:
    assert segments(trend(points)) == joined


def test_a_missing_round_never_shifts_the_axis() -> None:
    drawn = trend([point(1, 70), point(2, 71), point(4, 72)])
    assert [(met.round_number, met.starts_on, met.ends_on) for met in drawn.points] == [
        (1, date(2020, 11, 1), date(2020, 12, 31)),
        (2, date(2021, 1, 1), date(2021, 2, 28)),
        (4, date(2021, 5, 1), date(2021, 6, 30)),
    ]


def test_a_gap_keeps_its_point_and_its_cause() -> None:
    drawn = trend([point(1, 70), point(2, None, cause=Unplaced.REFUSED)])
    assert [(met.tenths, met.cause) for met in drawn.points] == [(70, None), (None, Unplaced.REFUSED)]


@pytest.mark.parametrize(
    ("points", "handovers"),
    [
        pytest.param([point(1, 70), point(2, 71)], [], id="the-same-mayor"),
        pytest.param([point(1, 70, "Ana"), point(2, 71, "Eva")], [2], id="a-new-mayor"),
        pytest.param([point(1, 70, "Ana"), point(2, None, "Eva"), point(3, 71, "Eva")], [2], id="in-a-gap"),
        pytest.param([point(1, 70, "Ana"), point(4, 71, "Eva")], [4], id="during-missing-rounds"),
        pytest.param([point(1, 7, "Ana"), point(2, 7, "Eva"), point(3, 7, "Ana")], [2, 3], id="back-in-office"),
    ],
)
def test_a_change_of_mayor_is_marked(points: list[TrendPoint], handovers: list[int]) -> None:
    assert [met.round_number for met in trend(points).handovers] == handovers


@st.composite
def histories(draw: st.DrawFn) -> list[TrendPoint]:
    met = draw(st.lists(st.integers(min_value=1, max_value=12), unique=True, max_size=10))
    tenths = st.none() | st.integers(min_value=0, max_value=100)
    return [point(number, draw(tenths), draw(st.sampled_from(["Ana", "Eva"]))) for number in met]


@deterministic
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_the_points_handed_in_changes_no_trend(points: list[TrendPoint], chance: Random) -> None:
    shuffled = points.copy()
    chance.shuffle(shuffled)
    assert trend(shuffled) == trend(points)


@deterministic
@given(histories())
def test_a_line_joins_only_neighbouring_rounds_of_one_mayor_and_leaves_no_figure_out(points: list[TrendPoint]) -> None:
    drawn = trend(points)
    assert [met.round_number for met in drawn.points] == sorted(met.round_number for met in points)
    figures = [met for met in drawn.points if met.tenths is not None]
    assert list(chain.from_iterable(drawn.segments)) == figures
    for segment in drawn.segments:
        numbers = [met.round_number for met in segment]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        assert len({met.mandate for met in segment}) == 1


@deterministic
@given(histories())
def test_two_lines_never_touch(points: list[TrendPoint]) -> None:
    lines = trend(points).segments
    for left, right in pairwise(lines):
        adjacent = left[-1].round_number + 1 == right[0].round_number
        assert not adjacent or left[-1].mandate != right[0].mandate


@pytest.mark.parametrize(
    ("took_office_on", "day", "months"),
    [
        pytest.param("2012-10-31", "2012-10-31", 0, id="the-first-day"),
        pytest.param("2012-10-31", "2012-11-30", 0, id="a-month-without-that-day"),
        pytest.param("2012-10-31", "2012-12-01", 1, id="the-day-after"),
        pytest.param("2012-10-31", "2013-05-31", 7, id="across-a-year"),
        pytest.param("2012-10-31", "2013-05-30", 6, id="a-day-short-of-it"),
        pytest.param("2012-02-29", "2013-02-28", 11, id="a-leap-day"),
        pytest.param("2012-10-31", "2015-10-31", 36, id="a-whole-term"),
    ],
)
def test_months_in_office_are_whole_months(took_office_on: str, day: str, months: int) -> None:
    assert months_in_office(date.fromisoformat(took_office_on), date.fromisoformat(day)) == months
