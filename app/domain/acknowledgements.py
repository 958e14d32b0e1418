"""What a municipality says of an edition's rules before its first rating: it takes note, or it objects."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.errors import RuleBroken


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
