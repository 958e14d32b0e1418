"""Ordered places: ties on the displayed value, and who is eligible for a place at all.

This is the only place where rows are put in order. The same function ranks overall, by theme, by demand and by change.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import accumulate

from app.domain.averages import Average, round_to_tenths
from app.domain.scores import Absence


class Unplaced(StrEnum):
    """Why a row stands without a place."""

    REFUSED = "refused"
    LOW_COVERAGE = "low_coverage"
    NOT_RATED = "not_rated"
    NOT_APPLICABLE = "not_applicable"
    PENDING = "pending"
    UNPUBLISHED = "unpublished"
    NO_COMPARISON = "no_comparison"


@dataclass(frozen=True)
class Candidate:
    """One row to be ranked: its key, its stored Spanish sort key, its exact value and, if any, what bars it."""

    key: str
    sort_key: str
    exact: Fraction | None
    unplaced: Unplaced | None = None


@dataclass(frozen=True)
class Place:
    """A place among those placed: ``number`` starts at 1, ``shared`` is the "=" of a tie."""

    number: int
    shared: bool


@dataclass(frozen=True)
class Ranked:
    """A candidate with its displayed value in tenths and its place, or the reason for having none."""

    key: str
    tenths: int | None
    place: Place | None
    unplaced: Unplaced | None


@dataclass(frozen=True)
class RankedRows:
    """Three blocks, each in final order: the placed, those who withheld information, the other unplaced."""

    placed: tuple[Ranked, ...]
    refused: tuple[Ranked, ...]
    unplaced: tuple[Ranked, ...]


def bar_to_a_place(average: Average, minimum_coverage: Fraction, *, refusals_count: bool) -> Unplaced | None:
    """Say what keeps this average from a place (SCORING §2), or None where it is eligible.

    ``refusals_count`` is true where the method lets a refusal count as a value; then it bars nobody.
    """
    if average.refused and not refusals_count:
        return Unplaced.REFUSED
    if average.exact is None:
        return _nothing_rated(average)
    coverage = average.coverage
    return None if coverage is not None and coverage >= minimum_coverage else Unplaced.LOW_COVERAGE


def _nothing_rated(average: Average) -> Unplaced:
    if not average.applicable:
        return Unplaced.NOT_APPLICABLE
    kinds = average.absences - {Absence.NOT_APPLICABLE}
    return Unplaced(next(iter(kinds)).value) if len(kinds) == 1 else Unplaced.NOT_RATED


def rank(candidates: Iterable[Candidate]) -> RankedRows:
    """Order candidates by displayed value, highest first; equal displayed values share the place (SCORING §3).

    Places run 1, 2, 2, 4. Rows of a tie, and rows without a place, stand in the order of their sort keys.
    """
    rows = sorted(candidates, key=lambda row: (row.sort_key, row.key))
    eligible = [(row, round_to_tenths(row.exact)) for row in rows if row.unplaced is None and row.exact is not None]
    eligible.sort(key=lambda pair: -pair[1])
    counts = Counter(tenths for _, tenths in eligible)
    heights = sorted(counts, reverse=True)
    first = dict(zip(heights, accumulate((counts[h] for h in heights), initial=1), strict=False))
    barred = [_barred(row) for row in rows if row.unplaced is not None or row.exact is None]
    return RankedRows(
        placed=tuple(Ranked(row.key, t, Place(first[t], shared=counts[t] > 1), None) for row, t in eligible),
        refused=tuple(row for row in barred if row.unplaced is Unplaced.REFUSED),
        unplaced=tuple(row for row in barred if row.unplaced is not Unplaced.REFUSED),
    )


def _barred(row: Candidate) -> Ranked:
    tenths = None if row.exact is None else round_to_tenths(row.exact)
    return Ranked(row.key, tenths, None, row.unplaced or Unplaced.NOT_RATED)
