"""The plane of a trend: days across, 0 to 10 upwards, and what is laid on it. Always the whole scale, never cut."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.charts.drawing import SIZE, hatched, label, mark, path, shortened, width_of
from app.charts.words import gap_cause
from app.domain.publications import Entry
from app.domain.scores import HIGHEST_TENTHS
from app.domain.trends import Trend, TrendPoint
from app.language import Language

ONE_DAY = 1
NARROWEST_STEP = 15
SMALL_DOT = 2


@dataclass(frozen=True)
class Line:
    """A trend with its name; ``mayors`` are those who held office, the first of each mandate's entries."""

    label: str
    trend: Trend
    mayors: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Plane:
    """Where days and tenths lie: a box in the drawing, the first and the last day that it shows."""

    left: float
    right: float
    top: float
    bottom: float
    first: date
    last: date

    def x(self, day: date) -> float:
        """How far across the beginning of a day lies."""
        return self._x(day.toordinal())

    def _x(self, ordinal: float) -> float:
        first, last = self.first.toordinal(), self.last.toordinal() + ONE_DAY
        return self.left + (ordinal - first) / (last - first) * (self.right - self.left)

    def y(self, tenths: int) -> float:
        """How far down a value lies."""
        return self.bottom - tenths / HIGHEST_TENTHS * (self.bottom - self.top)

    def middle(self, point: TrendPoint) -> float:
        """How far across the middle of a round lies, by its own dates."""
        return self._x((point.starts_on.toordinal() + point.ends_on.toordinal() + ONE_DAY) / 2)

    def end(self, point: TrendPoint) -> float:
        """How far across the end of a round lies."""
        return self._x(point.ends_on.toordinal() + ONE_DAY)

    def runs(self, trend: Trend) -> Iterator[list[tuple[float, float]]]:
        """The unbroken runs of a trend as points of the drawing."""
        for segment in trend.segments:
            yield [(self.middle(point), self.y(point.tenths)) for point in segment if point.tenths is not None]


def plane_of(trends: Sequence[Trend], left: float, right: float, top: float, bottom: float) -> Plane:
    """A plane from the first to the last day of these trends."""
    points = [point for trend in trends for point in trend.points]
    first, last = min(point.starts_on for point in points), max(point.ends_on for point in points)
    return Plane(left, right, top, bottom, first, last)


def grid(plane: Plane, steps: Sequence[int]) -> str:
    """Level lines with their numbers to the left."""
    lines = [mark("line", "rule", x1=plane.left, x2=plane.right, y1=plane.y(s * 10), y2=plane.y(s * 10)) for s in steps]
    numbers = [label(plane.left - 5, plane.y(s * 10) + 4, str(s), "soft", anchor="end") for s in steps]
    return "".join((*lines, *numbers))


def rounds(plane: Plane, trend: Trend, language: Language) -> str:
    """The numbers of the rounds under the plane, and the months of the first and the last."""
    step = (plane.right - plane.left) / len(trend.points)
    every = max(1, round(NARROWEST_STEP / step + 0.5))
    marks = [
        label(plane.middle(point), plane.bottom + 15, str(point.round_number), "soft", anchor="middle")
        for index, point in enumerate(reversed(trend.points))
        if index % every == 0
    ]
    first, last = trend.points[0], trend.points[-1]
    starts, ends = (language.short_months(point.starts_on, point.ends_on) for point in (first, last))
    y = plane.bottom + 30
    if len(trend.points) > 1 and width_of(starts) + width_of(ends) < plane.right - plane.left:
        marks.append(label(plane.left, y, starts, "soft"))
    marks.append(label(plane.right, y, ends, "soft", anchor="end"))
    return "".join(marks)


def gap_stretches(trend: Trend) -> Iterator[list[TrendPoint]]:
    """The rounds without a value, those that follow each other for the same cause together."""
    stretch: list[TrendPoint] = []
    for point in trend.points:
        if stretch and (point.tenths is not None or point.cause is not stretch[-1].cause):
            yield stretch
            stretch = []
        if point.tenths is None:
            stretch.append(point)
    if stretch:
        yield stretch


def gaps(key: str, plane: Plane, trend: Trend, language: Language, *, worded: bool = True) -> str:
    """Hatched stretches where there is no value, each with its cause written upwards."""
    marks = []
    for stretch in gap_stretches(trend):
        left, right = plane.x(stretch[0].starts_on), plane.end(stretch[-1])
        marks.append(hatched(key, left, plane.top, right - left, plane.bottom - plane.top))
        if worded and right - left >= SIZE:
            marks.append(_upwards((left + right) / 2, plane, gap_cause(stretch[0], language)))
    return "".join(marks)


def _upwards(x: float, plane: Plane, text: str) -> str:
    """Words along a stretch, on a ground of paper, from the bottom upwards."""
    shown = shortened(text, plane.bottom - plane.top - 14)
    long = width_of(shown) + 8
    ground = mark("rect", "paper", x=x - 8, y=plane.bottom - long - 3, width=16, height=long)
    turned = f"translate({x + 4:.1f} {plane.bottom - 7:.1f}) rotate(-90)"
    return ground + label(0, 0, shown, "soft", transform=turned)


def handovers(plane: Plane, trend: Trend) -> str:
    """A broken upright line where a new mayor took office."""
    marks = (mark("line", "mark", x1=x, x2=x, y1=plane.top - 4, y2=plane.bottom) for x in map(plane.x, changes(trend)))
    return "".join(marks)


def changes(trend: Trend) -> dict[date, str]:
    """Where the mandate changes, and which one begins: on its own day where that lies between the two rounds' middles.

    A round belongs to who was in office at its end, so a later day stands at the beginning of that round.
    """
    pairs = ((before, after) for before, after in pairwise(trend.points) if before.mandate != after.mandate)
    return {handover_day(before, after): after.mandate for before, after in pairs}


def handover_day(before: TrendPoint, after: TrendPoint) -> date:
    """The day at which a change of mayor is drawn; see ``changes``."""
    try:
        day = date.fromisoformat(after.mandate)
    except ValueError:
        return after.starts_on
    middle = after.starts_on + (after.ends_on - after.starts_on) / 2
    return day if before.ends_on < day < middle else after.starts_on


def mayors(plane: Plane, of: Line, *, above: float = 0) -> str:
    """The names of the mayors, so far above the plane, each where the mandate begins, one a line."""
    begins = {mandate: plane.x(day) for day, mandate in changes(of.trend).items()}
    marks = []
    for row, entry in enumerate(of.mayors):
        name = shortened(entry.mayor, plane.right - plane.left)
        x = begins.get(entry.mandate_starts_on.isoformat(), plane.left)
        x = max(plane.left, min(x, plane.right - width_of(name)))
        marks.append(label(x, plane.top - above - 8 - 15 * (len(of.mayors) - 1 - row), name))
    return "".join(marks)


def line(plane: Plane, trend: Trend, paint: str = "line", *, dots: float = 0) -> str:
    """The runs of a trend, never joined across a gap, with a dot for each value; a hollow one where it has no place."""
    marks = [path(run, paint) for run in plane.runs(trend)]
    if dots:
        marks += [
            mark("circle", _dot(point, dots), cx=plane.middle(point), cy=plane.y(point.tenths), r=dots)
            for point in trend.points
            if point.tenths is not None
        ]
    return "".join(marks)


def _dot(point: TrendPoint, dots: float) -> str:
    """Hollow where the value has no place: it was left incomplete, and does not compare."""
    if point.cause is not None:
        return "hollow"
    return "dot" if dots > SMALL_DOT else "fill"
