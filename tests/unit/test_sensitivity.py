"""How firm a place is, and what it would take to climb (SCORING §5)."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.averages import round_to_tenths
from app.domain.ranking import Place, Unplaced
from app.domain.scores import Absence, Rating, Score
from app.domain.sensitivity import (
    PlaceRange,
    Step,
    Table,
    are_clearly_apart,
    not_clearly_apart,
    place_ranges,
    standing_of,
    steps_up,
    what_it_would_take,
)
from tests.unit.examples import PRINTED_IN_2013, ratings, table_of
from tests.unit.generated import Drawn, deterministic, rounds

TABLE_OF_2013 = table_of({name: line for name, (line, _) in PRINTED_IN_2013.items()})
minima = st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(4, 5), Fraction(1)])


def counted(table: Table, rating: Rating) -> Rating:
    return table.refused_counts_as if rating is Absence.REFUSED and table.refused_counts_as else rating


def mean(table: Table, key: str, weights: Mapping[int, int]) -> Fraction | None:
    """The mean of a row, written out anew from the rule."""
    rated = [(counted(table, table.rows[key][number]), weight) for number, weight in weights.items()]
    scored = [(score.exact, weight) for score, weight in rated if isinstance(score, Score)]
    total = sum(weight for _, weight in scored)
    return sum((exact * weight for exact, weight in scored), Fraction(0)) / total if total else None


def eligible(table: Table) -> list[str]:
    """Who may have a place, written out anew from the rule."""
    keys = []
    for key, row in table.rows.items():
        given_ratings = {number: counted(table, rating) for number, rating in row.items()}
        applicable = sum(table.weights[n] for n, rating in given_ratings.items() if rating != Absence.NOT_APPLICABLE)
        rated = sum(table.weights[n] for n, rating in given_ratings.items() if isinstance(rating, Score))
        refused = Absence.REFUSED in given_ratings.values()
        if rated and not refused and Fraction(rated, applicable) >= table.minimum_coverage:
            keys.append(key)
    return keys


def places(table: Table, weights: Mapping[int, int], keys: list[str]) -> dict[str, int]:
    """The places of those rows, written out anew from the rule."""
    shown = {key: round_to_tenths(exact) for key in keys if (exact := mean(table, key, weights)) is not None}
    return {key: 1 + sum(other > tenths for other in shown.values()) for key, tenths in shown.items()}


def variations(weights: Mapping[int, int]) -> Iterator[dict[int, int]]:
    for number, weight in weights.items():
        yield {other: same for other, same in weights.items() if other != number}
        yield {**weights, number: weight * 2}


def test_a_place_stands_within_the_range_of_other_weights() -> None:
    table = table_of({"A": "10 0 6", "B": "6 6 6", "C": "1 9 1"})
    assert place_ranges(table) == {
        "B": PlaceRange(place=1, best=1, worst=2),
        "A": PlaceRange(place=2, best=1, worst=3),
        "C": PlaceRange(place=3, best=2, worst=3),
    }


def test_in_2013_the_first_was_so_under_any_weights_and_the_last_was_not() -> None:
    ranges = place_ranges(TABLE_OF_2013)
    assert ranges["San Pedro Garza García"] == PlaceRange(place=1, best=1, worst=1)
    assert ranges["San Nicolás de los Garza"] == PlaceRange(place=9, best=8, worst=9)


def test_with_one_demand_only_the_range_is_the_place() -> None:
    assert place_ranges(table_of({"A": "9", "B": "8"})) == {"A": PlaceRange(1, 1, 1), "B": PlaceRange(2, 2, 2)}


def test_eligibility_is_the_methods_not_the_variations() -> None:
    table = table_of({"A": "9 unrated", "B": "8 8"}, minimum_coverage=Fraction(3, 4))
    assert place_ranges(table) == {"B": PlaceRange(1, 1, 1)}


def test_a_row_with_nothing_left_skips_that_variation() -> None:
    table = table_of({"A": "9 na", "B": "2 8"})
    assert place_ranges(table) == {"A": PlaceRange(1, 1, 1), "B": PlaceRange(2, 1, 2)}


def test_neighbours_whose_ranges_hold_each_others_place_are_not_clearly_apart() -> None:
    assert not_clearly_apart(table_of({"A": "9 5", "B": "5 8", "C": "1 1"})) == (("A", "B"),)
    assert not_clearly_apart(table_of({"A": "9 9", "B": "8 8", "C": "1 1"})) == ()


def test_neighbours_in_a_tie_are_not_clearly_apart() -> None:
    assert not_clearly_apart(table_of({"A": "7 7", "B": "7 7"})) == (("A", "B"),)


def test_what_it_would_take_is_the_smallest_step_to_a_better_place() -> None:
    table = table_of({"A": "7 7", "B": "6 6"})
    assert what_it_would_take(table, "B") == {1: Score(79), 2: Score(79)}


def test_a_shared_place_is_a_better_place() -> None:
    table = table_of({"A": "7", "B": "7", "C": "6"})
    assert what_it_would_take(table, "C") == {1: Score(70)}


def test_not_even_a_ten_lifts_the_first_or_the_far_behind() -> None:
    assert what_it_would_take(table_of({"A": "7 7", "B": "0 0"}), "A") == {1: None, 2: None}
    assert what_it_would_take(table_of({"A": "9 9", "B": "0 0"}), "B") == {1: None, 2: None}


def test_a_demand_at_ten_or_not_applicable_is_left_out_of_what_it_would_take() -> None:
    assert what_it_would_take(table_of({"A": "9 9 9", "B": "10 na 7"}), "B") == {3: Score(79)}


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        pytest.param("8 unrated", {1: None, 2: Score(0)}, id="rating-the-missing-demand-gives-a-place"),
        pytest.param("8 refused", {1: None, 2: Score(0)}, id="handing-in-the-information-gives-a-place"),
        pytest.param("refused refused", {1: None, 2: None}, id="one-of-two-refusals-is-not-enough"),
    ],
)
def test_for_the_unplaced_any_place_is_a_better_one(line: str, needed: dict[int, Score | None]) -> None:
    table = table_of({"A": line, "B": "9 9"}, minimum_coverage=Fraction(4, 5))
    assert what_it_would_take(table, "A") == needed


def test_a_step_names_the_place_that_it_gives() -> None:
    table = table_of({"A": "9 9", "B": "7 7", "C": "6 6"})
    assert steps_up(table, "C") == {
        1: Step(Score(79), Place(2, shared=True)),
        2: Step(Score(79), Place(2, shared=True)),
    }
    assert steps_up(table, "B") == {1: None, 2: None}


def test_a_demand_outside_the_ranking_changes_nothing() -> None:
    rows = {"A": ratings("9 9 0"), "B": ratings("8 8 10")}
    table = Table(rows, {"A": "a", "B": "b"}, {1: 1, 2: 1}, Fraction(0))
    assert place_ranges(table) == {"A": PlaceRange(1, 1, 1), "B": PlaceRange(2, 2, 2)}
    assert set(steps_up(table, "B")) == {1, 2}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        pytest.param((2, 1, 3), (3, 2, 4), False, id="each-holds-the-others-place"),
        pytest.param((2, 2, 3), (3, 3, 4), True, id="one-does-not"),
        pytest.param((2, 1, 2), (3, 3, 3), True, id="neither-does"),
    ],
)
def test_two_rows_are_apart_unless_each_range_holds_the_others_place(
    one: tuple[int, int, int],
    other: tuple[int, int, int],
    apart: bool,  # noqa: FBT001
) -> None:
    assert are_clearly_apart(PlaceRange(*one), PlaceRange(*other)) is apart
    assert are_clearly_apart(PlaceRange(*other), PlaceRange(*one)) is apart


def test_a_table_leaves_the_ineligible_out_of_its_places() -> None:
    rows = standing_of(table_of({"A": "9 refused", "B": "5 5", "C": "na na"}))
    assert [(row.key, row.place and row.place.number) for row in rows.placed] == [("B", 1)]
    assert Unplaced.REFUSED not in {row.unplaced for row in rows.placed}


@deterministic
@given(rounds(), minima)
def test_a_range_is_the_best_and_worst_place_over_all_variations(drawn: Drawn, minimum: Fraction) -> None:
    table = drawn.table(minimum)
    keys = eligible(table)
    base = places(table, table.weights, keys)
    met = [base, *(places(table, weights, keys) for weights in variations(table.weights))]
    assert place_ranges(table) == {
        key: PlaceRange(
            place,
            min(found[key] for found in met if key in found),
            max(found[key] for found in met if key in found),
        )
        for key, place in base.items()
    }


@deterministic
@given(rounds(), minima)
def test_a_range_contains_the_place_under_the_method(drawn: Drawn, minimum: Fraction) -> None:
    table = drawn.table(minimum)
    ranges = place_ranges(table)
    placed = {row.key: row.place.number for row in standing_of(table).placed if row.place}
    assert {key: found.place for key, found in ranges.items()} == placed
    assert all(1 <= found.best <= found.place <= found.worst <= len(placed) for found in ranges.values())


def every_step(table: Table, key: str, number: int) -> Score | None:
    """The smallest of all steps above the present score that gives a better place."""
    now = places(table, table.weights, eligible(table)).get(key)
    rating = table.rows[key][number]
    lowest = rating.tenths + 1 if isinstance(rating, Score) else 0
    for tenths in range(lowest, 101):
        rows = {**table.rows, key: {**table.rows[key], number: Score(tenths)}}
        tried = Table(rows, table.sort_keys, table.weights, table.minimum_coverage, table.refused_counts_as)
        place = places(tried, tried.weights, eligible(tried)).get(key)
        if place is not None and (now is None or place < now):
            return Score(tenths)
    return None


@deterministic
@given(rounds(), minima, st.data())
def test_what_it_would_take_agrees_with_trying_every_step(drawn: Drawn, minimum: Fraction, data: st.DataObject) -> None:
    table = drawn.table(minimum)
    key = data.draw(st.sampled_from(sorted(table.rows)))
    assert what_it_would_take(table, key) == {
        number: every_step(table, key, number)
        for number, rating in table.rows[key].items()
        if rating not in (Absence.NOT_APPLICABLE, Score(100))
    }
