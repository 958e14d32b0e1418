"""The values that every rendering shows: page, chart, CSV and JSON are made from the same Scorecard (or Ranking)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from app.domain.answers import EntryReplies, ReplyShown
from app.domain.arithmetic import Sum
from app.domain.clarifications import Clarification
from app.domain.editions import (
    Demand,
    Edition,
    Method,
    Period,
    Scope,
    Source,
    Theme,
)
from app.domain.publications import (
    DistinctionKind,
    Entry,
    PublicationKind,
    PublishedFigure,
    PublishedScore,
    Standing,
)
from app.domain.replies import AnswerRecord
from app.domain.scores import Absence, Score
from app.domain.spreads import NO_ROWS, AmongOthers, Spread
from app.domain.tenures import Tenure
from app.domain.texts import NO_TEXT, Text
from app.domain.trends import Trend

OLD_AFTER = timedelta(days=183)
"""How long after the end of its period a round still speaks of the present: three periods of two months."""


@dataclass(frozen=True)
class Publication:
    """Which publication a value was read from, and whether a later one of the same round exists.

    ``number`` counts within the round; ``in_force`` is the number of the newest one, sealed at ``in_force_since_utc``.
    """

    sequence: int
    kind: PublicationKind
    number: int
    sealed_at_utc: datetime
    sha256: str
    previous_sha256: str
    in_force: int
    in_force_since_utc: datetime

    @property
    def is_in_force(self) -> bool:
        """Whether no later publication corrects this one."""
        return self.number == self.in_force


@dataclass(frozen=True)
class Evidence:
    """A dated link behind a score, a kept file, or both; ``file`` is what the manifest proves of the file."""

    title: Text
    url: Text
    dated_on: date
    file: Text = NO_TEXT

    @property
    def file_sha256(self) -> str:
        """The checksum under which the file is kept, or an empty text where there is none or it was withdrawn."""
        return (self.file.body or "").partition(" ")[0]


@dataclass(frozen=True)
class DistinctionShown:
    """Praise or reproach with its words and who signs them."""

    entry: Entry
    kind: DistinctionKind
    text: Text
    signatory: Text


@dataclass(frozen=True)
class RoundReference:
    """A publication of a round, by its numbers in the address."""

    round_number: int
    number: int


@dataclass(frozen=True)
class RoundFrame:
    """What every page about a published round states: edition, method, themes, demands, period, publication.

    ``compared_with`` is the publication of an earlier round against which its changes were computed; ``newest_round``
    the number of the edition's newest published one; ``published_rounds`` the numbers of all, oldest first.
    ``clarifications`` are those of the edition's wordings, where the page shows any of these.
    """

    edition: Edition
    method: Method
    themes: tuple[Theme, ...]
    demands: tuple[Demand, ...]
    sources: Mapping[str, Source]
    period: Period
    publication: Publication
    compared_with: RoundReference | None = None
    newest_round: int = 0
    published_rounds: tuple[int, ...] = ()
    clarifications: tuple[Clarification, ...] = ()

    @property
    def rounds_beside(self) -> tuple[int | None, int | None]:
        """The numbers of the published rounds before and after this one, each None where there is none."""
        before = max((number for number in self.published_rounds if number < self.period.number), default=None)
        return before, min((number for number in self.published_rounds if number > self.period.number), default=None)

    @property
    def is_current(self) -> bool:
        """Whether this is the newest round as it stands in force."""
        return self.period.number == self.newest_round and self.publication.is_in_force

    def demands_of(self, theme: str) -> tuple[Demand, ...]:
        """The demands of a theme, in their order."""
        return tuple(demand for demand in self.demands if demand.theme == theme)

    def find_theme(self, key: str) -> Theme | None:
        """The theme of that key, or None."""
        return next((theme for theme in self.themes if theme.key == key), None)

    def find_demand(self, number: int) -> Demand | None:
        """The demand of that number, or None."""
        return next((demand for demand in self.demands if demand.number == number), None)

    def is_old(self, today: date) -> bool:
        """Whether the page must say on top that it speaks of the past."""
        return self.has_ended(today) or today - self.period.ends_on > OLD_AFTER

    def has_ended(self, today: date) -> bool:
        """Whether the edition's term is over."""
        return today >= self.edition.ends_on


@dataclass(frozen=True)
class ScoreShown(AmongOthers):
    """One demand on a scorecard: the score, its place, its reason and its evidence."""

    demand: Demand
    score: PublishedScore
    standing: Standing
    out_of: int
    reason: Text | None
    evidence: tuple[Evidence, ...]
    spread: Spread = NO_ROWS
    reply: ReplyShown | None = None

    @property
    def is_published(self) -> bool:
        """Whether the source says anything of this demand."""
        return self.score.rating is not Absence.UNPUBLISHED


@dataclass(frozen=True)
class AverageShown(AmongOthers):
    """The average of a theme, or of all demands, on a scorecard."""

    scope: Scope
    theme: Theme | None
    standing: Standing
    out_of: int
    figure: PublishedFigure | None
    scores: tuple[ScoreShown, ...]
    sum: Sum | None
    spread: Spread = NO_ROWS

    @property
    def published(self) -> tuple[ScoreShown, ...]:
        """Its demands of which the source says anything, in their order."""
        return tuple(shown for shown in self.scores if shown.is_published)


@dataclass(frozen=True)
class Scorecard:
    """A mayor's scorecard in one round, and the trend of the municipality over all published rounds.

    ``overall`` is None where the method has no overall ranking. ``averages`` holds one per theme, in order.
    ``trends`` are by scope, overall first where there is one. ``mayors`` are the entries of its published rounds, one
    per mandate, oldest first; ``tenures`` are those rounds by mayor, newest first. ``next_period`` is the first one of
    the calendar after the newest published round; None on a pinned page. ``replies`` is None in a round that was run
    without; ``answers`` counts the rounds that were not.
    """

    frame: RoundFrame
    entry: Entry
    overall: AverageShown | None
    averages: tuple[AverageShown, ...]
    trends: Mapping[Scope, Trend]
    distinctions: tuple[DistinctionShown, ...]
    best: tuple[ScoreShown, ...]
    worst: tuple[ScoreShown, ...]
    mayors: tuple[Entry, ...]
    tenures: tuple[Tenure, ...] = ()
    next_period: Period | None = None
    replies: EntryReplies | None = None
    answers: AnswerRecord = field(default_factory=AnswerRecord)

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition

    @property
    def scores(self) -> tuple[ScoreShown, ...]:
        """Every demand once, theme by theme."""
        return tuple(shown for average in self.averages for shown in average.scores)

    @property
    def rated(self) -> int:
        """How many demands hold a score."""
        return sum(isinstance(shown.score.rating, Score) for shown in self.scores)

    @property
    def applicable(self) -> int:
        """How many demands apply to this municipality."""
        return sum(shown.score.rating is not Absence.NOT_APPLICABLE for shown in self.scores)

    @property
    def unpublished(self) -> tuple[ScoreShown, ...]:
        """The demands that the source omits."""
        return tuple(shown for shown in self.scores if not shown.is_published)

    @property
    def refused(self) -> tuple[ScoreShown, ...]:
        """The demands whose information the municipality withheld."""
        return tuple(shown for shown in self.scores if shown.score.rating is Absence.REFUSED)

    @property
    def is_debut(self) -> bool:
        """Whether this is the first round of a mayor who followed another: nothing to compare it with."""
        return len(self.tenures) > 1 and len(self.tenures[0].rounds) == 1

    @property
    def first_mandate(self) -> str:
        """The day on which the first of its mayors took office, as trends name a mandate."""
        return self.mayors[0].mandate_starts_on.isoformat() if self.mayors else ""


def best_and_worst(scores: tuple[ScoreShown, ...]) -> tuple[tuple[ScoreShown, ...], tuple[ScoreShown, ...]]:
    """The demands with the highest and the lowest score, ties included, in demand order; both empty with one value."""
    rated = [shown for shown in scores if shown.standing.tenths is not None]
    heights = {shown.standing.tenths for shown in rated if shown.standing.tenths is not None}
    if len(heights) <= 1:
        return (), ()
    best = tuple(shown for shown in rated if shown.standing.tenths == max(heights))
    worst = tuple(shown for shown in rated if shown.standing.tenths == min(heights))
    return best, worst


@dataclass(frozen=True)
class RoundFile:
    """One round's publication in force, as the edition's files hold it."""

    publication: Publication
    period: Period
    entries: Mapping[str, Entry]
    scores: tuple[PublishedScore, ...]
    standings: tuple[Standing, ...]
    reasons: Mapping[tuple[str, int], Text]
    replies: Mapping[str, EntryReplies]
    figures: Mapping[tuple[str, Scope], PublishedFigure]


@dataclass(frozen=True)
class EditionFile:
    """A whole edition for its files: every round published so far, oldest first."""

    edition: Edition
    method: Method
    themes: tuple[Theme, ...]
    demands: tuple[Demand, ...]
    rounds: tuple[RoundFile, ...]
