"""The arithmetic that "how this is computed" spells out is the one that was done (SCORING, preface)."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.domain.arithmetic import Sum, Term, difference_of, sum_of
from app.domain.averages import average, round_to_tenths
from app.domain.scores import Rating, Score
from app.domain.trends import change
from tests.unit.examples import cells
from tests.unit.examples import ratings as line_of
from tests.unit.generated import deterministic, ratings, weights


def numbered(line: str, weighing: str = "") -> list[tuple[int, Rating, int]]:
    return [(number, *cell) for number, cell in enumerate(cells(line, weighing), start=1)]


def test_a_sum_names_each_score_with_its_weight_and_leaves_absences_out() -> None:
    assert sum_of(numbered("8 unrated 7 refused", "1 1 2 1"), None) == Sum(
        terms=(Term(1, 1, Score(80), refused=False), Term(3, 2, Score(70), refused=False)),
        divisor=3,
        exact=Fraction(22, 3),
        tenths=73,
    )


def test_a_refusal_that_counts_as_zero_is_a_term_marked_as_refused() -> None:
    found = sum_of(numbered("8 refused"), Score(0))
    assert found is not None
    assert found.terms == (Term(1, 1, Score(80), refused=False), Term(2, 1, Score(0), refused=True))
    assert (found.divisor, found.tenths) == (2, 40)


def test_the_sum_of_nothing_is_nothing() -> None:
    assert sum_of([], None) is None
    assert sum_of(numbered("unrated refused na"), None) is None


def test_a_sum_says_whether_it_is_weighted_and_whether_it_was_rounded() -> None:
    plain, weighted = sum_of(numbered("8 7"), None), sum_of(numbered("8.1 7.9 8", "1 1 2"), None)
    rounded = sum_of(numbered("8 7 7"), None)
    assert plain is not None
    assert weighted is not None
    assert rounded is not None
    assert (plain.is_weighted, plain.is_rounded) == (False, False)
    assert (weighted.is_weighted, weighted.is_rounded) == (True, False)
    assert (rounded.is_weighted, rounded.is_rounded) == (False, True)


@deterministic
@given(st.lists(st.tuples(ratings, weights), max_size=6), st.sampled_from([None, Score(0)]))
def test_the_terms_add_up_to_the_average_that_is_shown(drawn: list[tuple[Rating, int]], refused: Score | None) -> None:
    found = sum_of([(number, *cell) for number, cell in enumerate(drawn, start=1)], refused)
    mean = average(drawn, refused)
    assert (found is None) == (mean.exact is None)
    if found is not None:
        again = sum((term.score.exact * term.weight for term in found.terms), Fraction(0)) / found.divisor
        assert (found.exact, found.tenths) == (again, round_to_tenths(again))
        assert found.exact == mean.exact
        assert len([term for term in found.terms if not term.refused]) == mean.rated


def test_a_difference_spells_out_both_means_of_what_is_common() -> None:
    found = difference_of(line_of("8 7 refused 6"), line_of("7 7 9 unrated"), {1: 1, 2: 2, 3: 1, 4: 1})
    assert found is not None
    assert [(term.demand, term.score) for term in found.now.terms] == [(1, Score(80)), (2, Score(70))]
    assert (found.now.exact, found.before.exact) == (Fraction(22, 3), Fraction(7))
    assert (found.exact, found.tenths, found.is_rounded) == (Fraction(1, 3), 3, True)


def test_a_difference_with_nothing_in_common_is_none() -> None:
    assert difference_of(line_of("8 unrated"), line_of("refused 7"), {1: 1, 2: 1}) is None


some_ratings = st.lists(ratings, min_size=3, max_size=3).map(lambda row: dict(enumerate(row, start=1)))


@deterministic
@given(some_ratings, some_ratings, st.lists(weights, min_size=3, max_size=3))
def test_the_arithmetic_of_a_change_is_the_change_that_is_shown(
    now: dict[int, Rating], before: dict[int, Rating], given_weights: list[int]
) -> None:
    weighing = dict(enumerate(given_weights, start=1))
    found, moved = difference_of(now, before, weighing), change(now, before, weighing)
    assert (found is None) == (moved is None)
    if found is not None and moved is not None:
        assert (found.exact, found.tenths, len(found.now.terms)) == (moved.exact, moved.tenths, moved.common)
