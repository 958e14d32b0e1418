"""Rankings as every rendering shows them: in final order, with all that stands in a row. Nobody sorts them again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.arithmetic import Sum
from app.domain.editions import Demand, Edition, Scope, Theme
from app.domain.orders import Orders
from app.domain.publications import Entry, PublishedFigure, PublishedScore, Standing
from app.domain.ranking import Place
from app.domain.replies import PublishedReply
from app.domain.scorecard import RoundFrame
from app.domain.scores import Score
from app.domain.standings import is_change_told


@dataclass(frozen=True)
class Part:
    """Which part of a long list a value holds: page ``number`` of ``of``, both from 1; ``rows`` counts all of it."""

    number: int
    of: int
    rows: int


class Movement(StrEnum):
    """Which way a place went since the round before."""

    UP = "up"
    DOWN = "down"
    SAME = "same"


def movement(standing: Standing | None, out_of: int) -> Movement | None:
    """How the place compares with the one before; None without both. A lower number is a better place.

    None, too, where not as many were placed then as the ``out_of`` now: from last of nine to last of seven is no rise.
    """
    if standing is None or standing.place is None or standing.previous_place is None:
        return None
    if standing.previous_out_of != out_of:
        return None
    if standing.place == standing.previous_place:
        return Movement.SAME
    return Movement.UP if standing.place < standing.previous_place else Movement.DOWN


@dataclass(frozen=True)
class RankingRow:
    """One municipality in one ranking, with all that stands in its row; ``sum`` is the arithmetic of its average.

    ``replies`` are the municipality's own to the scores of this ranking, by demand.
    """

    entry: Entry
    standing: Standing
    figure: PublishedFigure | None = None
    scores: Mapping[int, PublishedScore] = field(default_factory=dict)
    sum: Sum | None = None
    replies: Mapping[int, PublishedReply] = field(default_factory=dict)

    def movement(self, out_of: int) -> Movement | None:
        """Which way its place went since the round before."""
        return movement(self.standing, out_of)

    @property
    def tells_change(self) -> bool:
        """Whether its change may be told: no refusal now or before lifts it."""
        return is_change_told(self.standing)


@dataclass(frozen=True)
class PlacedOtherwise:
    """A row that the figures as its source printed them would place elsewhere, or alone instead of in a tie."""

    row: RankingRow
    printed: str
    place: Place


@dataclass(frozen=True)
class Pair:
    """The first two of a ranking: an example of what can be compared."""

    first: Entry
    second: Entry

    @property
    def slugs(self) -> tuple[str, ...]:
        """Their address names in alphabetical order."""
        return tuple(sorted((self.first.slug, self.second.slug)))


def first_two(entries: Iterable[Entry]) -> Pair | None:
    """The first two of some rows in order; None where there are fewer."""
    first, second = [*entries, None, None][:2]
    return Pair(first, second) if first and second else None


@dataclass(frozen=True)
class Ranking:
    """One ranking of one round in final order; nobody sorts it again.

    ``out_of`` counts all placed rows, also where ``part`` holds only some. ``otherwise`` names the rows that the
    figures printed by the source would place elsewhere.
    """

    frame: RoundFrame
    scope: Scope
    theme: Theme | None
    demand: Demand | None
    demands: tuple[Demand, ...]
    placed: tuple[RankingRow, ...]
    refused: tuple[RankingRow, ...]
    unplaced: tuple[RankingRow, ...]
    out_of: int
    part: Part
    otherwise: tuple[PlacedOtherwise, ...] = ()
    orders: Orders | None = None
    reordered: tuple[RankingRow, ...] = ()
    withheld: tuple[RankingRow, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition

    @property
    def blocks(self) -> tuple[tuple[str, tuple[RankingRow, ...]], ...]:
        """The rows as they stand on the page: in their three blocks, or in one where a reader ordered them."""
        if self.reordered:
            return (("reordered", self.reordered),)
        named = (("placed", self.placed), ("refused", self.refused), ("unplaced", self.unplaced))
        return tuple((name, rows) for name, rows in named if rows)

    @property
    def rows(self) -> tuple[RankingRow, ...]:
        """All rows: placed, then those who withheld information, then the other unplaced."""
        return (*self.placed, *self.refused, *self.unplaced)

    @property
    def refusals(self) -> tuple[RankingRow, ...]:
        """Everybody who has no place for having withheld information, by name."""
        return self.withheld or self.refused

    @property
    def leaders(self) -> Pair | None:
        """Its first two rows with a place, on the first page."""
        return first_two(row.entry for row in self.placed) if self.part.number == 1 else None

    @property
    def has_previous(self) -> bool:
        """Whether any row had a place in the round before."""
        return any(row.standing.previous_place for row in self.rows)

    @property
    def has_replies(self) -> bool:
        """Whether any municipality shown replied to a score of this ranking."""
        return any(row.replies for row in self.rows)

    @property
    def has_figures(self) -> bool:
        """Whether an outside source printed figures for this ranking."""
        return any(row.figure for row in self.rows)

    @property
    def rated_demands(self) -> int:
        """How many of its demands hold a score in any row shown."""
        rated = {number for row in self.rows for number, score in row.scores.items() if isinstance(score.rating, Score)}
        return len(rated)

    @property
    def has_absences(self) -> bool:
        """Whether any cell shown says why it holds no score."""
        return any(not isinstance(score.rating, Score) for row in self.rows for score in row.scores.values())

    @property
    def has_whole_scores(self) -> bool:
        """Whether no score shown has a decimal."""
        ratings = [score.rating for row in self.rows for score in row.scores.values()]
        return all(rating.tenths % 10 == 0 for rating in ratings if isinstance(rating, Score))


@dataclass(frozen=True)
class ChangeRow:
    """A row with its place in the order of changes since the round before."""

    entry: Entry
    standing: Standing
    place: Place


@dataclass(frozen=True)
class MatrixRow:
    """One municipality in a whole round: its scores by demand, and its standings by theme and overall."""

    entry: Entry
    scores: Mapping[int, PublishedScore]
    themes: Mapping[str, Standing]
    overall: Standing | None
    replies: Mapping[int, PublishedReply] = field(default_factory=dict)

    def movement(self, out_of: int) -> Movement | None:
        """Which way its overall place went since the round before."""
        return movement(self.overall, out_of)

    @property
    def tells_change(self) -> bool:
        """Whether its overall change may be told: no refusal now or before lifts it."""
        return self.overall is not None and is_change_told(self.overall)


@dataclass(frozen=True)
class Refusal:
    """A municipality that withheld the information on ``refused`` of its ``applicable`` demands of a round."""

    entry: Entry
    refused: int
    applicable: int


@dataclass(frozen=True)
class Matrix:
    """A whole round, municipality by demand: rows in the order of the overall ranking, or by name where there is none.

    ``published_demands`` counts the demands for which the round holds anything but "the source does not publish it".
    ``refusals`` names everybody who withheld information, also where ``part`` holds only some rows. ``out_of`` counts
    all rows with an overall place.
    """

    frame: RoundFrame
    rows: tuple[MatrixRow, ...]
    published_demands: int
    part: Part
    orders: Orders | None = None
    refusals: tuple[Refusal, ...] = ()
    out_of: int = 0

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition

    @property
    def leaders(self) -> Pair | None:
        """Its first two rows with an overall place, on the first page in its own order."""
        own = self.part.number == 1 and self.orders is not None and self.orders.is_own
        return first_two(row.entry for row in self.rows if row.overall and row.overall.place) if own else None

    @property
    def has_previous(self) -> bool:
        """Whether any row had an overall place in the round before."""
        return any(row.overall and row.overall.previous_place for row in self.rows)

    @property
    def has_replies(self) -> bool:
        """Whether any municipality shown replied to a score of the round."""
        return any(row.replies for row in self.rows)
