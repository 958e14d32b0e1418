"""Replies of a municipality as every rendering shows them: with their words, their letter and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.publications import Entry
from app.domain.replies import ANSWERED, AnswerStatus, PublishedAnswer, PublishedReply, Stance, Verdict
from app.domain.scores import Rating
from app.domain.texts import Text


@dataclass(frozen=True)
class LetterShown:
    """A letter: who signs it, as what, and its words where it has any."""

    number: int
    signatory: Text
    position: Text
    words: Text | None = None


@dataclass(frozen=True)
class ReplyShown:
    """A reply to one score with its letter, its words and those of the decision.

    ``sealed`` is the rating of the publication shown: a later correction may have changed it once more. ``file`` is
    what the manifest proves of the file that it sent, ``file_bytes`` its size where it is kept here.
    """

    reply: PublishedReply
    letter: LetterShown
    sealed: Rating
    reason: Text | None = None
    decision: Text | None = None
    evidence_title: Text | None = None
    evidence_url: Text | None = None
    file: Text | None = None
    file_bytes: int | None = None

    @property
    def is_request(self) -> bool:
        """Whether a correction was asked for."""
        return self.reply.stance is Stance.CORRECTION

    @property
    def has_evidence(self) -> bool:
        """Whether anything was offered as proof, withdrawn or not."""
        return any(text is not None for text in (self.evidence_title, self.evidence_url, self.file))

    @property
    def file_sha256(self) -> str:
        """The checksum of the file that backs it; empty where there is none or it was withdrawn."""
        return (self.file.body or "").partition(" ")[0] if self.file else ""

    @property
    def file_name(self) -> str:
        """The name under which that file is handed out; empty likewise."""
        return (self.file.body or "").rpartition(" ")[2] if self.file else ""

    @property
    def decided(self) -> Rating:
        """The rating that the decision left."""
        return self.reply.before if self.reply.after is None else self.reply.after

    @property
    def is_overtaken(self) -> bool:
        """Whether the score is no longer what the decision left: a correction has changed it since."""
        return self.decided != self.sealed

    @property
    def is_moved(self) -> bool:
        """Whether the decision moved the place in the demand's theme."""
        return self.reply.place_before is not None and self.reply.place_before != self.reply.place_after


@dataclass(frozen=True)
class EntryReplies:
    """What one municipality said in a round: whether it answered, its letters, and its replies by demand."""

    entry: Entry
    answer: PublishedAnswer
    letters: tuple[LetterShown, ...] = ()
    replies: tuple[ReplyShown, ...] = ()

    @property
    def requests(self) -> tuple[ReplyShown, ...]:
        """Its requests for a correction."""
        return tuple(shown for shown in self.replies if shown.is_request)

    @property
    def agreed(self) -> tuple[ReplyShown, ...]:
        """The scores that it agrees with."""
        return tuple(shown for shown in self.replies if not shown.is_request)

    @property
    def changed(self) -> int:
        """How many of its requests changed a score."""
        return sum(shown.reply.verdict is Verdict.CHANGED for shown in self.replies)


@dataclass(frozen=True)
class ReplyCounts:
    """A whole round in numbers: municipalities by status, and requests by verdict."""

    statuses: Mapping[AnswerStatus, int]
    verdicts: Mapping[Verdict, int]

    @property
    def municipalities(self) -> int:
        """How many municipalities the round asked, or should have; 0 in a round run without replies."""
        return sum(self.statuses.values())

    @property
    def answered(self) -> int:
        """How many of them answered, in time or late."""
        return sum(self.statuses.get(status, 0) for status in ANSWERED)

    @property
    def requests(self) -> int:
        """How many corrections were asked for."""
        return sum(self.verdicts.values())
