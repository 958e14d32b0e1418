"""One published ranking as an example of the method: the rows that show a rule at work, with their real numbers."""

from dataclasses import dataclass
from itertools import groupby

from app.domain.acknowledgements import SealedNote
from app.domain.editions import Edition
from app.domain.fronts import EditionFront
from app.domain.ranking import Unplaced
from app.domain.rankings import Ranking, RankingRow
from app.domain.sensitivity import PlaceRange, Table, place_ranges


@dataclass(frozen=True)
class RangeShown:
    """A row with the range of its place."""

    row: RankingRow
    range: PlaceRange


@dataclass(frozen=True)
class Worked:
    """Rows of a ranking, one for each rule that shows in it; None (or nothing) where it shows in no row.

    ``rounded`` is the first placed row whose average had to be rounded, else the first placed one; ``tied`` the first
    rows that share a place, ``after_tie`` the one below them. ``loosest`` has the widest range of places, ``firmest``
    the narrowest; both are None where all are equally wide, or where the ranking is longer than its page.
    """

    ranking: Ranking
    rounded: RankingRow | None
    tied: tuple[RankingRow, ...]
    after_tie: RankingRow | None
    refused: RankingRow | None
    uncovered: RankingRow | None
    changed: RankingRow | None
    loosest: RangeShown | None
    firmest: RangeShown | None


@dataclass(frozen=True)
class MethodPage:
    """The rules of an edition as its publication in force states them, and its newest round as their example."""

    front: EditionFront
    example: Worked | None
    notes: tuple[SealedNote, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.front.edition


def worked(ranking: Ranking) -> Worked:
    """The rows of a ranking that show how the method works."""
    placed = [row for row in ranking.placed if row.sum]
    tied, after_tie = _first_tie(ranking.placed)
    loosest, firmest = _extremes(ranking)
    uncovered = (row for row in ranking.unplaced if row.standing.unplaced is Unplaced.LOW_COVERAGE)
    return Worked(
        ranking=ranking,
        rounded=next((row for row in placed if row.sum and row.sum.is_rounded), next(iter(placed), None)),
        tied=tied,
        after_tie=after_tie,
        refused=next(iter(ranking.refused), None),
        uncovered=next(uncovered, None),
        changed=next((row for row in ranking.placed if row.standing.change_tenths), None),
        loosest=loosest,
        firmest=firmest,
    )


def _first_tie(placed: tuple[RankingRow, ...]) -> tuple[tuple[RankingRow, ...], RankingRow | None]:
    seen = 0
    for _, group in groupby(placed, key=lambda row: row.standing.place):
        rows = tuple(group)
        seen += len(rows)
        if len(rows) > 1:
            return rows, placed[seen] if seen < len(placed) else None
    return (), None


def _extremes(ranking: Ranking) -> tuple[RangeShown | None, RangeShown | None]:
    """The widest and the narrowest range; the first in order where several are alike."""
    if ranking.part.of > 1 or not ranking.placed or len(ranking.demands) < 2:  # noqa: PLR2004 - none to leave out
        return None, None
    ranges = place_ranges(_table(ranking))
    shown = [RangeShown(row, ranges[row.entry.cvegeo]) for row in ranking.placed]
    widths = [one.range.worst - one.range.best for one in shown]
    if min(widths) == max(widths):
        return None, None
    return shown[widths.index(max(widths))], shown[widths.index(min(widths))]


def _table(ranking: Ranking) -> Table:
    method = ranking.frame.method
    return Table(
        rows={row.entry.cvegeo: {n: score.rating for n, score in row.scores.items()} for row in ranking.rows},
        sort_keys={row.entry.cvegeo: row.entry.sort_key for row in ranking.rows},
        weights={demand.number: demand.weight for demand in ranking.demands},
        minimum_coverage=method.minimum_coverage(ranking.scope),
        refused_counts_as=method.refused_counts_as,
    )
