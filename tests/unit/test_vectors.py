"""The cases that the browser's arithmetic is held to are met by the server's: averages, places, changes, codes."""

from collections import Counter
from fractions import Fraction

import pytest

from app.domain.averages import average, round_to_tenths
from app.domain.manifests import sha256
from app.domain.ranking import bar_to_a_place, rank
from app.domain.scores import Score
from tests.unit.examples import candidates, cells
from tests.unit.vectors import DECIDED, FIELDS, ROUNDS, Case, places_of, read, rows_of

SUMS = read("sums")
DRAWN = read("rounds")
REPLIES = read("replies")


@pytest.mark.parametrize(("exact", "tenths"), SUMS["rounding"])
def test_a_value_is_rounded_as_the_vectors_say(exact: str, tenths: str) -> None:
    assert str(round_to_tenths(Fraction(exact))) == tenths


@pytest.mark.parametrize("case", SUMS["averages"], ids=lambda case: f"{case['cells']}, {case['least']}, {case['zero']}")
def test_an_average_is_what_the_vectors_say(case: Case) -> None:
    found = average(cells(case["cells"], case["weights"]), Score(0) if case["zero"] else None)
    assert (None if found.exact is None else str(found.exact)) == case["exact"]
    counts = [found.rated, found.applicable, found.refused, found.rated_weight, found.applicable_weight]
    assert counts == case["counts"]
    assert bar_to_a_place(found, Fraction(case["least"], 100), refusals_count=case["zero"]) == case["unplaced"]


@pytest.mark.parametrize("case", SUMS["places"], ids=lambda case: " ".join(case["values"]))
def test_places_are_what_the_vectors_say(case: Case) -> None:
    rows = rank(candidates(case["values"])).placed
    found = [(row.key, row.tenths, row.place.number, row.place.shared) for row in rows if row.place is not None]
    assert [f"{key} {tenths} {place} {'yes' if shared else 'no'}" for key, tenths, place, shared in found] == case[
        "rows"
    ]


@pytest.mark.parametrize(("text", "code"), SUMS["codes"])
def test_a_code_is_what_the_vectors_say(text: str, code: str) -> None:
    assert sha256(text.encode()) == code


@pytest.mark.parametrize("number", range(ROUNDS))
def test_every_row_of_a_drawn_round_is_what_the_vectors_say(number: int) -> None:
    assert rows_of(DRAWN[number]) == DRAWN[number]["rows"]


def test_the_drawn_rounds_meet_every_rule() -> None:
    assert len(DRAWN) == ROUNDS
    rows = [dict(zip(FIELDS, line.split()[2:], strict=True)) for case in DRAWN for line in case["rows"]]
    reasons = Counter(row["unplaced"] for row in rows)
    assert set(reasons) == {
        *("-", "refused", "low_coverage", "not_rated", "not_applicable", "pending", "unpublished"),
    }
    assert sum(row["shared"] == "yes" for row in rows) > ROUNDS / 4
    assert sum(row["change_tenths"].startswith("-") and row["change_tenths"] != "-" for row in rows) > ROUNDS / 4
    assert sum("/" in row["exact"] for row in rows) > ROUNDS


@pytest.mark.parametrize("number", range(DECIDED))
def test_the_places_of_drawn_decisions_are_what_the_vectors_say(number: int) -> None:
    assert places_of(REPLIES[number]) == REPLIES[number]["places"]


def test_the_drawn_decisions_meet_every_kind_of_move() -> None:
    moves = [line.split()[2:] for case in REPLIES for line in case["places"]]
    assert len(REPLIES) == DECIDED
    assert {(before == "-", after == "-") for before, after in moves} == {(a, b) for a in (0, 1) for b in (0, 1)}
    assert any(before != after and "-" not in (before, after) for before, after in moves)
