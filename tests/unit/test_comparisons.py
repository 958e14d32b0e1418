"""Municipalities side by side: what can be compared, who is ahead, what differs most."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.comparisons import (
    DemandCompared,
    Likeness,
    PickProblem,
    by_difference,
    compare_average,
    compare_demand,
    last_rounds,
    leads,
    pick,
    spread,
    suggestions,
)
from app.domain.editions import OVERALL, Demand
from app.domain.publications import Entry, PublishedScore, Standing
from app.domain.ranking import Unplaced
from app.domain.scores import Absence, Score
from app.domain.trends import TrendPoint, trend
from tests.unit.examples import round_of
from tests.unit.generated import deterministic

KNOWN = ("a", "b", "c", "d", "e")
ENTRIES = {
    entry.cvegeo: replace(entry, slug=entry.cvegeo.lower()) for entry in round_of(dict.fromkeys("ABCDE", "5")).entries
}
WORDS = {"-": Absence.NOT_RATED, "refused": Absence.REFUSED}


@pytest.mark.parametrize(
    ("asked", "slugs", "problem"),
    [
        pytest.param("", "", PickProblem.NONE, id="nothing-yet"),
        pytest.param("b", "b", PickProblem.FEW, id="one-alone"),
        pytest.param("b a", "a b", None, id="two-in-alphabetical-order"),
        pytest.param("d c b a", "a b c d", None, id="four"),
        pytest.param("a b c d e", "a b c d e", PickProblem.MANY, id="five"),
        pytest.param("a a", "a", PickProblem.REPEATED, id="one-twice"),
        pytest.param("a b a", "a b", PickProblem.REPEATED, id="one-of-two-twice"),
        pytest.param("a x", "a", PickProblem.UNKNOWN, id="an-unknown-one"),
        pytest.param("x", "", PickProblem.UNKNOWN, id="nothing-but-an-unknown-one"),
        pytest.param("x x a b c d e", "a b c d e", PickProblem.UNKNOWN, id="unknown-is-told-first"),
    ],
)
def test_a_choice_can_be_compared_or_says_why_not(asked: str, slugs: str, problem: PickProblem | None) -> None:
    found = pick(asked.split(), KNOWN)
    assert (" ".join(found.slugs), found.problem) == (slugs, problem)


@deterministic
@given(st.lists(st.sampled_from([*KNOWN, "x"])), st.randoms(use_true_random=False))
def test_one_choice_has_one_address(asked: list[str], chance: Random) -> None:
    shuffled = asked.copy()
    chance.shuffle(shuffled)
    assert pick(shuffled, KNOWN) == pick(asked, KNOWN)


@pytest.mark.parametrize(
    ("tenths", "expected"),
    [
        pytest.param([95, 60, 70], 35, id="highest-minus-lowest"),
        pytest.param([70, 70], 0, id="equal"),
        pytest.param([0, 100], 100, id="the-whole-scale"),
        pytest.param([70, None, 20], 50, id="an-absence-is-no-zero"),
        pytest.param([70, None], None, id="one-value-has-nothing-to-differ-from"),
        pytest.param([None, None], None, id="no-value"),
        pytest.param([], None, id="nobody"),
    ],
)
def test_the_spread_of_scores(tenths: list[int | None], expected: int | None) -> None:
    assert spread(tenths) == expected


def compared(line: str, number: int = 1) -> DemandCompared:
    """One demand over A, B, C…, as ``8 7.5 -``."""
    demand = Demand(number, "safety", 1, f"Demanda {number}", f"Demand {number}")
    sides = [
        (entry, PublishedScore(entry.cvegeo, number, 1, WORDS.get(cell) or Score.from_text(cell)))
        for entry, cell in zip(ENTRIES.values(), line.split(), strict=False)
    ]
    return compare_demand(demand, sides, {})


@pytest.mark.parametrize(
    ("line", "ahead"),
    [
        pytest.param("8 7", "A", id="the-higher-score"),
        pytest.param("7 8 8", "BC", id="a-tie-at-the-top"),
        pytest.param("8 8", "", id="equal-scores-put-nobody-ahead"),
        pytest.param("8 -", "", id="against-an-absence-nobody-is-ahead"),
        pytest.param("8 refused 7", "A", id="an-absence-takes-no-part"),
        pytest.param("0 - 0.1", "C", id="a-zero-does"),
    ],
)
def test_ahead_is_who_has_most_where_scores_differ(line: str, ahead: str) -> None:
    assert "".join(entry.cvegeo for entry in compared(line).ahead) == ahead


def test_the_widest_difference_comes_first_then_the_number() -> None:
    lines = ["8 7", "9 -", "9 1", "5 5", "7 6"]
    rows = by_difference(compared(line, number) for number, line in enumerate(lines, start=1))
    assert [row.demand.number for row in rows] == [3, 1, 5, 4, 2]


cells = st.lists(st.sampled_from(["0", "5", "7.5", "10", "-"]), min_size=2, max_size=4)


@deterministic
@given(st.lists(cells, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_differences_depends_on_the_scores_alone(drawn: list[list[str]], chance: Random) -> None:
    rows = [compared(" ".join(line), number) for number, line in enumerate(drawn, start=1)]
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    found = by_difference(shuffled)
    assert found == by_difference(rows)
    assert sorted(row.demand.number for row in found) == list(range(1, len(rows) + 1))
    widths = [-1 if row.spread is None else row.spread for row in found]
    assert widths == sorted(widths, reverse=True)


@deterministic
@given(cells)
def test_who_is_ahead_has_the_highest_score(drawn: list[str]) -> None:
    row = compared(" ".join(drawn))
    given_scores = [cell.tenths for cell in row.cells if cell.tenths is not None]
    assert all(cell.tenths == max(given_scores) for cell in row.cells if cell.is_ahead)
    assert bool(row.ahead) == bool(row.spread)


def test_leads_count_the_demands_in_which_one_alone_is_ahead() -> None:
    rows = [compared(line) for line in ("8 7 1", "7 9 1", "6 9 1", "8 8 1", "5 5 5", "9 - -")]
    assert [(lead.entry.cvegeo, lead.demands) for lead in leads(rows, ENTRIES.values())] == [("B", 2), ("A", 1)]


def ahead(*places: int | None) -> str:
    sides = [
        (
            entry,
            Standing(
                OVERALL,
                entry.cvegeo,
                1,
                1,
                1,
                0,
                1,
                1,
                tenths=99,
                place=place,
                unplaced=None if place else Unplaced.REFUSED,
            ),
        )
        for entry, place in zip(ENTRIES.values(), places, strict=False)
    ]
    return "".join(side.entry.cvegeo for side in compare_average(None, sides, 9).ahead)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        pytest.param((4, 2), "B", id="the-better-place"),
        pytest.param((2, 2, 5), "AB", id="a-shared-place"),
        pytest.param((None, 7, 9), "B", id="without-a-place-nobody-is-ahead-whatever-the-average"),
        pytest.param((None, 7), "", id="nor-is-the-only-one-with-a-place"),
        pytest.param((None, None), "", id="nobody-placed"),
    ],
)
def test_ahead_in_an_average_is_who_has_the_better_place(places: tuple[int | None, ...], expected: str) -> None:
    assert ahead(*places) == expected


def entries(letters: str) -> list[Entry]:
    return [ENTRIES[letter] for letter in letters]


@pytest.mark.parametrize(
    ("chosen", "neighbours", "similar", "expected"),
    [
        pytest.param("A", "BC", "D", "B C D", id="neighbours-first"),
        pytest.param("A", "B", "BD", "B D", id="each-once"),
        pytest.param("AB", "BC", "A", "C", id="nobody-who-is-chosen"),
        pytest.param("ABCD", "E", "E", "", id="none-once-four-are-chosen"),
        pytest.param("", "", "", "", id="nobody"),
    ],
)
def test_whom_to_add(chosen: str, neighbours: str, similar: str, expected: str) -> None:
    found = suggestions(entries(chosen), entries(neighbours), entries(similar))
    assert " ".join(row.entry.cvegeo for row in found) == expected
    assert all(row.slugs == tuple(sorted([*chosen.lower(), row.entry.slug])) for row in found)


def test_a_suggestion_says_why() -> None:
    found = suggestions(entries("A"), entries("B"), entries("BC"))
    assert [row.likeness for row in found] == [Likeness.NEIGHBOUR, Likeness.POPULATION]


def test_no_more_are_suggested_than_asked_for() -> None:
    assert len(suggestions(entries("A"), entries("BC"), entries("DE"), most=3)) == 3


def test_the_last_rounds_stand_side_by_side_with_their_gaps_and_handovers() -> None:
    def points(values: list[int | None], mandates: str) -> list[TrendPoint]:
        return [
            TrendPoint(n, date(2021, n, 1), date(2021, n, 28), value, None if value else Unplaced.NOT_RATED, mandate)
            for n, (value, mandate) in enumerate(zip(values, mandates, strict=True), start=1)
        ]

    trends = [trend(points([50, None, 70], "xxx")), trend(points([40, 41, 42], "xyy"))]
    rows = last_rounds(trends, [{2, 3}, {1}], 2)
    assert [[point.tenths for point in row.points] for row in rows] == [[None, 41], [70, 42]]
    assert [row.handovers for row in rows] == [(False, True), (False, False)]
    assert [row.unplaced for row in rows] == [(False, False), (True, False)]
    assert [row.first.round_number for row in rows] == [2, 3]
