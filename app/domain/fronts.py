"""The values of the pages that open an edition, a round or a demand, and lead on to rankings and scorecards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.answers import EntryReplies, ReplyCounts
from app.domain.editions import Demand, Edition, EditionContent, Period, Source, Theme
from app.domain.moves import Moves
from app.domain.publications import Entry
from app.domain.rankings import Matrix, Part, Ranking, RankingRow
from app.domain.scorecard import DistinctionShown, Evidence, Publication, RoundFrame, RoundReference
from app.domain.scores import Absence
from app.domain.texts import Text
from app.domain.trends import Trend


@dataclass(frozen=True)
class Glance:
    """A round at a glance: each ranking (overall, themes) down to a place, the largest moves, the distinctions.

    ``moves`` are over the first of the rankings that holds any figure. ``correction`` says why, where the publication
    is a correction.
    """

    frame: RoundFrame
    rankings: tuple[Ranking, ...]
    moves: Moves
    distinctions: tuple[DistinctionShown, ...]
    published_demands: int
    correction: Text | None = None

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition

    @property
    def headline(self) -> Ranking | None:
        """The overall ranking, else the first theme's that holds any figure."""
        return next((ranking for ranking in self.rankings if ranking.placed or ranking.refused), None)

    @property
    def led(self) -> tuple[Ranking, ...]:
        """The themes in which somebody has a place; a theme that is the headline already is left out."""
        headline = self.headline
        return tuple(
            r for r in self.rankings if r.theme and r.placed and (headline is None or r.scope != headline.scope)
        )

    @property
    def unled(self) -> tuple[Theme, ...]:
        """The themes in which nobody has a place."""
        return tuple(ranking.theme for ranking in self.rankings if ranking.theme and not ranking.placed)


@dataclass(frozen=True)
class SealedRound:
    """One publication of a round: at a glance, and whole. ``cited`` are the publications it names, by checksum."""

    glance: Glance
    matrix: Matrix
    cited: Mapping[str, RoundReference]

    @property
    def edition(self) -> Edition:
        """The edition as the publication states it."""
        return self.glance.edition


@dataclass(frozen=True)
class SealedCode:
    """A publication of any edition by its code of verification; ``reference`` has round 0 for an edition's own."""

    edition: Edition
    reference: RoundReference
    sealed_at_utc: datetime
    sha256: str


@dataclass(frozen=True)
class RoundInList:
    """A round in the list of an edition: its period, and its publications oldest first (empty: not published)."""

    period: Period
    publications: tuple[Publication, ...]


@dataclass(frozen=True)
class EditionFront:
    """An edition as one of its own publications states it, with all of those, oldest first, and its rounds.

    ``cited`` are the publications that this one names, by checksum, with round 0 for the edition's own.
    """

    content: EditionContent
    publication: Publication
    publications: tuple[Publication, ...]
    rounds: tuple[RoundInList, ...]
    cited: Mapping[str, RoundReference] = field(default_factory=dict)

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.content.edition

    @property
    def is_retrospective(self) -> bool:
        """Whether the rules were sealed only after the term had ended: this site's, over what a source published."""
        return self.publications[0].sealed_at_utc.date() >= self.edition.ends_on

    @property
    def upcoming(self) -> tuple[RoundInList, ...]:
        """The rounds without a publication, in their order."""
        return tuple(row for row in self.rounds if not row.publications)

    @property
    def next_round(self) -> RoundInList | None:
        """The first round of the calendar after the newest published one."""
        newest = self.newest.period.number if self.newest else 0
        return next((row for row in self.rounds if row.period.number > newest), None)

    @property
    def published(self) -> tuple[RoundInList, ...]:
        """The published rounds, newest first."""
        return tuple(row for row in reversed(self.rounds) if row.publications)

    @property
    def newest(self) -> RoundInList | None:
        """The newest published round."""
        return next(iter(self.published), None)


@dataclass(frozen=True)
class EditionGlance:
    """An edition now: itself, its newest round at a glance where one is published, how many municipalities it has."""

    front: EditionFront
    newest: Glance | None
    municipalities: int

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.front.edition


@dataclass(frozen=True)
class EditionInList:
    """An edition among the others, with the number of its published rounds."""

    edition: Edition
    published_rounds: int


@dataclass(frozen=True)
class Home:
    """The front page: the newest real edition with a published round, how many it evaluates, and all editions."""

    newest: Glance | None
    municipalities: int
    real: tuple[EditionInList, ...]
    demonstrations: tuple[EditionInList, ...]


@dataclass(frozen=True)
class Leader:
    """A municipality in first place on a demand, with the published reason and evidence of its score."""

    row: RankingRow
    reason: Text | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class DemandFront:
    """A demand as its edition's own publication states it, its newest ranking, and the trend of each row of that.

    ``front_row`` is the row that stands out among the others, ``mayors`` are that municipality's; ``leaders`` are those
    in first place.
    """

    front: EditionFront
    demand: Demand
    theme: Theme
    ranking: Ranking | None
    trends: Mapping[str, Trend]
    front_row: RankingRow | None = None
    mayors: tuple[Entry, ...] = ()
    leaders: tuple[Leader, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.front.edition

    @property
    def sources(self) -> Mapping[str, Source]:
        """The edition's sources by key."""
        return {source.key: source for source in self.front.content.sources}


def published_demands(scores: Iterable[tuple[int, Absence | None]]) -> int:
    """How many demands hold anything but "the source does not publish it", from (demand, absence) pairs."""
    return len({demand for demand, absence in scores if absence is not Absence.UNPUBLISHED})


@dataclass(frozen=True)
class RoundReplies:
    """What the municipalities said in a round, by name; nothing where the round was run without replies.

    ``counts`` are of the whole round, also where ``part`` holds only some rows.
    """

    frame: RoundFrame
    rows: tuple[EntryReplies, ...]
    counts: ReplyCounts
    part: Part

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition
