"""The requests of the municipalities as a reviewer decides them, before they are published."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.clarifications import Clarification
from app.domain.editions import Demand, Edition, Period
from app.domain.errors import RuleBroken
from app.domain.offices import Desk, SentLetter, SentReply
from app.domain.replies import Verdict
from app.domain.scores import Rating
from app.domain.sheets import Piece
from app.domain.stages import Stage


class DecisionRefused(RuleBroken):
    """The decision cannot stand: ``barred``, ``own-score``, ``reason-missing``, ``rating-missing``, ``rating-same``."""

    code = "decision-refused"


@dataclass(frozen=True)
class NewDecision:
    """What is decided. ``reply_id`` and ``known`` (a count of decisions) are what the reviewer was shown."""

    reply_id: int
    known: int
    verdict: Verdict
    rating: Rating | None
    reason: str


@dataclass(frozen=True)
class Decided:
    """A decision that was made, and by whom; ``after`` is the score that it gave."""

    revision: int
    verdict: Verdict
    after: Rating | None
    reason: str
    name: str
    decided_at_utc: datetime


@dataclass(frozen=True)
class Request:
    """A request in force: the score that the office saw, what it asks for, and every decision so far, oldest first."""

    desk: Desk
    demand: Demand
    reply: SentReply
    before: Rating
    reason: str
    institution: str
    conflict: str
    evidence: tuple[Piece, ...]
    decisions: tuple[Decided, ...]
    is_own: bool
    is_barred: bool
    clarifications: tuple[Clarification, ...] = ()

    @property
    def decision(self) -> Decided | None:
        """The one in force."""
        return self.decisions[-1] if self.decisions else None

    @property
    def known(self) -> int:
        """How often it was decided."""
        return len(self.decisions)

    @property
    def may_be_decided(self) -> bool:
        """Whether the round stands where it is decided, and by this reviewer."""
        return self.desk.stage is Stage.DECISION and not self.is_own and not self.is_barred


@dataclass(frozen=True)
class Answered:
    """What came from one municipality: its letters, how many scores it agrees to, and its requests."""

    desk: Desk
    letters: tuple[SentLetter, ...]
    agreements: int
    requests: tuple[Request, ...]
    attended: bool | None


@dataclass(frozen=True)
class RequestsOfRound:
    """Every municipality of a round with what came from it."""

    edition: Edition
    period: Period
    stage: Stage
    rows: tuple[Answered, ...]

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests in force, in the order of the pages."""
        return tuple(request for row in self.rows for request in row.requests)

    @property
    def decided(self) -> int:
        """How many of them are decided."""
        return sum(request.decision is not None for request in self.requests)

    @property
    def next_request(self) -> Request | None:
        """The first that waits for this reviewer."""
        waiting = (row for row in self.requests if row.decision is None and row.may_be_decided)
        return next(waiting, None)


def check_decision(request: Request, new: NewDecision) -> None:
    """Raise DecisionRefused unless this reviewer may decide so."""
    if request.is_barred:
        raise DecisionRefused("barred")
    if request.is_own:
        raise DecisionRefused("own-score")
    if not new.reason:
        raise DecisionRefused("reason-missing")
    if new.verdict is Verdict.CHANGED and new.rating is None:
        raise DecisionRefused("rating-missing")
    if new.verdict is Verdict.CHANGED and new.rating == request.before:
        raise DecisionRefused("rating-same")


def rating_decided(request: Request, new: NewDecision) -> Rating:
    """The score that a decision leaves: the new one, or the one that the office saw."""
    return new.rating if new.verdict is Verdict.CHANGED and new.rating is not None else request.before
