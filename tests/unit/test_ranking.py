"""Places: by the displayed value, ties shared, and who stands without a place (SCORING §3)."""

from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.averages import average, round_to_tenths
from app.domain.ranking import Candidate, Place, Unplaced, bar_to_a_place, rank
from app.domain.scores import Absence, Score
from tests.unit.examples import candidates, cells
from tests.unit.generated import NAMES, deterministic, points

HALF = Fraction(1, 2)
bars = st.one_of(st.none(), st.none(), st.none(), st.sampled_from(Unplaced))
close_values = st.sampled_from([Fraction(7), Fraction(701, 100), Fraction(699, 100), Fraction(143, 20)])


@st.composite
def fields(draw: st.DrawFn) -> list[Candidate]:
    """Candidates of distinct keys, some barred, some sharing a sort key, values that often tie once rounded."""
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    values = st.one_of(close_values, close_values, points, st.none())
    return [Candidate(name, draw(st.sampled_from(["a", "b", name])), draw(values), draw(bars)) for name in names]


def places(values: dict[str, str]) -> list[tuple[str, int, bool]]:
    placed = rank(candidates(values)).placed
    return [(row.key, row.place.number, row.place.shared) for row in placed if row.place]


def test_the_highest_value_is_first() -> None:
    assert places({"A": "5", "B": "7", "C": "6"}) == [("B", 1, False), ("C", 2, False), ("A", 3, False)]


def test_a_tie_shares_the_place() -> None:
    assert places({"A": "6.5", "B": "6.5"}) == [("A", 1, True), ("B", 1, True)]


@pytest.mark.parametrize(
    ("values", "numbers"),
    [
        pytest.param("9 8 8 7", [1, 2, 2, 4], id="a-tie-in-the-middle"),
        pytest.param("9 9 8", [1, 1, 3], id="a-tie-for-the-first"),
        pytest.param("9 8 8", [1, 2, 2], id="a-tie-for-the-last"),
        pytest.param("9 9 9", [1, 1, 1], id="all-tied"),
        pytest.param("9 9 8 8 7", [1, 1, 3, 3, 5], id="two-ties"),
        pytest.param("0 0 10", [1, 2, 2], id="zeros-are-placed"),
    ],
)
def test_the_place_after_a_tie_skips(values: str, numbers: list[int]) -> None:
    placed = places(dict(zip("ABCDE", values.split(), strict=False)))
    assert [number for _, number, _ in placed] == numbers


def test_equal_displayed_values_never_stand_at_different_places() -> None:
    assert places({"A": "7.80", "B": "7.75", "C": "7.849"}) == [("A", 1, True), ("B", 1, True), ("C", 1, True)]


def test_places_go_by_the_rounded_value_that_is_shown_not_by_the_exact_one() -> None:
    rows = rank(candidates({"A": "6.25", "B": "6.34"})).placed
    assert [(row.key, row.tenths, row.place) for row in rows] == [
        ("A", 63, Place(1, shared=True)),
        ("B", 63, Place(1, shared=True)),
    ]


def test_a_tie_stands_in_the_order_of_its_sort_keys_not_of_its_exact_values() -> None:
    rows = [
        Candidate("19001", "n~uble", Fraction("7.84")),
        Candidate("19002", "nzza", Fraction("7.76")),
        Candidate("19003", "zuazua", Fraction(9)),
    ]
    assert [row.key for row in rank(rows).placed] == ["19003", "19002", "19001"]


def test_homonyms_stand_in_the_order_of_their_keys() -> None:
    rows = [Candidate("20002", "juárez", Fraction(7)), Candidate("08037", "juárez", Fraction(7))]
    assert [row.key for row in rank(rows).placed] == ["08037", "20002"]


def test_nobody_ranked_gives_no_rows() -> None:
    rows = rank([])
    assert (rows.placed, rows.refused, rows.unplaced) == ((), (), ())


def test_who_is_barred_has_no_place_and_takes_none_from_others() -> None:
    barred = Candidate("A", "a", Fraction(10), Unplaced.LOW_COVERAGE)
    rows = rank([barred, *candidates({"B": "8", "C": "7"})])
    assert [(row.key, row.place) for row in rows.placed] == [
        ("B", Place(1, shared=False)),
        ("C", Place(2, shared=False)),
    ]
    assert [(row.key, row.tenths, row.place, row.unplaced) for row in rows.unplaced] == [
        ("A", 100, None, Unplaced.LOW_COVERAGE)
    ]


def test_who_withheld_information_stands_in_a_block_of_its_own() -> None:
    rows = rank(
        [
            Candidate("Z", "z", Fraction(9), Unplaced.REFUSED),
            Candidate("B", "b", None, Unplaced.REFUSED),
            Candidate("A", "a", None, Unplaced.PENDING),
        ]
    )
    assert [(row.key, row.tenths) for row in rows.refused] == [("B", None), ("Z", 90)]
    assert [row.key for row in rows.unplaced] == ["A"]


def test_the_unplaced_stand_in_alphabetical_order_whatever_their_value() -> None:
    low, high = Fraction(1), Fraction(9)
    rows = rank(
        [
            Candidate("C", "c", high, Unplaced.LOW_COVERAGE),
            Candidate("A", "a", low, Unplaced.LOW_COVERAGE),
            Candidate("B", "b", None),
        ]
    )
    assert [row.key for row in rows.unplaced] == ["A", "B", "C"]


def test_a_value_of_nothing_is_unplaced_never_last() -> None:
    rows = rank([Candidate("A", "a", None), Candidate("B", "b", Fraction(0))])
    assert [row.key for row in rows.placed] == ["B"]
    assert [(row.key, row.tenths, row.unplaced) for row in rows.unplaced] == [("A", None, Unplaced.NOT_RATED)]


def test_falls_are_ranked_below_rises() -> None:
    assert [name for name, _, _ in places({"A": "-0.4", "B": "0", "C": "1.2"})] == ["C", "B", "A"]


@pytest.mark.parametrize(
    ("line", "minimum", "bar"),
    [
        pytest.param("8 7", "1", None, id="all-rated"),
        pytest.param("8 7 6 5 unrated", "4/5", None, id="exactly-the-minimum"),
        pytest.param("8 7 6 unrated", "4/5", Unplaced.LOW_COVERAGE, id="below-the-minimum"),
        pytest.param("8 unrated", "1/2", None, id="half-is-enough-for-a-theme"),
        pytest.param("8 na na na", "1", None, id="not-applicable-takes-no-coverage"),
        pytest.param("8 7 6 5 4 3 2 1 0 refused", "0", Unplaced.REFUSED, id="one-refusal-bars"),
        pytest.param("refused", "0", Unplaced.REFUSED, id="nothing-but-a-refusal"),
        pytest.param("refused unrated unrated", "1", Unplaced.REFUSED, id="a-refusal-is-named-before-coverage"),
        pytest.param("unrated", "0", Unplaced.NOT_RATED, id="not-rated-even-without-a-minimum"),
        pytest.param("na na", "0", Unplaced.NOT_APPLICABLE, id="nothing-applicable"),
        pytest.param("pending na", "1/2", Unplaced.PENDING, id="only-pending"),
        pytest.param("unpublished unpublished", "1/2", Unplaced.UNPUBLISHED, id="only-unpublished"),
        pytest.param("pending unpublished", "1/2", Unplaced.NOT_RATED, id="several-causes"),
        pytest.param("", "0", Unplaced.NOT_APPLICABLE, id="no-demand-at-all"),
    ],
)
def test_who_is_not_eligible_has_a_reason(line: str, minimum: str, bar: Unplaced | None) -> None:
    assert bar_to_a_place(average(cells(line)), Fraction(minimum), refusals_count=False) is bar


def test_every_absence_that_leaves_nothing_is_named_by_its_own_reason() -> None:
    for absence in Absence:
        bar = bar_to_a_place(average([(absence, 1)]), HALF, refusals_count=False)
        assert bar is not None
        assert bar.value == absence.value


def test_a_refusal_bars_nobody_where_the_method_counts_it() -> None:
    mean = average(cells("refused 8"), Score(0))
    assert bar_to_a_place(mean, Fraction(1), refusals_count=True) is None


@deterministic
@given(fields(), st.randoms(use_true_random=False))
def test_a_permutation_of_the_input_never_changes_a_ranking(drawn: list[Candidate], chance: Random) -> None:
    shuffled = drawn.copy()
    chance.shuffle(shuffled)
    assert rank(shuffled) == rank(drawn)


@deterministic
@given(fields())
def test_places_agree_with_the_displayed_values(drawn: list[Candidate]) -> None:
    placed = rank(drawn).placed
    shown = [row.tenths for row in placed if row.tenths is not None]
    assert len(shown) == len(placed)
    for row, tenths in zip(placed, shown, strict=True):
        assert row.place == Place(1 + sum(other > tenths for other in shown), shared=shown.count(tenths) > 1)
    assert shown == sorted(shown, reverse=True)


@deterministic
@given(fields())
def test_everybody_stands_in_the_ranking_exactly_once(drawn: list[Candidate]) -> None:
    rows = rank(drawn)
    everybody = [*rows.placed, *rows.refused, *rows.unplaced]
    assert sorted(row.key for row in everybody) == sorted(row.key for row in drawn)
    assert all((row.place is None) == (row.unplaced is not None) for row in everybody)
    exact = {row.key: row.exact for row in drawn}
    for row in everybody:
        value = exact[row.key]
        assert row.tenths == (None if value is None else round_to_tenths(value))


@deterministic
@given(fields(), st.integers(min_value=1, max_value=5))
def test_a_cut_by_place_never_splits_a_tie(drawn: list[Candidate], last: int) -> None:
    placed = rank(drawn).placed
    shown = {row.tenths for row in placed if row.place and row.place.number <= last}
    hidden = {row.tenths for row in placed if row.place and row.place.number > last}
    assert not shown & hidden


@deterministic
@given(fields())
def test_ties_and_the_unplaced_stand_by_sort_key(drawn: list[Candidate]) -> None:
    sort_keys = {row.key: (row.sort_key, row.key) for row in drawn}
    rows = rank(drawn)
    for block in (rows.refused, rows.unplaced):
        assert [sort_keys[row.key] for row in block] == sorted(sort_keys[row.key] for row in block)
    assert all(
        sort_keys[above.key] < sort_keys[below.key]
        for above, below in pairwise(rows.placed)
        if above.tenths == below.tenths
    )
