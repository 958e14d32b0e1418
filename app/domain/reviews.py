"""Checking what evaluators handed in: cell by cell, with a thread, and nothing moves on while one is open."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.cells import CellState, ReviewKind
from app.domain.clarifications import Clarification
from app.domain.editions import Demand, Edition, Period
from app.domain.errors import RuleBroken
from app.domain.scores import Absence, Rating, Score
from app.domain.stages import Stage


class ReviewRefused(RuleBroken):
    """The verdict cannot be given; the code says why."""

    code = "review-refused"


REVIEWABLE = (Stage.RATING, Stage.REVIEW)
"""The stages in which verdicts are given; what is handed in early may be checked early."""


class VerdictsRefused(RuleBroken):
    """Of several verdicts given together some cannot stand, so none does: ``facts['problems']`` by demand."""

    code = "verdicts-refused"


_OPEN_TO = {
    ReviewKind.APPROVE: {CellState.SUBMITTED, CellState.RETURNED},
    ReviewKind.RETURN: {CellState.SUBMITTED, CellState.APPROVED},
    ReviewKind.COMMENT: {CellState.SUBMITTED, CellState.RETURNED, CellState.APPROVED},
}


def check_verdict(kind: ReviewKind, words: str, state: CellState, *, is_own: bool, is_barred: bool) -> None:
    """Raise ReviewRefused unless this verdict can be given on a cell in this state.

    Returning and commenting need words; nobody checks what she rated herself, nor a municipality she is barred from.
    """
    if is_barred:
        raise ReviewRefused("reviewer-is-barred")
    if is_own and kind is not ReviewKind.COMMENT:
        raise ReviewRefused("own-score")
    if state not in _OPEN_TO[kind]:
        raise ReviewRefused("nothing-handed-in" if state in {CellState.EMPTY, CellState.SAVED} else "already-so")
    if kind is not ReviewKind.APPROVE and not words:
        raise ReviewRefused("words-needed")


@dataclass(frozen=True)
class ThreadLine:
    """One line of the talk about a cell. ``revision`` is the score that it was about."""

    kind: ReviewKind
    words: str
    name: str
    revision: int
    reviewed_at_utc: datetime


@dataclass(frozen=True)
class PastScore:
    """What a cell held in the last published round before; ``is_of_mandate`` unless a predecessor answered for it."""

    round_number: int
    rating: Rating
    reason: str
    is_of_mandate: bool = True


@dataclass(frozen=True)
class EvidenceGiven:
    """A link or file behind a score in the making; ``file_name`` is empty for a mere link."""

    title: str
    url: str
    dated_on: date
    file_sha256: str = ""
    file_name: str = ""


@dataclass(frozen=True)
class CellUnderReview:
    """One demand of one municipality as a reviewer sees it. ``note`` is the evaluator's private one."""

    demand: Demand
    state: CellState
    revision: int = 0
    rating: Rating = Absence.NOT_RATED
    reason: str = ""
    institution: str = ""
    conflict: str = ""
    note: str = ""
    evaluator: str = ""
    is_own: bool = False
    recorded_at_utc: datetime | None = None
    evidence: tuple[EvidenceGiven, ...] = ()
    past: PastScore | None = None
    thread: tuple[ThreadLine, ...] = ()

    @property
    def awaits(self) -> bool:
        """Whether a reviewer has to say something."""
        return self.state is CellState.SUBMITTED

    @property
    def step_tenths(self) -> int | None:
        """How far the score lies from the mandate's last published one, in tenths with its sign; None without both."""
        past = self.past.rating if self.past is not None and self.past.is_of_mandate else None
        if not isinstance(past, Score) or not isinstance(self.rating, Score):
            return None
        return self.rating.tenths - past.tenths


@dataclass(frozen=True)
class ReviewSheet:
    """All demands of one municipality in a round, for one reviewer."""

    edition: Edition
    period: Period
    stage: Stage
    municipality: str
    name: str
    mayor: str
    is_barred: bool
    jump_limit: Score
    cells: tuple[CellUnderReview, ...]
    clarifications: tuple[Clarification, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether verdicts can be given."""
        return self.stage in REVIEWABLE and not self.is_barred

    @property
    def approved(self) -> int:
        """How many of its cells are approved."""
        return sum(cell.state is CellState.APPROVED for cell in self.cells)

    def jumps(self, cell: CellUnderReview) -> bool:
        """Whether a score left the last published one by more than the method's limit."""
        return cell.step_tenths is not None and abs(cell.step_tenths) > self.jump_limit.tenths


@dataclass(frozen=True)
class QueueRow:
    """One municipality of a round in the queue, with the state of each demand by number."""

    municipality: str
    name: str
    states: tuple[tuple[int, CellState], ...]

    def count(self, *states: CellState) -> int:
        """How many of its cells stand there."""
        return sum(state in states for _, state in self.states)


@dataclass(frozen=True)
class ReviewQueue:
    """A round on its way through review."""

    edition: Edition
    period: Period
    stage: Stage
    rows: tuple[QueueRow, ...]

    @property
    def counts(self) -> Counter[CellState]:
        """How many cells stand where."""
        return Counter(state for row in self.rows for _, state in row.states)

    @property
    def total(self) -> int:
        """All cells of the round."""
        return sum(len(row.states) for row in self.rows)

    @property
    def approved(self) -> int:
        """The cells that are done."""
        return self.counts[CellState.APPROVED]

    @property
    def next_row(self) -> QueueRow | None:
        """The first municipality in which something waits for a verdict."""
        return next((row for row in self.rows if row.count(CellState.SUBMITTED)), None)

    def next_after(self, municipality: str) -> QueueRow | None:
        """The next municipality, round about, in which something waits; None where nothing does."""
        names = [row.municipality for row in self.rows]
        at = names.index(municipality) if municipality in names else 0
        turned = (*self.rows[at:], *self.rows[:at])
        return next((row for row in turned if row.count(CellState.SUBMITTED)), None)
