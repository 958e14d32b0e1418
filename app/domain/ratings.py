"""What an evaluator types into a cell: when it is a rating, and what it still lacks to be handed in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.errors import BadScore
from app.domain.scores import Absence, Rating, Score

LONGEST_WORDS = 4000
WORDS_AFTER_JUMP = 80
"""The least length of a reason, in characters, where a score jumps above the method's limit."""

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""What stands in place of a typed character that no database can keep."""

OFFERED = (Absence.NOT_RATED, Absence.NOT_APPLICABLE, Absence.REFUSED, Absence.PENDING)
"""The absences that an evaluator may choose. That a source does not print a score is said by seeds only."""

_REASONED = frozenset({Absence.NOT_APPLICABLE, Absence.REFUSED})
_OWN_WORDS = ("reason", "note", "reply")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Choice(StrEnum):
    """What she decides where somebody else was in the cell before her."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True)
class Typed:
    """The fields of one cell as typed. ``reply`` is an answer to the reviewer.

    ``base_revision`` is the revision that she began from; ``seen_revision`` the newest that her page showed.
    """

    score: str = ""
    absence: str = ""
    reason: str = ""
    note: str = ""
    reply: str = ""
    base_revision: int = 0
    seen_revision: int = 0
    choice: Choice | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all was typed."""
        return not (self.score or self.absence or self.reason or self.note or self.reply)


@dataclass(frozen=True)
class Content:
    """What one revision of a cell says, as far as an evaluator writes it."""

    rating: Rating
    reason: str = ""
    note: str = ""

    def typed(self, revision: int) -> Typed:
        """The same as it stands in the fields of a page."""
        score = _plain(self.rating) if isinstance(self.rating, Score) else ""
        absence = "" if isinstance(self.rating, Score) else self.rating.value
        return Typed(score, absence, self.reason, self.note, base_revision=revision, seen_revision=revision)


class Problem(StrEnum):
    """Why what was typed is no rating yet and waits as a draft."""

    BAD_SCORE = "bad-score"
    SCORE_AND_ABSENCE = "score-and-absence"
    UNKNOWN_ABSENCE = "unknown-absence"
    REASON_NEEDED = "reason-needed"
    NO_RATING = "no-rating"
    TOO_LONG = "too-long"
    UNREADABLE = "unreadable"


class Lack(StrEnum):
    """Why a rating that is kept cannot be handed in yet."""

    NO_REASON = "no-reason"
    SHORT_REASON = "short-reason"


@dataclass(frozen=True)
class Judged:
    """What typed fields amount to: a content, or the problems by the name of their field."""

    content: Content | None
    problems: Mapping[str, Problem]


def judge(typed: Typed) -> Judged:
    """Read the fields of a cell: a score or exactly one absence, never both; "no aplica" says why."""
    problems: dict[str, Problem] = {}
    rating = _rating(typed, problems)
    if rating is Absence.NOT_APPLICABLE and not typed.reason:
        problems["reason"] = Problem.REASON_NEEDED
    for name in _OWN_WORDS:
        words = getattr(typed, name)
        if UNREADABLE in words:
            problems[name] = Problem.UNREADABLE
        elif len(words) > LONGEST_WORDS:
            problems[name] = Problem.TOO_LONG
    if rating is None or problems:
        return Judged(None, problems)
    return Judged(Content(rating, typed.reason, typed.note), {})


def _rating(typed: Typed, problems: dict[str, Problem]) -> Rating | None:
    if typed.score and typed.absence:
        problems["score"] = Problem.SCORE_AND_ABSENCE
        return None
    if typed.absence:
        if typed.absence in OFFERED:
            return Absence(typed.absence)
        problems["absence"] = Problem.UNKNOWN_ABSENCE
        return None
    if not typed.score:
        problems["score"] = Problem.NO_RATING
        return None
    try:
        return Score.from_text(typed.score)
    except BadScore:
        problems["score"] = Problem.BAD_SCORE
        return None


def is_jump(rating: Rating, before: Score | None, limit: Score) -> bool:
    """Whether a score lies further from the mandate's last published one than the method's limit."""
    return isinstance(rating, Score) and before is not None and abs(rating.tenths - before.tenths) > limit.tenths


def lack_of(content: Content, before: Score | None, limit: Score) -> Lack | None:
    """What a rating needs before it is handed in; None where it is whole. Evidence is the gate's to ask for."""
    asks = isinstance(content.rating, Score) or content.rating in _REASONED
    if asks and not content.reason:
        return Lack.NO_REASON
    if is_jump(content.rating, before, limit) and len(content.reason) < WORDS_AFTER_JUMP:
        return Lack.SHORT_REASON
    return None


class Act(StrEnum):
    """What saving does with one cell."""

    NOTHING = "nothing"
    RECORD = "record"
    KEEP = "keep"
    CONFLICT = "conflict"
    CLOSED = "closed"


def decide(
    typed: Typed, revisions: Mapping[int, Content], *, is_open: bool, has_new_evidence: bool = False
) -> tuple[Act, Typed]:
    """What to do with typed fields, and the fields with the revision that they now stand on.

    ``revisions`` is all that was ever recorded of the cell. ``NOTHING`` also drops her draft: the fields say what the
    newest revision says, or nothing. ``KEEP``, ``CONFLICT`` and ``CLOSED`` keep the fields as a draft.
    """
    newest = max(revisions, default=0)
    base = min(typed.base_revision, newest)
    if revisions.get(base) == revisions.get(newest):
        base = newest  # nothing but the evidence changed meanwhile
    typed = replace(typed, base_revision=base)
    if _adds_nothing(typed, revisions, newest, waits=is_open and has_new_evidence):
        return Act.NOTHING, typed
    if base != newest:
        if typed.choice is None or typed.seen_revision != newest:
            return (Act.CONFLICT if is_open else Act.CLOSED), typed
        if typed.choice is Choice.THEIRS:
            return Act.NOTHING, typed
        typed = replace(typed, base_revision=newest)
    if not is_open:
        return Act.CLOSED, typed
    return (Act.RECORD if said(typed, revisions.get(newest)) else Act.KEEP), typed


def _adds_nothing(typed: Typed, revisions: Mapping[int, Content], newest: int, *, waits: bool) -> bool:
    if typed.is_blank and not newest:
        return True
    if typed.reply:
        return False
    if _says(typed, revisions.get(newest)):
        return not waits
    return typed.base_revision != newest and _says(typed, revisions.get(typed.base_revision))


def said(typed: Typed, newest: Content | None) -> Content | None:
    """The content of the fields; also where they repeat an absence that nobody may choose any more."""
    return newest if _says(typed, newest) else judge(typed).content


def _says(typed: Typed, content: Content | None) -> bool:
    """Whether the fields say what a revision says; of no revision, whether they are blank."""
    if content is None:
        return typed.is_blank
    if (typed.reason, typed.note) != (content.reason, content.note):
        return False
    if isinstance(content.rating, Absence):
        return not typed.score and typed.absence == content.rating
    return not typed.absence and _score_or_none(typed.score) == content.rating


def _score_or_none(text: str) -> Score | None:
    try:
        return Score.from_text(text)
    except BadScore:
        return None


def _plain(score: Score) -> str:
    return str(score).removesuffix(".0")


def readable(text: str) -> str:
    """The text with a visible mark in place of each character that cannot be kept."""
    return _UNSTORABLE.sub(UNREADABLE, text)
