"""What an office meets before a round is published: its desk, the draft of its own municipality, and its letters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.averages import Average
from app.domain.clarifications import Clarification
from app.domain.editions import Demand, Edition, Method, Period, Theme
from app.domain.evidence import KeptFile
from app.domain.letters import (
    Field,
    Problem,
    TypedReply,
    WholeReply,
    digest_of,
    may_be_answered,
    may_be_seen,
    problems_of,
    whole_reply,
)
from app.domain.replies import AnswerStatus, Stance, answer_status, place_in_force
from app.domain.scores import Rating
from app.domain.sheets import Piece
from app.domain.stages import Stage

JUST_NOW = timedelta(minutes=1)


@dataclass(frozen=True)
class Desk:
    """One entry of a round. Without notice the two times are None; ``late`` tells of each letter whether it was."""

    edition: Edition
    edition_id: int
    round_id: int
    entry_id: int
    municipality_id: int
    municipality: str
    slug: str
    period: Period
    stage: Stage
    notified_at_utc: datetime | None
    due_at_utc: datetime | None
    late: tuple[bool, ...]

    @property
    def audit_name(self) -> str:
        """What the audit log calls it: ``valle-2020-2023/3/alba``."""
        return f"{self.edition.slug}/{self.period.number}/{self.slug}"

    @property
    def is_open(self) -> bool:
        """Whether a letter is taken, in time or late."""
        return self.notified_at_utc is not None and may_be_answered(self.stage)

    @property
    def is_shown(self) -> bool:
        """Whether the office sees its draft."""
        return self.notified_at_utc is not None and may_be_seen(self.stage)

    @property
    def status(self) -> AnswerStatus:
        """Whether the municipality answered so far."""
        return answer_status(is_notified=self.notified_at_utc is not None, letters_late=self.late)


@dataclass(frozen=True)
class SentLetter:
    """A letter handed in; ``demands`` are the ids of those that it speaks of."""

    id: int
    entry_id: int
    number: int
    code: str
    signatory: str
    position: str
    words: str
    submitted_at_utc: datetime
    is_late: bool
    account_id: int

    def was_just_sent_by(self, account_id: int, now_utc: datetime) -> bool:
        """Whether that person sent it in this minute: then a second click means the same letter."""
        return self.account_id == account_id and now_utc - self.submitted_at_utc < JUST_NOW


@dataclass(frozen=True)
class SentReply:
    """What a letter says of one score; ``before_revision`` is the revision that the office was shown."""

    id: int
    demand_id: int
    letter: SentLetter
    stance: Stance
    requested: Rating | None
    reason: str
    evidence_title: str
    evidence_url: str
    before_revision: int
    file: KeptFile | None = None

    @property
    def is_request(self) -> bool:
        """Whether it asks for something to be decided."""
        return self.stance is Stance.CORRECTION


@dataclass(frozen=True)
class SavedDraft:
    """What an office has written so far about one score."""

    version: int
    typed: TypedReply
    saved_at_utc: datetime
    account_id: int
    file: KeptFile | None = None


def replies_in_force(sent: Collection[SentReply], decided: Collection[int]) -> dict[tuple[int, int], SentReply]:
    """Of each score the reply in force, by entry and demand; ``decided`` are the ids of the requests that were."""
    said: dict[tuple[int, int], list[SentReply]] = {}
    for row in sorted(sent, key=lambda row: row.letter.number):
        said.setdefault((row.letter.entry_id, row.demand_id), []).append(row)
    return {key: rows[place_in_force([(row.stance, row.id in decided) for row in rows])] for key, rows in said.items()}


@dataclass(frozen=True)
class ScoreSeen:
    """A score as the office is shown it; ``revision`` 0 means that nothing was rated.

    ``is_closed``: the round was led back to the replies, and what the office asked for here is already decided.
    """

    demand: Demand
    demand_id: int
    revision: int
    rating: Rating
    reason: str
    institution: str
    conflict: str
    evidence: tuple[Piece, ...]
    draft: SavedDraft | None
    sent: SentReply | None
    is_closed: bool = False

    @property
    def typed(self) -> TypedReply:
        """What the office has written about it since its last letter, and may still send."""
        return self.draft.typed if self.draft and not self.is_closed else TypedReply()

    @property
    def file(self) -> KeptFile | None:
        """The file that it has laid beside what it wrote."""
        return self.draft.file if self.draft else None

    @property
    def problems(self) -> dict[Field, Problem]:
        """What keeps what it has written from being a reply."""
        return problems_of(self.typed, self.rating, self.file)

    @property
    def holds_more(self) -> bool:
        """Whether the draft holds words, a link or a file, which only a request for a correction sends."""
        typed = self.typed
        return bool(self.file or typed.requested or typed.reason or typed.evidence_title or typed.evidence_url)

    @property
    def leaves_unsent(self) -> bool:
        """Whether it agrees, so that what else the draft holds does not go with the letter."""
        return self.typed.stance is Stance.AGREE and self.holds_more

    @property
    def is_untouched(self) -> bool:
        """Whether no letter has said anything about it, nor would the next."""
        return self.sent is None and self.typed.is_blank and self.file is None

    @property
    def may_be_answered(self) -> bool:
        """Whether there is anything to answer to, and no decision that an answer would come after."""
        return self.revision > 0 and not self.is_closed


@dataclass(frozen=True)
class ThemeSeen:
    """A theme (None: all demands) with its scores and their average; never a place."""

    theme: Theme | None
    average: Average
    scores: tuple[ScoreSeen, ...]


@dataclass(frozen=True)
class OfficeSheet:
    """The draft of one municipality under embargo. ``overall`` is None where the method has no overall average."""

    desk: Desk
    method: Method
    overall: ThemeSeen | None
    themes: tuple[ThemeSeen, ...]
    letters: tuple[SentLetter, ...]
    sent: tuple[SentReply, ...]
    clarifications: tuple[Clarification, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition as the working tables state it."""
        return self.desk.edition

    @property
    def scores(self) -> tuple[ScoreSeen, ...]:
        """Every demand once, theme by theme."""
        return tuple(score for theme in self.themes for score in theme.scores)

    @property
    def unfinished(self) -> tuple[ScoreSeen, ...]:
        """The scores about which something is written that is no reply yet."""
        return tuple(score for score in self.scores if score.problems)

    @property
    def answers(self) -> dict[int, WholeReply]:
        """What a letter sent now would say, by demand number; raise LetterRefused while something is unfinished."""
        scores = self.scores
        replies = ((score.demand.number, whole_reply(score.typed, score.rating, score.file)) for score in scores)
        return {number: reply for number, reply in replies if reply}

    @property
    def digest(self) -> str:
        """What a letter sent now would say, as a short text to compare; raise LetterRefused as ``answers``."""
        revisions = {score.demand.number: score.revision for score in self.scores}
        return digest_of(self.answers, revisions, len(self.letters))

    @property
    def unanswered(self) -> tuple[ScoreSeen, ...]:
        """The scores about which no letter has said anything, nor would the next."""
        return tuple(score for score in self.scores if score.is_untouched)

    def find_file(self, sha256: str) -> KeptFile | None:
        """The kept file of that checksum behind a score as it is shown, or behind what the office says of one."""
        pieces = [piece.file for score in self.scores for piece in score.evidence]
        files = [*pieces, *(score.file for score in self.scores), *(row.file for row in self.sent)]
        return next((file for file in files if file and file.sha256 == sha256), None)

    def find_sent_file(self, sha256: str) -> KeptFile | None:
        """The kept file of that checksum behind what was sent, or None."""
        return next((row.file for row in self.sent if row.file and row.file.sha256 == sha256), None)

    def find_score(self, demand: int) -> ScoreSeen | None:
        """The score on that demand, where it can be answered."""
        found = (score for score in self.scores if score.demand.number == demand)
        return next((score for score in found if score.may_be_answered), None)

    def replies_of(self, letter: SentLetter) -> tuple[tuple[ScoreSeen, SentReply], ...]:
        """What one letter says, demand by demand."""
        said = {row.demand_id: row for row in self.sent if row.letter.id == letter.id}
        return tuple((score, said[score.demand_id]) for score in self.scores if score.demand_id in said)


@dataclass(frozen=True)
class OfficeRound:
    """A round of a municipality; ``publication`` is the number of its publication in force, None before."""

    desk: Desk
    publication: int | None


@dataclass(frozen=True)
class Office:
    """A municipality in an edition with its rounds that have begun, newest first."""

    edition: Edition
    municipality: str
    slug: str
    rounds: tuple[OfficeRound, ...]

    @property
    def open(self) -> tuple[OfficeRound, ...]:
        """The rounds that wait for its letter, or whose draft it may still read."""
        return tuple(row for row in self.rounds if row.publication is None and row.desk.is_shown)

    @property
    def others(self) -> tuple[OfficeRound, ...]:
        """The rounds under way of which it is shown nothing."""
        return tuple(row for row in self.rounds if row.publication is None and not row.desk.is_shown)

    @property
    def published(self) -> tuple[OfficeRound, ...]:
        """The rounds that everybody can read."""
        return tuple(row for row in self.rounds if row.publication is not None)
