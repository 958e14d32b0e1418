"""How firm a place is: its range under other weights, and what it would take to climb (SCORING §5)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise

from app.domain.averages import Average, average, counted, round_to_tenths
from app.domain.ranking import Candidate, Place, RankedRows, Unplaced, bar_to_a_place, rank
from app.domain.scores import HIGHEST_TENTHS, Absence, Rating, Ratings, Score
from app.domain.spreads import Spread


@dataclass(frozen=True)
class Table:
    """The ratings behind one ranking: rows by municipality key, weights by demand number, and the method's limits."""

    rows: Mapping[str, Ratings]
    sort_keys: Mapping[str, str]
    weights: Mapping[int, int]
    minimum_coverage: Fraction
    refused_counts_as: Score | None = None


@dataclass(frozen=True)
class PlaceRange:
    """The place under the method, and the best and worst over it and all variations."""

    place: int
    best: int
    worst: int


@dataclass(frozen=True)
class Step:
    """A score that would lift a row, and the place that it would give."""

    score: Score
    place: Place


def standing_of(table: Table) -> RankedRows:
    """Rank the table under the method's own weights."""
    return _ranked(table, _eligible(table))


def place_ranges(table: Table) -> dict[str, PlaceRange]:
    """The range of every placed row, over: each demand left out once, each demand's weight doubled once.

    Who is eligible is decided once, under the method; a row with nothing left in a variation skips it.
    """
    rows = {key: _points(table, key) for key in _eligible(table)}
    base = _places(rows, lambda row: (row.points, row.weight))
    met = {key: {place} for key, place in base.items()}
    for change in _variations(table.weights):
        for key, place in _places(rows, change).items():
            met[key].add(place)
    return {key: PlaceRange(base[key], min(places), max(places)) for key, places in met.items()}


def not_clearly_apart(table: Table) -> tuple[tuple[str, str], ...]:
    """Neighbours in the ranking whose ranges each contain the other's place."""
    ranges = place_ranges(table)
    pairs = pairwise(row.key for row in standing_of(table).placed)
    return tuple((a, b) for a, b in pairs if not are_clearly_apart(ranges[a], ranges[b]))


def are_clearly_apart(one: PlaceRange, other: PlaceRange) -> bool:
    """Whether the range of at least one of two rows leaves out the place of the other."""
    return not (one.best <= other.place <= one.worst and other.best <= one.place <= other.worst)


def what_it_would_take(table: Table, key: str) -> dict[int, Score | None]:
    """For each demand, the smallest score that gives this row any better place, all else unchanged.

    None where not even 10 does; a demand that is not applicable, or already at 10, is left out.
    """
    return {number: step.score if step else None for number, step in steps_up(table, key).items()}


def steps_up(table: Table, key: str) -> dict[int, Step | None]:
    """The same, with the place that the score would give. The others' displayed values stay as they are."""
    eligible = _eligible(table)
    rows = {other: _points(table, other) for other in eligible if other != key}
    others = Spread.of(_shown(row.points, row.weight) for row in rows.values())
    ratings = table.rows[key]
    now = _place_among(table, ratings, others)
    return {
        number: _smallest_step(table, ratings, number, others, now)
        for number in table.weights
        if _can_rise(ratings.get(number, Absence.NOT_RATED))
    }


def _can_rise(rating: Rating) -> bool:
    return rating is not Absence.NOT_APPLICABLE and rating != Score(HIGHEST_TENTHS)


def _smallest_step(table: Table, ratings: Ratings, number: int, others: Spread, now: Place | None) -> Step | None:
    rating = ratings.get(number, Absence.NOT_RATED)
    lowest = rating.tenths + 1 if isinstance(rating, Score) else 0

    def climb(tenths: int) -> Step | None:
        place = _place_among(table, {**ratings, number: Score(tenths)}, others)
        return Step(Score(tenths), place) if place and (now is None or place.number < now.number) else None

    if climb(HIGHEST_TENTHS) is None:
        return None
    low, high = lowest, HIGHEST_TENTHS  # a higher score never lowers the place, so the border can be halved
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if climb(middle) else (middle + 1, high)
    return climb(low)


def _place_among(table: Table, ratings: Ratings, others: Spread) -> Place | None:
    """The place that these ratings give beside the others; None where they give none."""
    mean = average(_cells(ratings, table.weights), table.refused_counts_as)
    if _bar(table, mean) is not None or mean.tenths is None:
        return None
    return Place(*others.place_beside(mean.tenths))


def _eligible(table: Table) -> frozenset[str]:
    means = ((key, average(_cells(row, table.weights), table.refused_counts_as)) for key, row in table.rows.items())
    return frozenset(key for key, mean in means if _bar(table, mean) is None)


def _bar(table: Table, mean: Average) -> Unplaced | None:
    return bar_to_a_place(mean, table.minimum_coverage, refusals_count=table.refused_counts_as is not None)


def _cells(ratings: Ratings, weights: Mapping[int, int]) -> Iterator[tuple[Rating, int]]:
    return ((ratings.get(number, Absence.NOT_RATED), weight) for number, weight in weights.items())


def _ranked(table: Table, eligible: frozenset[str]) -> RankedRows:
    return rank(
        Candidate(
            key, table.sort_keys[key], average(_cells(table.rows[key], table.weights), table.refused_counts_as).exact
        )
        for key in eligible
    )


@dataclass(frozen=True)
class _Points:
    """A row's sum: weight x tenths and weight of each demand that counts, and both added up."""

    cells: Mapping[int, tuple[int, int]]
    points: int
    weight: int


def _points(table: Table, key: str) -> _Points:
    seen = ((n, counted(rating, table.refused_counts_as)) for n, rating in table.rows[key].items())
    weights = table.weights
    cells = {
        n: (rating.tenths * weights[n], weights[n]) for n, rating in seen if isinstance(rating, Score) and n in weights
    }
    return _Points(cells, sum(points for points, _ in cells.values()), sum(weight for _, weight in cells.values()))


@cache
def _shown(points: int, weight: int) -> int:
    return round_to_tenths(Fraction(points, 10 * weight))


_Change = Callable[[_Points], tuple[int, int]]
"""A variation of the weights: a row's points and weight under it."""


def _places(rows: Mapping[str, _Points], change: _Change) -> dict[str, int]:
    sums = ((key, change(row)) for key, row in rows.items())
    shown = {key: _shown(points, weight) for key, (points, weight) in sums if weight}
    places = Spread.of(shown.values()).places
    return {key: places[tenths] for key, tenths in shown.items()}


def _variations(weights: Mapping[int, int]) -> Iterator[_Change]:
    for number in weights:
        yield partial(_again, number, -1)
        yield partial(_again, number, 1)


def _again(number: int, times: int, row: _Points) -> tuple[int, int]:
    """The row with one demand counted once more, or (-1) not at all."""
    points, weight = row.cells.get(number, (0, 0))
    return row.points + times * points, row.weight + times * weight
