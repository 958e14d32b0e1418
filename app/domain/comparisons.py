"""Two to four municipalities of one round side by side: who is ahead, in what, and where they differ most."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.editions import Demand, Edition, Theme
from app.domain.publications import Entry, PublishedScore, Standing
from app.domain.scorecard import RoundFrame
from app.domain.scores import Score
from app.domain.texts import Text
from app.domain.trends import Trend, TrendPoint

FEWEST, MOST = 2, 4
ROUNDS_SHOWN = 6
"""How many of the last rounds a comparison tells of."""


class PickProblem(StrEnum):
    """Why a choice of municipalities cannot be compared; ``NONE``: it is not made yet."""

    NONE = "none"
    FEW = "few"
    MANY = "many"
    REPEATED = "repeated"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Pick:
    """What a reader chose: the known municipalities by address name in alphabetical order, and what is wrong."""

    slugs: tuple[str, ...]
    problem: PickProblem | None = None


def pick(asked: Sequence[str], known: Collection[str]) -> Pick:
    """Judge a choice. Alphabetical by address name, so that one comparison has one address."""
    slugs = tuple(sorted(set(asked) & set(known)))
    if not asked:
        return Pick((), PickProblem.NONE)
    if set(asked) - set(known):
        return Pick(slugs, PickProblem.UNKNOWN)
    if len(slugs) < len(asked):
        return Pick(slugs, PickProblem.REPEATED)
    if len(slugs) < FEWEST:
        return Pick(slugs, PickProblem.FEW)
    return Pick(slugs, PickProblem.MANY if len(slugs) > MOST else None)


@dataclass(frozen=True)
class CellCompared:
    """One municipality in one demand: its score, what was written about it, and whether nobody here has more."""

    entry: Entry
    score: PublishedScore
    reason: Text | None = None
    is_ahead: bool = False

    @property
    def tenths(self) -> int | None:
        """The score in tenths; None for an absence."""
        return self.score.rating.tenths if isinstance(self.score.rating, Score) else None


@dataclass(frozen=True)
class DemandCompared:
    """One demand over the municipalities compared; ``spread`` in tenths, None with fewer than two scores."""

    demand: Demand
    cells: tuple[CellCompared, ...]
    spread: int | None

    @property
    def ahead(self) -> tuple[Entry, ...]:
        """Who has the highest score, where scores differ."""
        return tuple(cell.entry for cell in self.cells if cell.is_ahead)


@dataclass(frozen=True)
class StandingCompared:
    """One municipality in one ranking, and whether nobody here is placed above it."""

    entry: Entry
    standing: Standing
    is_ahead: bool = False


@dataclass(frozen=True)
class AverageCompared:
    """The overall average (no theme), or that of a theme, over the municipalities compared."""

    theme: Theme | None
    sides: tuple[StandingCompared, ...]
    out_of: int

    @property
    def ahead(self) -> tuple[StandingCompared, ...]:
        """Who is placed above the others; all of those who share it."""
        return tuple(side for side in self.sides if side.is_ahead)

    @property
    def unplaced(self) -> tuple[StandingCompared, ...]:
        """Who has no place here."""
        return tuple(side for side in self.sides if side.standing.place is None)

    @property
    def has_values(self) -> bool:
        """Whether anybody has an average."""
        return any(side.standing.tenths is not None for side in self.sides)


def spread(tenths: Iterable[int | None]) -> int | None:
    """Highest minus lowest of the values there are; None with fewer than two. An absence is no 0."""
    given = [value for value in tenths if value is not None]
    return max(given) - min(given) if len(given) > 1 else None


def by_difference(demands: Iterable[DemandCompared]) -> tuple[DemandCompared, ...]:
    """The widest spread first, equal ones by number; those with nothing to compare last."""
    return tuple(sorted(demands, key=lambda row: (row.spread is None, -(row.spread or 0), row.demand.number)))


def compare_demand(
    demand: Demand, sides: Sequence[tuple[Entry, PublishedScore]], reasons: Mapping[str, Text]
) -> DemandCompared:
    """One demand over some municipalities; ``reasons`` by municipality. Ahead is who has most where scores differ."""
    cells = [CellCompared(entry, score, reasons.get(entry.cvegeo)) for entry, score in sides]
    width = spread(cell.tenths for cell in cells)
    top = max((cell.tenths for cell in cells if cell.tenths is not None), default=None) if width else None
    marked = (
        CellCompared(cell.entry, cell.score, cell.reason, top is not None and cell.tenths == top) for cell in cells
    )
    return DemandCompared(demand, tuple(marked), width)


def compare_average(theme: Theme | None, sides: Sequence[tuple[Entry, Standing]], out_of: int) -> AverageCompared:
    """One average over some municipalities. Who has no place is never ahead; one alone with a place is not either."""
    places = [row.place for _, row in sides if row.place is not None]
    best = min(places) if len(places) > 1 else None
    marked = (StandingCompared(entry, row, best is not None and row.place == best) for entry, row in sides)
    return AverageCompared(theme, tuple(marked), out_of)


@dataclass(frozen=True)
class Lead:
    """In how many demands a municipality alone has the highest score."""

    entry: Entry
    demands: int


def leads(demands: Iterable[DemandCompared], entries: Iterable[Entry]) -> tuple[Lead, ...]:
    """How many demands each leads alone, the most first; who leads none is left out."""
    alone = [row.ahead[0].cvegeo for row in demands if len(row.ahead) == 1]
    counted = (Lead(entry, alone.count(entry.cvegeo)) for entry in entries)
    return tuple(sorted((lead for lead in counted if lead.demands), key=lambda lead: -lead.demands))


class Likeness(StrEnum):
    """Why a municipality is suggested."""

    NEIGHBOUR = "neighbour"
    POPULATION = "population"


@dataclass(frozen=True)
class Suggestion:
    """A municipality to stand beside the others, and the address names of that comparison."""

    entry: Entry
    likeness: Likeness
    slugs: tuple[str, ...]


def suggestions(
    chosen: Sequence[Entry], neighbours: Iterable[Entry], similar: Iterable[Entry], most: int = 4
) -> tuple[Suggestion, ...]:
    """Whom to add: the neighbours in the ranking, then those of a like population; none once four are chosen."""
    if len(chosen) >= MOST:
        return ()
    slugs = {entry.slug for entry in chosen}
    found: dict[str, Suggestion] = {}
    named = [(entry, Likeness.NEIGHBOUR) for entry in neighbours] + [(e, Likeness.POPULATION) for e in similar]
    for entry, likeness in named:
        if entry.slug not in slugs and entry.slug not in found:
            found[entry.slug] = Suggestion(entry, likeness, tuple(sorted({*slugs, entry.slug})))
    return tuple(found.values())[:most]


@dataclass(frozen=True)
class RoundCompared:
    """One round of the municipalities compared, in their order: its points, gaps with their cause.

    ``unplaced`` marks the averages that earned no place: they do not compare with the others.
    """

    points: tuple[TrendPoint, ...]
    handovers: tuple[bool, ...]
    unplaced: tuple[bool, ...]

    @property
    def first(self) -> TrendPoint:
        """Any of its points: they share number and dates."""
        return self.points[0]


def last_rounds(
    trends: Sequence[Trend], unplaced: Sequence[Collection[int]], count: int = ROUNDS_SHOWN
) -> tuple[RoundCompared, ...]:
    """The last rounds over all trends, oldest first; trends of one edition have the same rounds.

    ``unplaced`` names, for each trend, the rounds whose average earned no place.
    """
    together = []
    for points in zip(*(trend.points for trend in trends), strict=True):
        beside = list(zip(points, trends, unplaced, strict=True))
        handovers = tuple(point in trend.handovers for point, trend, _ in beside)
        barred = tuple(point.tenths is not None and point.round_number in numbers for point, _, numbers in beside)
        together.append(RoundCompared(points, handovers, barred))
    return tuple(together[-count:])


@dataclass(frozen=True)
class Picker:
    """The page on which municipalities are chosen: all there are, the choice so far, and whom to add to it."""

    frame: RoundFrame
    entries: tuple[Entry, ...]
    pick: Pick
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition

    @property
    def chosen(self) -> tuple[Entry, ...]:
        """The municipalities chosen so far."""
        return tuple(entry for entry in self.entries if entry.slug in self.pick.slugs)


@dataclass(frozen=True)
class Comparison:
    """Some municipalities of the newest round side by side.

    ``averages`` has the overall one first, where there is one. ``over`` is what ``rounds`` tell of: a theme, or None
    for the overall average.
    """

    frame: RoundFrame
    entries: tuple[Entry, ...]
    averages: tuple[AverageCompared, ...]
    demands: tuple[DemandCompared, ...]
    over: Theme | None
    rounds: tuple[RoundCompared, ...]
    suggestions: tuple[Suggestion, ...]

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition

    @property
    def headline(self) -> AverageCompared | None:
        """The average that the page opens with: the overall one, else the first theme's that anybody has."""
        return next((row for row in self.averages if row.theme == self.over and row.has_values), None)

    @property
    def names(self) -> tuple[str, ...]:
        """The municipalities by name."""
        return tuple(entry.name for entry in self.entries)

    @property
    def slugs(self) -> tuple[str, ...]:
        """Their names as the address of the comparison has them: in alphabetical order."""
        return tuple(sorted(entry.slug for entry in self.entries))

    @property
    def different(self) -> tuple[DemandCompared, ...]:
        """The demands in which they differ, the widest difference first."""
        return tuple(row for row in self.demands if row.spread)

    @property
    def equal(self) -> tuple[DemandCompared, ...]:
        """The demands in which all scores are the same."""
        return tuple(row for row in self.demands if row.spread == 0)

    @property
    def apart(self) -> tuple[DemandCompared, ...]:
        """The demands with fewer than two scores to compare."""
        return tuple(row for row in self.demands if row.spread is None)

    @property
    def leads(self) -> tuple[Lead, ...]:
        """In how many demands each is ahead alone."""
        return leads(self.demands, self.entries)
