"""What a value is among the others of its ranking: the median, and how many stand above and below."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ranking import Candidate, rank
from app.domain.spreads import Median, Peers, Spread
from tests.unit.generated import deterministic

shown = st.lists(st.sampled_from([0, 35, 50, 51, 66, 67, 100]), min_size=1, max_size=12)
"""Displayed values that often tie."""


@pytest.mark.parametrize(
    ("values", "median"),
    [
        pytest.param([70], Median((70,), Fraction(7), 70), id="one-row"),
        pytest.param([90, 10, 70], Median((70,), Fraction(7), 70), id="odd-takes-the-middle-one"),
        pytest.param([90, 70, 60, 10], Median((70, 60), Fraction(13, 2), 65), id="even-takes-the-mean-of-two"),
        pytest.param([71, 70], Median((71, 70), Fraction(141, 20), 71), id="the-mean-is-rounded-once-half-up"),
        pytest.param([50, 50, 50, 0], Median((50, 50), Fraction(5), 50), id="ties-count-each"),
        pytest.param([0, 0, 100], Median((0,), Fraction(0), 0), id="a-zero-is-a-value"),
    ],
)
def test_the_median_is_of_the_displayed_values(values: list[int], median: Median) -> None:
    assert Spread.of(values).median == median


def test_the_median_of_nothing_is_nothing() -> None:
    assert Spread.of([]).median is None


@pytest.mark.parametrize(
    ("values", "tenths", "peers"),
    [
        pytest.param([90, 70, 60], 70, Peers(1, 0, 1), id="one-above-one-below"),
        pytest.param([90, 90, 60], 90, Peers(0, 1, 1), id="a-tie-is-neither-above-nor-below"),
        pytest.param([50], 50, Peers(0, 0, 0), id="alone"),
        pytest.param([50, 50, 50], 50, Peers(0, 2, 0), id="all-alike"),
        pytest.param([90, 80, 0], 0, Peers(2, 0, 0), id="the-last"),
    ],
)
def test_others_are_strictly_above_equal_or_strictly_below(values: list[int], tenths: int, peers: Peers) -> None:
    assert Spread.of(values).peers_of(tenths) == peers


@deterministic
@given(shown, st.data())
def test_every_other_row_is_counted_once(values: list[int], data: st.DataObject) -> None:
    tenths = data.draw(st.sampled_from(values))
    peers = Spread.of(values).peers_of(tenths)
    assert peers.others == len(values) - 1
    assert peers.below == sum(value < tenths for value in values)
    assert peers.above == sum(value > tenths for value in values)


@deterministic
@given(shown)
def test_half_of_the_rows_stand_at_or_above_the_median_and_half_at_or_below(values: list[int]) -> None:
    median = Spread.of(values).median
    assert median is not None
    assert 2 * sum(Fraction(value, 10) >= median.exact for value in values) >= len(values)
    assert 2 * sum(Fraction(value, 10) <= median.exact for value in values) >= len(values)


@deterministic
@given(shown)
def test_the_places_of_a_spread_are_those_of_the_ranking(values: list[int]) -> None:
    rows = rank(Candidate(str(n), str(n), Fraction(value, 10)) for n, value in enumerate(values)).placed
    places = {row.tenths: row.place.number for row in rows if row.place}
    assert Spread.of(values).places == places
    assert Spread.of(values).values == tuple(row.tenths for row in rows)


@deterministic
@given(shown, st.integers(min_value=0, max_value=100))
def test_a_further_row_takes_the_place_that_the_ranking_gives_it(values: list[int], tenths: int) -> None:
    rows = rank(Candidate(str(n), str(n), Fraction(value, 10)) for n, value in enumerate([tenths, *values])).placed
    place = next(row.place for row in rows if row.key == "0")
    assert place is not None
    assert Spread.of(values).place_beside(tenths) == (place.number, place.shared)
