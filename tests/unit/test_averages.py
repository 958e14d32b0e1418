"""The weighted mean with its coverage, and the one rounding (SCORING §2)."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.averages import Average, average, round_to_tenths
from app.domain.scores import Absence, Rating, Score
from tests.unit.examples import cells
from tests.unit.generated import absences, deterministic, points, ratings, scores, weights

weighed = st.lists(st.tuples(ratings, weights), max_size=8)
refusal_values = st.none() | scores


@pytest.mark.parametrize(
    ("line", "weighing", "exact", "tenths"),
    [
        pytest.param("5 9 9 4", "", "27/4", 68, id="monterrey-in-2013"),
        pytest.param("7.5", "", "15/2", 75, id="a-single-score"),
        pytest.param("10 0", "3 1", "15/2", 75, id="a-weight-of-three"),
        pytest.param("10 0", "1 3", "5/2", 25, id="the-weight-on-the-other"),
        pytest.param("8 7 unrated", "", "15/2", 75, id="an-absence-is-left-out"),
        pytest.param("8 na 7 pending unpublished refused", "", "15/2", 75, id="each-absence-is-left-out"),
        pytest.param("7 7 8", "", "22/3", 73, id="thirds-stay-exact"),
    ],
)
def test_an_average_is_the_weighted_mean_of_what_is_rated(line: str, weighing: str, exact: str, tenths: int) -> None:
    mean = average(cells(line, weighing))
    assert mean.exact == Fraction(exact)
    assert mean.tenths == tenths


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("", id="no-demand"),
        pytest.param("unrated", id="not-rated"),
        pytest.param("na", id="not-applicable"),
        pytest.param("refused refused", id="all-refused"),
        pytest.param("pending unpublished na", id="a-mixture"),
    ],
)
def test_the_mean_of_nothing_is_nothing(line: str) -> None:
    mean = average(cells(line))
    assert mean.exact is None
    assert mean.tenths is None
    assert mean.rated == 0


@deterministic
@given(st.lists(st.tuples(absences, weights), max_size=6))
def test_the_mean_of_any_absences_is_nothing(absent: list[tuple[Rating, int]]) -> None:
    assert average(absent).exact is None


def test_a_zero_is_a_score_not_an_absence() -> None:
    mean = average(cells("0 0"))
    assert (mean.exact, mean.tenths) == (Fraction(0), 0)
    assert (mean.rated, mean.coverage) == (2, Fraction(1))
    assert average(cells("0 10")).tenths == 50


@pytest.mark.parametrize(
    ("line", "weighing", "rated", "applicable", "coverage"),
    [
        pytest.param("8 7 6 5", "", 4, 4, "1", id="all-rated"),
        pytest.param("8 7 unrated unrated", "", 2, 4, "1/2", id="half-rated"),
        pytest.param("8 na na na", "", 1, 1, "1", id="not-applicable-leaves-the-denominator"),
        pytest.param("8 na refused unrated pending unpublished", "", 1, 5, "1/5", id="the-other-absences-stay-in-it"),
        pytest.param("8 unrated", "3 1", 1, 2, "3/4", id="by-weight-not-by-count"),
        pytest.param("unrated refused", "", 0, 2, "0", id="nothing-rated"),
    ],
)
def test_coverage_is_weight_rated_over_weight_applicable(
    line: str, weighing: str, rated: int, applicable: int, coverage: str
) -> None:
    mean = average(cells(line, weighing))
    assert (mean.rated, mean.applicable) == (rated, applicable)
    assert mean.coverage == Fraction(coverage)


@pytest.mark.parametrize("line", ["", "na", "na na na"])
def test_there_is_no_coverage_where_nothing_is_applicable(line: str) -> None:
    assert average(cells(line)).coverage is None


@deterministic
@given(weighed, refusal_values)
def test_coverage_lies_between_nothing_and_all(drawn: list[tuple[Rating, int]], refused: Score | None) -> None:
    coverage = average(drawn, refused).coverage
    assert coverage is None or 0 <= coverage <= 1
    assert (coverage is None) == all(given is Absence.NOT_APPLICABLE for given, _ in drawn)


@deterministic
@given(weighed, refusal_values)
def test_a_mean_lies_between_the_lowest_and_the_highest_score(
    drawn: list[tuple[Rating, int]], refused: Score | None
) -> None:
    mean = average(drawn, refused).exact
    counted = [refused if given is Absence.REFUSED and refused else given for given, _ in drawn]
    values = [given.exact for given in counted if isinstance(given, Score)]
    assert (mean is None) == (not values)
    assert mean is None or min(values) <= mean <= max(values)


@deterministic
@given(weighed, refusal_values, st.randoms(use_true_random=False))
def test_the_order_of_the_demands_changes_no_average(
    drawn: list[tuple[Rating, int]], refused: Score | None, chance: Random
) -> None:
    shuffled = drawn.copy()
    chance.shuffle(shuffled)
    assert average(shuffled, refused) == average(drawn, refused)


@deterministic
@given(st.lists(ratings, max_size=6), weights)
def test_equal_weights_are_no_weights(drawn: list[Rating], weight: int) -> None:
    assert average((given, weight) for given in drawn).exact == average((given, 1) for given in drawn).exact


def test_an_average_reads_its_cells_once() -> None:
    assert average(cell for cell in cells("8 refused 6")) == average(cells("8 refused 6"))


def test_a_refusal_is_counted_and_named() -> None:
    mean = average(cells("8 refused refused na"))
    assert (mean.refused, mean.applicable) == (2, 3)
    assert mean.absences == {Absence.REFUSED, Absence.NOT_APPLICABLE}


def test_a_refusal_that_counts_as_zero_lowers_the_mean_and_is_still_counted_as_refused() -> None:
    mean = average(cells("8 refused"), Score(0))
    assert (mean.exact, mean.coverage) == (Fraction(4), Fraction(1))
    assert mean.refused == 1


def test_only_a_refusal_takes_the_value_of_a_refusal() -> None:
    mean = average(cells("8 unrated pending unpublished na"), Score(0))
    assert (mean.exact, mean.coverage) == (Fraction(8), Fraction(1, 4))


@pytest.mark.parametrize(
    ("exact", "tenths"),
    [
        pytest.param("6.25", 63, id="6.25-is-6.3"),
        pytest.param("7.75", 78, id="7.75-is-7.8"),
        pytest.param("0.05", 1, id="half-a-tenth-goes-up"),
        pytest.param("0.15", 2, id="0.15-is-0.2-where-floats-say-0.1"),
        pytest.param("8.45", 85, id="an-even-neighbour-attracts-nothing"),
        pytest.param("0.0499999", 0, id="below-half-goes-down"),
        pytest.param("22/3", 73, id="thirds"),
        pytest.param("20/3", 67, id="two-thirds"),
        pytest.param("-0.05", -1, id="a-fall-goes-away-from-zero"),
        pytest.param("-0.25", -3, id="a-fall-of-a-quarter"),
        pytest.param("-0.04", 0, id="a-small-fall-is-zero"),
        pytest.param("0", 0, id="zero"),
        pytest.param("10", 100, id="ten"),
    ],
)
def test_rounding_is_half_away_from_zero(exact: str, tenths: int) -> None:
    assert round_to_tenths(Fraction(exact)) == tenths


@deterministic
@given(st.integers(min_value=-12_000, max_value=12_000))
def test_rounding_agrees_with_decimal_half_up(thousandths: int) -> None:
    by_decimal = Decimal(thousandths).scaleb(-3).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
    assert round_to_tenths(Fraction(thousandths, 1000)) == by_decimal.scaleb(1)


def test_rounding_agrees_with_decimal_half_up_at_every_half() -> None:
    for twentieths in range(-201, 203, 2):
        by_decimal = Decimal(5 * twentieths).scaleb(-2).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        assert round_to_tenths(Fraction(twentieths, 20)) == by_decimal.scaleb(1)


@deterministic
@given(points)
def test_rounding_errs_by_half_a_tenth_at_most_and_treats_rise_and_fall_alike(exact: Fraction) -> None:
    shown = round_to_tenths(exact)
    assert abs(Fraction(shown, 10) - exact) <= Fraction(1, 20)
    assert round_to_tenths(-exact) == -shown


@deterministic
@given(points, points)
def test_rounding_keeps_the_order(one: Fraction, other: Fraction) -> None:
    low, high = sorted([one, other])
    assert round_to_tenths(low) <= round_to_tenths(high)


def test_rounding_is_done_once_never_on_rounded_means() -> None:
    first, second = cells("7.0 7.1"), cells("7.0")
    shown = [average(theme).tenths for theme in (first, second)]
    assert shown == [71, 70]
    assert average([*first, *second]).tenths == 70
    assert round_to_tenths((Fraction(71, 10) * 2 + Fraction(70, 10)) / 3) == 71


def test_an_average_states_its_weights() -> None:
    assert average(cells("8 unrated na 6", "2 3 5 1")) == Average(
        exact=Fraction(22, 3),
        rated=2,
        applicable=3,
        refused=0,
        rated_weight=3,
        applicable_weight=6,
        absences=frozenset({Absence.NOT_RATED, Absence.NOT_APPLICABLE}),
    )
