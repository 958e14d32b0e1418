"""How firm a place is: its range under other weights, and what it would take to climb (SCORING §5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from app.domain.averages import average
from app.domain.ranking import Candidate, RankedRows, bar_to_a_place, rank
from app.domain.scores import HIGHEST_TENTHS, Absence, Rating, Ratings, Score


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


def standing_of(table: Table) -> RankedRows:
    """Rank the table under the method's own weights."""
    return _ranked(table, table.weights, _eligible(table))


def place_ranges(table: Table) -> dict[str, PlaceRange]:
    """The range of every placed row, over: each demand left out once, each demand's weight doubled once.

    Who is eligible is decided once, under the method; a row with nothing left in a variation skips it.
    """
    eligible = _eligible(table)
    base = _places(_ranked(table, table.weights, eligible))
    met = {key: {place} for key, place in base.items()}
    for weights in _variations(table.weights):
        for key, place in _places(_ranked(table, weights, eligible)).items():
            met[key].add(place)
    return {key: PlaceRange(base[key], min(places), max(places)) for key, places in met.items()}


def not_clearly_apart(table: Table) -> tuple[tuple[str, str], ...]:
    """Neighbours in the ranking whose ranges each contain the other's place."""
    ranges = place_ranges(table)
    placed = [row.key for row in standing_of(table).placed]
    pairs = pairwise(placed)
    return tuple((a, b) for a, b in pairs if _within(ranges[a], ranges[b]) and _within(ranges[b], ranges[a]))


def what_it_would_take(table: Table, key: str) -> dict[int, Score | None]:
    """For each demand, the smallest score that gives this row any better place, all else unchanged.

    None where not even 10 does; a demand that is not applicable, or already at 10, is left out.
    """
    now = _places(standing_of(table)).get(key)
    return {
        number: _smallest_step(table, key, number, now)
        for number in table.weights
        if _can_rise(table.rows[key].get(number, Absence.NOT_RATED))
    }


def _can_rise(rating: Rating) -> bool:
    return rating is not Absence.NOT_APPLICABLE and rating != Score(HIGHEST_TENTHS)


def _smallest_step(table: Table, key: str, number: int, now: int | None) -> Score | None:
    rating = table.rows[key].get(number, Absence.NOT_RATED)
    lowest = rating.tenths + 1 if isinstance(rating, Score) else 0

    def climbs(tenths: int) -> bool:
        place = _places(standing_of(_with(table, key, number, Score(tenths)))).get(key)
        return place is not None and (now is None or place < now)

    if not climbs(HIGHEST_TENTHS):
        return None
    low, high = lowest, HIGHEST_TENTHS  # a higher score never lowers the place, so the border can be halved
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if climbs(middle) else (middle + 1, high)
    return Score(low)


def _with(table: Table, key: str, number: int, score: Score) -> Table:
    rows = {**table.rows, key: {**table.rows[key], number: score}}
    return Table(rows, table.sort_keys, table.weights, table.minimum_coverage, table.refused_counts_as)


def _eligible(table: Table) -> frozenset[str]:
    refusals_count = table.refused_counts_as is not None
    return frozenset(
        key
        for key, ratings in table.rows.items()
        if bar_to_a_place(
            average(_cells(ratings, table.weights), table.refused_counts_as),
            table.minimum_coverage,
            refusals_count=refusals_count,
        )
        is None
    )


def _cells(ratings: Ratings, weights: Mapping[int, int]) -> Iterator[tuple[Rating, int]]:
    return ((ratings.get(number, Absence.NOT_RATED), weight) for number, weight in weights.items())


def _ranked(table: Table, weights: Mapping[int, int], eligible: frozenset[str]) -> RankedRows:
    return rank(
        Candidate(key, table.sort_keys[key], average(_cells(table.rows[key], weights), table.refused_counts_as).exact)
        for key in eligible
    )


def _places(rows: RankedRows) -> dict[str, int]:
    return {row.key: row.place.number for row in rows.placed if row.place is not None}


def _variations(weights: Mapping[int, int]) -> Iterator[dict[int, int]]:
    for number in weights:
        yield {other: weight for other, weight in weights.items() if other != number}
        yield {**weights, number: weights[number] * 2}


def _within(outer: PlaceRange, inner: PlaceRange) -> bool:
    return outer.best <= inner.place <= outer.worst
