"""Change between two rounds on their common set, and the trend of a municipality with real gaps."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.averages import average, round_to_tenths
from app.domain.ranking import Unplaced
from app.domain.scores import Ratings, Score


@dataclass(frozen=True)
class Change:
    """The difference of two means over the demands rated in both rounds.

    ``exact`` in points; ``common`` counts those demands; ``common_weight`` adds up their weights.
    """

    exact: Fraction
    common: int
    common_weight: int

    @property
    def tenths(self) -> int:
        """The displayed change in whole tenths; negative for a fall."""
        return round_to_tenths(self.exact)


def change(now: Ratings, before: Ratings, weights: Mapping[int, int]) -> Change | None:
    """Change over the demands of ``weights`` with a score in both rounds (SCORING §4); None with nothing in common.

    The caller compares one mandate with itself: a new mayor has no change.
    """
    common = [n for n in weights if isinstance(now.get(n), Score) and isinstance(before.get(n), Score)]
    mean_now = average((now[n], weights[n]) for n in common)
    mean_before = average((before[n], weights[n]) for n in common)
    if mean_now.exact is None or mean_before.exact is None:
        return None
    return Change(mean_now.exact - mean_before.exact, len(common), mean_now.rated_weight)


@dataclass(frozen=True)
class TrendPoint:
    """One round of a trend, at the round's own dates.

    ``tenths`` is None where there is a gap and ``cause`` then says why; with a value, it says why that has no place.
    ``mandate`` identifies the mayor in office.
    """

    round_number: int
    starts_on: date
    ends_on: date
    tenths: int | None
    cause: Unplaced | None
    mandate: str


@dataclass(frozen=True)
class Trend:
    """All points in time order, and the unbroken runs that a line may join."""

    points: tuple[TrendPoint, ...]
    segments: tuple[tuple[TrendPoint, ...], ...]
    handovers: tuple[TrendPoint, ...]


def trend(points: Iterable[TrendPoint]) -> Trend:
    """Cut the points where a line would lie: at a gap, at a missing round and at a change of mayor (SCORING §4)."""
    ordered = tuple(sorted(points, key=lambda point: point.round_number))
    segments: list[list[TrendPoint]] = []
    handovers: list[TrendPoint] = []
    previous: TrendPoint | None = None
    for point in ordered:
        if previous is not None and previous.mandate != point.mandate:
            handovers.append(point)
        if point.tenths is not None:
            if previous is None or not _joined(previous, point):
                segments.append([])
            segments[-1].append(point)
        previous = point
    return Trend(ordered, tuple(tuple(segment) for segment in segments), tuple(handovers))


def _joined(left: TrendPoint, right: TrendPoint) -> bool:
    follows = right.round_number == left.round_number + 1
    return follows and left.tenths is not None and left.mandate == right.mandate


def months_in_office(took_office_on: date, day: date) -> int:
    """Whole months from taking office to that day: the axis of "same point of the term"."""
    months = (day.year - took_office_on.year) * 12 + day.month - took_office_on.month
    return months - (day.day < took_office_on.day)
