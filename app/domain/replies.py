"""The municipality's reply to a score, the decision on it, and whether it answered at all, as a round seals them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from app.domain.scores import Rating


class Stance(StrEnum):
    """What the office says of a score."""

    AGREE = "agree"
    CORRECTION = "correction"


class Verdict(StrEnum):
    """What was decided on a request: the score stays, it changes, or what was said is only taken note of."""

    KEPT = "kept"
    CHANGED = "changed"
    NOTED = "noted"


class AnswerStatus(StrEnum):
    """Whether a municipality answered. Who was never notified is not silent."""

    ON_TIME = "on_time"
    LATE = "late"
    NONE = "none"
    NOT_NOTIFIED = "not_notified"


ANSWERED = frozenset({AnswerStatus.ON_TIME, AnswerStatus.LATE})


@dataclass(frozen=True)
class PublishedReply:
    """The reply in force to one score, and the decision on it; reason, decision and signatory are sealed texts.

    ``letter`` is its receipt number within round and municipality; ``before`` the rating that the office saw.
    A request has a verdict, an agreement none. ``after`` and the places, in the ranking of the demand's theme, are
    stated only where the verdict changed the score.
    """

    RECORD: ClassVar[str] = "reply"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo", "demand")

    cvegeo: str
    demand: int
    letter: int
    stance: Stance
    submitted_on: date
    before: Rating
    requested: Rating | None = None
    verdict: Verdict | None = None
    after: Rating | None = None
    place_before: int | None = None
    place_after: int | None = None


@dataclass(frozen=True)
class PublishedAnswer:
    """Whether a municipality answered in a round, and whether it came to the meeting (None: not known).

    Days in the edition's zone. Only rounds run with replies have any; then every municipality has one.
    """

    RECORD: ClassVar[str] = "answer"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo",)

    cvegeo: str
    status: AnswerStatus
    notified_on: date | None = None
    due_on: date | None = None
    answered_on: date | None = None
    attended: bool | None = None

    @property
    def is_answered(self) -> bool:
        """Whether a letter came, in time or late."""
        return self.status in ANSWERED

    @property
    def contradicts_itself(self) -> bool:
        """Whether its days and its status cannot both be true."""
        if self.is_answered != (self.answered_on is not None):
            return True
        if (self.status is AnswerStatus.NOT_NOTIFIED) and (self.notified_on or self.due_on):
            return True
        if self.status is AnswerStatus.NONE and self.notified_on is None:
            return True
        if self.answered_on is None or self.due_on is None:
            return self.status is AnswerStatus.LATE
        late = self.status is AnswerStatus.LATE
        return self.answered_on < self.due_on if late else self.answered_on > self.due_on


def place_in_force(said: Sequence[tuple[Stance, bool]]) -> int:
    """Which of the replies to one score is in force; each as its stance and whether it was decided, oldest first.

    The newest, but an agreement never takes the place of a request that was decided: that is published with its
    decision.
    """
    newest = len(said) - 1
    if said[newest][0] is Stance.CORRECTION:
        return newest
    decided = (place for place in range(newest, -1, -1) if said[place] == (Stance.CORRECTION, True))
    return next(decided, newest)


def answer_status(*, is_notified: bool, letters_late: Iterable[bool]) -> AnswerStatus:
    """The status of a municipality from its letters, each late or not; one letter in time is enough."""
    letters = tuple(letters_late)
    if letters:
        return AnswerStatus.LATE if all(letters) else AnswerStatus.ON_TIME
    return AnswerStatus.NONE if is_notified else AnswerStatus.NOT_NOTIFIED


@dataclass(frozen=True)
class AnswerRecord:
    """How a municipality answered over the rounds that asked: rounds by status, meetings attended of those known."""

    on_time: int = 0
    late: int = 0
    none: int = 0
    not_notified: int = 0
    attended: int = 0
    meetings: int = 0

    @property
    def rounds(self) -> int:
        """In how many rounds it could have been asked."""
        return self.on_time + self.late + self.none + self.not_notified


def answer_record(answers: Iterable[PublishedAnswer]) -> AnswerRecord:
    """Count the answers of one municipality, one a round."""
    rows = tuple(answers)
    statuses = [row.status for row in rows]
    known = [row.attended for row in rows if row.attended is not None]
    return AnswerRecord(
        on_time=statuses.count(AnswerStatus.ON_TIME),
        late=statuses.count(AnswerStatus.LATE),
        none=statuses.count(AnswerStatus.NONE),
        not_notified=statuses.count(AnswerStatus.NOT_NOTIFIED),
        attended=sum(known),
        meetings=len(known),
    )


def reply_text_key(cvegeo: str, demand: int) -> str:
    """The key of the sealed texts of a reply and its decision."""
    return f"reply/{cvegeo}/{demand}"


def letter_text_key(cvegeo: str, letter: int) -> str:
    """The key of the sealed texts of a letter: who signs it, as what, and its words."""
    return f"letter/{cvegeo}/{letter}"


def letter_of(text_key: str) -> tuple[str, int] | None:
    """The municipality and the number of the letter that a sealed text belongs to; None where it is no letter's."""
    kind, _, rest = text_key.partition("/")
    cvegeo, _, number = rest.partition("/")
    return (cvegeo, int(number)) if kind == "letter" else None
