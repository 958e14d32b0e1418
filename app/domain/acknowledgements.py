"""What a municipality says of an edition's rules before its first rating: it takes note, or it objects."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from app.domain.errors import RuleBroken
from app.domain.texts import Text


class AcknowledgementKind(StrEnum):
    """Takes note of the rules, or objects to them; the edition goes on either way, and publishes which."""

    ACCEPT = "accept"
    OBJECT = "object"


class ObjectionWithoutWords(RuleBroken):
    """An objection says what it objects to."""

    code = "objection-without-words"


@dataclass(frozen=True)
class NewAcknowledgement:
    """What a municipality says of the rules, signed by a named person."""

    kind: AcknowledgementKind
    words: str
    signatory: str
    position: str

    def __post_init__(self) -> None:
        """Refuse an objection without words."""
        if self.kind is AcknowledgementKind.OBJECT and not self.words:
            raise ObjectionWithoutWords


@dataclass(frozen=True)
class Note:
    """A municipality of the edition with what it last said of the rules, if anything."""

    cvegeo: str
    slug: str
    name: str
    liaisons: int
    said: NewAcknowledgement | None = None
    said_at_utc: datetime | None = None


@dataclass(frozen=True)
class PublishedAcknowledgement:
    """What a municipality said of the rules, as sealed with them; words, signatory and position are sealed texts."""

    RECORD: ClassVar[str] = "acknowledgement"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo",)

    cvegeo: str
    kind: AcknowledgementKind
    acknowledged_on: date


def acknowledgement_text_key(cvegeo: str) -> str:
    """The key of the texts of a municipality's acknowledgement."""
    return f"{PublishedAcknowledgement.RECORD}/{cvegeo}"


@dataclass(frozen=True)
class SealedNote:
    """What a municipality said of the rules, as published; no words where it only took note."""

    name: str
    kind: AcknowledgementKind
    acknowledged_on: date
    words: Text | None
    signatory: Text
    position: Text
