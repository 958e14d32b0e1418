"""What a round's publication seals, and the standings computed from it."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from app.domain import texts
from app.domain.editions import (
    OVERALL,
    Demand,
    Edition,
    EditionContent,
    Gender,
    Method,
    Period,
    Scope,
    Source,
    Theme,
    demand_scope,
    theme_scope,
)
from app.domain.ranking import Unplaced
from app.domain.replies import PublishedAnswer, PublishedReply
from app.domain.scores import Rating, Ratings

RULES = 1
"""The version of the arithmetic and of the manifest; verify keeps every version it ever sealed with."""

NO_PREVIOUS = "0" * 64
"""What the first publication of a chain holds in the place of the previous checksum."""


class PublicationKind(StrEnum):
    """What a publication seals."""

    EDITION = "edition"
    ROUND = "round"
    CORRECTION = "correction"


class DistinctionKind(StrEnum):
    """Praise or reproach."""

    PRAISE = "praise"
    REPROACH = "reproach"


@dataclass(frozen=True)
class PublicationHead:
    """What every manifest opens with. ``number`` counts within the round (or within the edition's own ones)."""

    RECORD: ClassVar[str] = "publication"
    KEY: ClassVar[tuple[str, ...]] = ()

    previous_sha256: str
    rules: int
    kind: PublicationKind
    sequence: int
    number: int
    sealed_at_utc: datetime
    edition_sha256: str = ""
    compared_with_sha256: str = ""


@dataclass(frozen=True)
class Entry:
    """One municipality's part in a round, and the mayor who answers for it."""

    RECORD: ClassVar[str] = "entry"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo",)

    cvegeo: str
    slug: str
    name: str
    sort_key: str
    mayor: str
    gender: Gender
    mandate_starts_on: date
    party: str = ""


@dataclass(frozen=True)
class PublishedScore:
    """One score or absence as sealed. ``revision`` is the append-only row in force."""

    RECORD: ClassVar[str] = "score"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo", "demand")

    cvegeo: str
    demand: int
    revision: int
    rating: Rating
    institution: str = ""
    conflict: str = ""
    source: str = ""


@dataclass(frozen=True)
class PublishedEvidence:
    """A link or file behind a score; its title and address are sealed texts."""

    RECORD: ClassVar[str] = "evidence"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo", "demand", "revision", "position")

    cvegeo: str
    demand: int
    revision: int
    position: int
    dated_on: date


@dataclass(frozen=True)
class PublishedFigure:
    """A figure exactly as an outside source printed it; shown beside ours, never in its place."""

    RECORD: ClassVar[str] = "figure"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo", "scope")

    cvegeo: str
    scope: Scope
    printed: str
    source: str


@dataclass(frozen=True)
class Distinction:
    """Praise or reproach to a mayor in a round; its words and signatory are sealed texts."""

    RECORD: ClassVar[str] = "distinction"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo", "position")

    cvegeo: str
    position: int
    kind: DistinctionKind


@dataclass(frozen=True)
class Standing:
    """One row of one ranking: the average with its coverage, the place or why there is none, and the change.

    ``position`` orders the rows of a scope for every rendering. ``exact`` in points, ``tenths`` as displayed.
    ``change_…`` and ``previous_…`` compare one mandate with itself and are None where it has nothing to compare with;
    ``previous_refused`` counts the demands that were refused then.
    """

    RECORD: ClassVar[str] = "standing"
    KEY: ClassVar[tuple[str, ...]] = ("scope", "cvegeo")

    scope: Scope
    cvegeo: str
    position: int
    rated: int
    applicable: int
    refused: int
    rated_weight: int
    applicable_weight: int
    exact: Fraction | None = None
    tenths: int | None = None
    place: int | None = None
    shared: bool = False
    unplaced: Unplaced | None = None
    change_tenths: int | None = None
    change_common: int | None = None
    change_common_weight: int | None = None
    previous_place: int | None = None
    previous_out_of: int | None = None
    previous_refused: int | None = None


SealedText = texts.SealedText
"""A free text in a manifest; an edition's own publication holds some, too."""


def text_sha256(salt: str, body: str) -> str:
    """Hex SHA-256 of the salt's bytes (hex text) followed by the UTF-8 bytes of the body."""
    return hashlib.sha256(bytes.fromhex(salt) + body.encode()).hexdigest()


@dataclass(frozen=True)
class RoundContent:
    """All that a publication of a round seals, before anything is computed from it."""

    edition: Edition
    method: Method
    themes: tuple[Theme, ...]
    demands: tuple[Demand, ...]
    sources: tuple[Source, ...]
    period: Period
    entries: tuple[Entry, ...]
    scores: tuple[PublishedScore, ...]
    evidence: tuple[PublishedEvidence, ...] = ()
    figures: tuple[PublishedFigure, ...] = ()
    distinctions: tuple[Distinction, ...] = ()
    replies: tuple[PublishedReply, ...] = ()
    answers: tuple[PublishedAnswer, ...] = ()
    texts: tuple[SealedText, ...] = ()
    ratings: Mapping[str, Ratings] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the ratings by municipality and demand."""
        ratings: dict[str, dict[int, Rating]] = {entry.cvegeo: {} for entry in self.entries}
        for score in self.scores:
            ratings.setdefault(score.cvegeo, {})[score.demand] = score.rating
        object.__setattr__(self, "ratings", ratings)

    def weights(self, scope: Scope) -> dict[int, int]:
        """The weight of each demand that a scope averages, by demand number."""
        return {demand.number: demand.weight for demand in self.demands if _in_scope(demand, scope)}

    def missing_cells(self) -> tuple[tuple[str, int], ...]:
        """The (municipality, demand) pairs with neither a score nor a typed absence."""
        cells = ((entry.cvegeo, demand.number) for entry in self.entries for demand in self.demands)
        return tuple(cell for cell in cells if cell[1] not in self.ratings[cell[0]])

    def departures(self, sealed: EditionContent) -> Iterator[tuple[str, str]]:
        """Where the round leaves what its edition sealed: other days, or other municipalities; a code and the place."""
        days = {period.number: (period.starts_on, period.ends_on) for period in sealed.periods}
        if days.get(self.period.number) != (self.period.starts_on, self.period.ends_on):
            yield "not-in-calendar", f"period {self.period.number}"
        evaluated = {entry.cvegeo for entry in self.entries}
        for cvegeo in sorted({place.cvegeo for place in sealed.municipalities} ^ evaluated):
            yield "municipality-differs", f"entry {cvegeo}"
        for score in self.scores:
            if score.cvegeo not in evaluated:
                yield "municipality-differs", f"score {score.cvegeo}/{score.demand}"

    def scopes(self) -> tuple[Scope, ...]:
        """The scopes this edition ranks: overall only where the method says so, each theme, each demand."""
        overall = (OVERALL,) if self.method.overall else ()
        themes = tuple(theme_scope(theme.key) for theme in self.themes)
        return (*overall, *themes, *(demand_scope(demand.number) for demand in self.demands))


def _in_scope(demand: Demand, scope: Scope) -> bool:
    return scope in {OVERALL, theme_scope(demand.theme), demand_scope(demand.number)}


def previous_round(published: Iterable[tuple[int, int, str]], number: int) -> str:
    """The checksum to compare round ``number`` with: the newest publication of the last round before it.

    ``published`` holds (round number, sequence, checksum) of all that is sealed; an empty text where there is none.
    """
    earlier = [row for row in published if row[0] < number]
    return max(earlier, key=lambda row: (row[0], row[1]))[2] if earlier else ""


def score_text_key(cvegeo: str, demand: int, revision: int) -> str:
    """The key of a score's sealed texts."""
    return f"score/{cvegeo}/{demand}/{revision}"


def evidence_text_key(cvegeo: str, demand: int, revision: int, position: int) -> str:
    """The key of an evidence's sealed texts."""
    return f"evidence/{cvegeo}/{demand}/{revision}/{position}"


def distinction_text_key(cvegeo: str, position: int) -> str:
    """The key of a distinction's sealed texts."""
    return f"distinction/{cvegeo}/{position}"


CORRECTION_TEXT_KEY = "correction"
"""The key of the text that says why a correction was made."""
