"""A municipality's letter before it is sent: what is typed about each score, and what makes it a reply."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.errors import BadScore, RuleBroken
from app.domain.evidence import KeptFile
from app.domain.replies import Stance
from app.domain.scores import Absence, Rating, Score
from app.domain.stages import Stage

REQUESTABLE = (Absence.NOT_APPLICABLE, Absence.NOT_RATED, Absence.PENDING)
"""The absences that an office may ask for. That information was withheld is for others to say."""

CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""The signs of a receipt's code: none that is read as another."""
CODE_LENGTH = 12

_LINK = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#]\S*)?", re.ASCII | re.IGNORECASE)


class Field(StrEnum):
    """What an office types about one score."""

    STANCE = "stance"
    REQUESTED = "requested"
    REASON = "reason"
    EVIDENCE_TITLE = "evidence_title"
    EVIDENCE_URL = "evidence_url"


class Problem(StrEnum):
    """Why what was typed is no reply yet."""

    STANCE_MISSING = "stance-missing"
    REASON_MISSING = "reason-missing"
    REQUEST_OFF_SCALE = "request-off-scale"
    REQUEST_AS_IT_IS = "request-as-it-is"
    TITLE_MISSING = "title-missing"
    LINK_MISSING = "link-missing"
    LINK_WRONG = "link-wrong"


class LetterRefused(RuleBroken):
    """The letter cannot be sent: ``empty``, ``incomplete``, ``changed`` meanwhile."""

    code = "letter-refused"


class RequestDecided(RuleBroken):
    """What was asked for is decided, and no other answer takes its place; ``facts['demands']`` are the numbers."""

    code = "request-decided"


class NotNotified(RuleBroken):
    """The municipality has not been shown its draft."""

    code = "not-notified"


class FileMoved(RuleBroken):
    """Somebody else of the office attached, changed or took away the file meanwhile."""

    code = "file-moved"


@dataclass(frozen=True)
class TypedReply:
    """What stands in the fields about one score, letter by letter. ``requested`` is a score as typed or an absence."""

    stance: Stance | None = None
    requested: str = ""
    reason: str = ""
    evidence_title: str = ""
    evidence_url: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return self == TypedReply()

    @property
    def fingerprint(self) -> str:
        """Sixteen digits that differ where anything typed differs."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Writing:
    """What was typed about one score, and the fingerprint of what the page had shown."""

    known: str
    typed: TypedReply

    @property
    def says_more(self) -> bool:
        """Whether something stands in the fields that the page had not shown."""
        return not self.typed.is_blank and self.typed.fingerprint != self.known


@dataclass(frozen=True)
class Signing:
    """Who signs a letter, as what, and its words beside the replies."""

    signatory: str
    position: str
    words: str = ""


@dataclass(frozen=True)
class WholeReply:
    """What a letter says of one score. Only a request has more than its stance."""

    stance: Stance
    requested: Rating | None = None
    reason: str = ""
    evidence_title: str = ""
    evidence_url: str = ""
    file: KeptFile | None = None


def problems_of(typed: TypedReply, now: Rating, file: KeptFile | None = None) -> dict[Field, Problem]:
    """What is missing or wrong, by field; ``now`` is the score that the office was shown. Empty: it is whole."""
    if typed.stance is Stance.AGREE or (typed.is_blank and file is None):
        return {}
    if typed.stance is None:
        return {Field.STANCE: Problem.STANCE_MISSING}
    found = {
        Field.REQUESTED: _problem_of_request(typed.requested, now),
        Field.REASON: None if typed.reason else Problem.REASON_MISSING,
        Field.EVIDENCE_TITLE: Problem.TITLE_MISSING if typed.evidence_url and not typed.evidence_title else None,
        Field.EVIDENCE_URL: _problem_of_link(typed, file),
    }
    return {field: problem for field, problem in found.items() if problem}


def _problem_of_request(text: str, now: Rating) -> Problem | None:
    try:
        requested = requested_rating(text)
    except BadScore:
        return Problem.REQUEST_OFF_SCALE
    return Problem.REQUEST_AS_IT_IS if requested == now else None


def _problem_of_link(typed: TypedReply, file: KeptFile | None) -> Problem | None:
    """A document that is named is shown: by a link, by a file, or by both."""
    if not typed.evidence_url:
        return Problem.LINK_MISSING if typed.evidence_title and file is None else None
    return None if is_link(typed.evidence_url) else Problem.LINK_WRONG


def is_link(text: str) -> bool:
    """Whether it is the address of a page: http or https and a host, without blanks, a name or a password."""
    return _LINK.fullmatch(text) is not None


def requested_rating(text: str) -> Rating | None:
    """Read what was asked for: a score as typed, the code of an absence, or nothing; raise BadScore."""
    if not text:
        return None
    return Absence(text) if text in REQUESTABLE else Score.from_text(text)


def whole_reply(typed: TypedReply, now: Rating, file: KeptFile | None = None) -> WholeReply | None:
    """The reply that was typed, with its file; None where nothing was. Raise LetterRefused(``incomplete``)."""
    if problems_of(typed, now, file):
        raise LetterRefused("incomplete")
    if typed.stance is not Stance.CORRECTION:
        return WholeReply(typed.stance) if typed.stance else None
    requested = requested_rating(typed.requested)
    return WholeReply(typed.stance, requested, typed.reason, typed.evidence_title, typed.evidence_url, file)


def says_something(replies: Collection[object], words: str) -> bool:
    """Whether a letter answers at all: it holds a reply to a score, or words; signs without a letter or digit are none.

    Only such a letter counts as an answer (``answer_status``).
    """
    return bool(replies) or any(sign.isalnum() for sign in words)


class Merge(StrEnum):
    """What becomes of a field's text when it is saved: it is written, it stays as stored, or two people differ."""

    WRITE = "write"
    KEEP = "keep"
    CONFLICT = "conflict"


def merged(*, known: str, typed: TypedReply, stored: TypedReply) -> Merge:
    """Compare what was typed with what is stored; ``known`` is the fingerprint of what the page had shown."""
    if typed.fingerprint in {known, stored.fingerprint}:
        return Merge.KEEP
    return Merge.WRITE if stored.fingerprint == known else Merge.CONFLICT


def digest_of(replies: Mapping[int, WholeReply], revisions: Mapping[int, int], letters: int = 0) -> str:
    """What a letter says of the scores, and of which revisions of them, as sixteen digits that no other letter has.

    ``letters`` is how many were sent before: what was sent is not sent again by the same click.
    """
    words: list[object] = [letters]
    words += [[number, revisions.get(number), *map(str, astuple(row))] for number, row in sorted(replies.items())]
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()[:16]


def is_late(now_utc: datetime, due_utc: datetime) -> bool:
    """Whether the deadline has passed; its very moment still counts."""
    return now_utc > due_utc


def may_be_answered(stage: Stage) -> bool:
    """Whether a letter is still taken, in time or late: until the decisions begin."""
    return stage is Stage.REPLY


def may_be_seen(stage: Stage) -> bool:
    """Whether an office that was notified sees its draft."""
    return stage in {Stage.REPLY, Stage.DECISION}
