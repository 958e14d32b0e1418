"""The few best and worst of a scorecard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.extremes import few_best_and_worst
from tests.unit.cards import card_of


@pytest.mark.parametrize(
    ("line", "best", "worst"),
    [
        pytest.param("9 5 7 2 8 3", [1, 5, 3], [4, 6, 2], id="three-from-each-end"),
        pytest.param("9 5 7", [1], [2], id="never-more-than-half"),
        pytest.param("8 8 8 2", [1, 2], [4], id="one-value-is-not-on-both-sides"),
        pytest.param("9 6 6 6 6 6 3", [1], [7], id="what-is-neither-is-left-out"),
        pytest.param("5 9 9 5", [2, 3], [1, 4], id="ties-stand-in-demand-order"),
        pytest.param("0 10", [2], [1], id="a-zero-is-a-score"),
        pytest.param("unrated 5 na 9 refused", [4], [2], id="absences-are-neither"),
        pytest.param("7 7 7", [], [], id="all-equal"),
        pytest.param("7 unrated", [], [], id="a-single-score"),
        pytest.param("unrated pending", [], [], id="nothing-rated"),
    ],
)
def test_the_few_best_and_worst_come_from_each_end_inwards(line: str, best: list[int], worst: list[int]) -> None:
    found = few_best_and_worst(card_of({"A": line}, "A").scores, 3)
    assert [[row.demand.number for row in side] for side in found] == [best, worst]


@given(st.lists(st.integers(0, 100), min_size=1, max_size=12), st.integers(1, 4))
def test_every_best_is_above_every_worst_and_neither_is_longer_than_asked(tenths: list[int], count: int) -> None:
    line = " ".join(f"{value // 10}.{value % 10}" for value in tenths)
    best, worst = few_best_and_worst(card_of({"A": line}, "A").scores, count)
    heights = [[row.standing.tenths or 0 for row in side] for side in (best, worst)]
    assert all(high > low for high in heights[0] for low in heights[1])
    assert len(best) <= count
    assert len(worst) <= count
    if len(set(tenths)) > 1:
        assert (max(heights[0]), min(heights[1])) == (max(tenths), min(tenths))
    else:
        assert not best
        assert not worst
