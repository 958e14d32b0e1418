"""Refusing never pays: not in an average, not in a place, not in a change (SCORING §2)."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.editions import OVERALL, Method, theme_scope
from app.domain.ranking import RankedRows, Unplaced
from app.domain.scores import Absence
from app.domain.standings import rank_by_change, standings
from tests.unit.examples import METHOD, PRINTED_IN_2013, REFUSED_IS_ZERO, SAFETY, places_in, round_of, rows_in
from tests.unit.generated import (
    NAMES,
    Drawn,
    comparable_rounds,
    deterministic,
    pairs_of_rounds,
    rounds_with_a_score,
)

thorough = settings(deterministic, max_examples=150)
choices = st.integers(min_value=0, max_value=24)
pairs_with_a_score = pairs_of_rounds.filter(lambda drawn: bool(drawn[1].scored()))
SORT_KEYS = {name: name.lower() for name in NAMES}
SAFETY_SCOPE = theme_scope(SAFETY.key)
MONTERREY_REFUSES = {name: line for name, (line, _) in PRINTED_IN_2013.items()} | {"Monterrey": "refused 9 9 refused"}


def test_leaving_out_the_two_worst_demands_would_have_made_monterrey_first_and_does_not() -> None:
    rows = {row.cvegeo: row for row in rows_in(SAFETY_SCOPE, round_of(MONTERREY_REFUSES))}
    refuser = rows["Monterrey"]
    assert refuser.exact == 9
    assert refuser.exact > (rows["San Pedro Garza García"].exact or 0)
    assert (refuser.place, refuser.unplaced) == (None, Unplaced.REFUSED)


def test_who_refuses_heads_the_rows_below_the_placed_with_how_much_was_refused() -> None:
    rows = rows_in(SAFETY_SCOPE, round_of({**MONTERREY_REFUSES, "Abasolo": "unrated unrated unrated 9"}))
    below = [row for row in rows if row.place is None]
    assert [(row.cvegeo, row.unplaced) for row in below] == [
        ("Monterrey", Unplaced.REFUSED),
        ("Abasolo", Unplaced.LOW_COVERAGE),
    ]
    assert (below[0].refused, below[0].applicable) == (2, 4)


def test_a_refusal_bars_even_where_coverage_is_ample() -> None:
    content = round_of({"A": "9 9 9 9 9 9 9 9 9 refused", "B": "1 1 1 1 1 1 1 1 1 1"})
    assert places_in(OVERALL, content) == {"B": 1, "A": None}


def test_a_method_may_count_a_refusal_as_zero_and_then_it_is_placed() -> None:
    rows = {row.cvegeo: row for row in rows_in(SAFETY_SCOPE, round_of(MONTERREY_REFUSES, method=REFUSED_IS_ZERO))}
    refuser = rows["Monterrey"]
    assert (refuser.exact, refuser.place, refuser.unplaced) == (Fraction(9, 2), 7, None)


def test_a_refusal_that_counts_as_zero_is_still_told_apart_from_a_zero() -> None:
    rows = {
        row.cvegeo: row for row in rows_in(OVERALL, round_of({"A": "refused 8", "B": "0 8"}, method=REFUSED_IS_ZERO))
    }
    assert rows["A"].exact == rows["B"].exact
    assert (rows["A"].refused, rows["B"].refused) == (1, 0)


@pytest.mark.parametrize("method", [METHOD, REFUSED_IS_ZERO], ids=["barred", "counts-as-zero"])
def test_withholding_what_fell_does_not_lift_a_change(method: Method) -> None:
    before = round_of({"A": "9 5 5 5 5", "B": "5 5 5 5 5"}, method=method)
    now = round_of({"A": "refused 6 6 6 6", "B": "5 5 5 5 5"}, method=method, number=2)
    ranked = rank_by_change(rows_in(OVERALL, now, before), {"A": "a", "B": "b"}, Fraction(4, 5))
    assert [row.key for row in ranked.placed] == ["B"]
    assert [(row.key, row.tenths) for row in ranked.refused] == [("A", 10)]


def after_refusing(drawn: Drawn, choice: int) -> tuple[Drawn, str]:
    """The round with one of its scores withheld, and whose score it was."""
    row, column, _ = drawn.scored()[choice % len(drawn.scored())]
    return drawn.with_rating(row, column, Absence.REFUSED), NAMES[row]


def numbers(ranked: RankedRows) -> dict[str, int | None]:
    """The place of everybody who stands in a ranking."""
    rows = (*ranked.placed, *ranked.refused, *ranked.unplaced)
    return {row.key: row.place.number if row.place else None for row in rows}


def assert_refusing_never_pays(before: dict[str, int | None], after: dict[str, int | None], refuser: str) -> None:
    """Its place is no better, nobody is hidden, nobody else's place is worse."""
    assert before.keys() == after.keys()
    for name, place in before.items():
        better, worse = (place, after[name]) if name == refuser else (after[name], place)
        assert worse is None or (better is not None and better <= worse)


@thorough
@given(rounds_with_a_score, choices)
def test_turning_a_score_into_a_refusal_never_pays(drawn: Drawn, choice: int) -> None:
    content = drawn.content()
    refused, refuser = after_refusing(drawn, choice)
    for scope in content.scopes():
        before, after = places_in(scope, content), places_in(scope, refused.content())
        assert_refusing_never_pays(before, after, refuser)


@thorough
@given(comparable_rounds | pairs_with_a_score, choices)
def test_turning_a_score_into_a_refusal_never_pays_in_the_ranking_by_change(
    drawn: tuple[Drawn, Drawn], choice: int
) -> None:
    earlier, now = drawn
    refused, refuser = after_refusing(now, choice)
    for scope in now.content(2).scopes():
        before, after = (
            numbers(rank_by_change(rows_in(scope, content, earlier.content(1)), SORT_KEYS, Fraction(1, 2)))
            for content in (now.content(2), refused.content(2))
        )
        assert_refusing_never_pays(before, after, refuser)


@deterministic
@given(rounds_with_a_score, choices)
def test_a_refusal_is_always_shown_as_one(drawn: Drawn, choice: int) -> None:
    refused, refuser = after_refusing(drawn, choice)
    rows = [row for row in standings(refused.content(), None) if row.cvegeo == refuser and row.refused]
    assert OVERALL in {row.scope for row in rows}
    assert refused.refused_is_zero or {row.unplaced for row in rows} == {Unplaced.REFUSED}
