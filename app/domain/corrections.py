"""What the publications of an edition changed after the fact, as its page of corrections lists it."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.editions import Edition
from app.domain.fronts import EditionFront
from app.domain.publications import Entry, PublishedScore, Standing
from app.domain.scorecard import Publication
from app.domain.texts import Text


@dataclass(frozen=True)
class ScoreChange:
    """A score as the corrected publication had it, and as the correction has it."""

    entry: Entry
    before: PublishedScore
    after: PublishedScore


@dataclass(frozen=True)
class StandingChange:
    """A theme's or the overall row whose displayed average or place moved, or came to be shared or alone."""

    entry: Entry
    before: Standing
    after: Standing


@dataclass(frozen=True)
class Correction:
    """One correction of a round: its reason and all that it moved."""

    round_number: int
    publication: Publication
    reason: Text
    scores: tuple[ScoreChange, ...]
    standings: tuple[StandingChange, ...]


@dataclass(frozen=True)
class WithdrawnText:
    """A text withdrawn for legal reasons. ``key`` names it as the manifest does (``score/19006/3/1``)."""

    round_number: int
    key: str
    cause_es: str
    withdrawn_at_utc: datetime

    @property
    def record(self) -> str:
        """What kind of record held the text: the first word of its key."""
        return self.key.partition("/")[0]


@dataclass(frozen=True)
class CorrectionsPage:
    """Corrections and withdrawals of an edition, newest first."""

    front: EditionFront
    corrections: tuple[Correction, ...]
    withdrawn: tuple[WithdrawnText, ...]

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.front.edition
