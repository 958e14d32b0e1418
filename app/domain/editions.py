"""An edition and what belongs to it: method, themes, demands, municipalities, mandates, periods, sources.

These are the values that get sealed. ``RECORD`` and ``KEY`` say how the manifest names each of them.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar

from app.domain.acknowledgements import PublishedAcknowledgement
from app.domain.clarifications import Clarification
from app.domain.errors import RuleBroken
from app.domain.organisations import Organisation
from app.domain.scores import Score
from app.domain.texts import SealedText


class EditionKind(StrEnum):
    """Real editions hold only what a source printed; demonstrations are invented and say so everywhere."""

    REAL = "real"
    DEMONSTRATION = "demonstration"


class Gender(StrEnum):
    """For "la alcaldesa / el alcalde"."""

    FEMALE = "f"
    MALE = "m"


class ScopeKind(StrEnum):
    """What a ranking is over."""

    OVERALL = "overall"
    THEME = "theme"
    DEMAND = "demand"


@dataclass(frozen=True)
class Scope:
    """Overall, one theme or one demand. Written ``overall``, ``theme:seguridad``, ``demand:3``."""

    kind: ScopeKind
    key: str = ""

    @classmethod
    def from_text(cls, text: str) -> "Scope":
        """Read the written form; raise RuleBroken(``bad-scope``)."""
        kind, _, key = text.partition(":")
        if kind not in set(ScopeKind) or bool(key) == (kind == ScopeKind.OVERALL):
            raise RuleBroken("bad-scope", text=text)
        if kind == ScopeKind.DEMAND and not (key.isascii() and key.isdigit()):
            raise RuleBroken("bad-scope", text=text)
        return cls(ScopeKind(kind), key)

    def __str__(self) -> str:
        """The written form."""
        return f"{self.kind.value}:{self.key}" if self.key else self.kind.value


ALIAS_SEPARATOR = "; "
OVERALL = Scope(ScopeKind.OVERALL)


def theme_scope(key: str) -> Scope:
    """The scope of one theme."""
    return Scope(ScopeKind.THEME, key)


def demand_scope(number: int) -> Scope:
    """The scope of one demand."""
    return Scope(ScopeKind.DEMAND, str(number))


@dataclass(frozen=True)
class Edition:
    """One programme for one term. Dates are half-open; ``zone`` is an IANA name; texts in Spanish and English."""

    RECORD: ClassVar[str] = "edition"
    KEY: ClassVar[tuple[str, ...]] = ("slug",)

    slug: str
    kind: EditionKind
    name_es: str
    name_en: str
    place_es: str
    place_en: str
    starts_on: date
    ends_on: date
    zone: str
    demand_word_es: str
    demand_words_es: str
    demand_word_en: str
    demand_words_en: str
    about_es: str = ""
    about_en: str = ""
    overall_note_es: str = ""
    overall_note_en: str = ""

    @property
    def is_demonstration(self) -> bool:
        """Whether every page and file of it must say that its data is invented."""
        return self.kind is EditionKind.DEMONSTRATION


@dataclass(frozen=True)
class Method:
    """The edition's fixed rules. Coverages in whole percent; scores in points."""

    RECORD: ClassVar[str] = "method"
    KEY: ClassVar[tuple[str, ...]] = ()

    overall: bool
    minimum_coverage_percent: int
    minimum_theme_coverage_percent: int
    jump_limit: Score
    refused_counts_as: Score | None = None

    def __post_init__(self) -> None:
        """Refuse a method under which withholding information could pay."""
        if self.refused_counts_as is not None and self.refused_counts_as.tenths:
            raise RuleBroken("refusal-would-pay", value=str(self.refused_counts_as))
        for percent in (self.minimum_coverage_percent, self.minimum_theme_coverage_percent):
            if not 0 <= percent <= 100:  # noqa: PLR2004 - percent
                raise RuleBroken("coverage-off-scale", percent=percent)

    def minimum_coverage(self, scope: Scope) -> Fraction:
        """The least coverage, 0 to 1, that earns a place in a ranking over this scope."""
        percent = (
            self.minimum_coverage_percent if scope.kind is ScopeKind.OVERALL else self.minimum_theme_coverage_percent
        )
        return Fraction(percent, 100)


@dataclass(frozen=True)
class Theme:
    """A group of demands; ``position`` orders themes on every page."""

    RECORD: ClassVar[str] = "theme"
    KEY: ClassVar[tuple[str, ...]] = ("key",)

    key: str
    position: int
    name_es: str
    name_en: str


@dataclass(frozen=True)
class Demand:
    """One of the ten. Empty criterion, measure or anchors mean that no source states them."""

    RECORD: ClassVar[str] = "demand"
    KEY: ClassVar[tuple[str, ...]] = ("number",)

    number: int
    theme: str
    weight: int
    name_es: str
    name_en: str
    criterion_es: str = ""
    criterion_en: str = ""
    measure_es: str = ""
    measure_en: str = ""
    anchor_0_es: str = ""
    anchor_0_en: str = ""
    anchor_5_es: str = ""
    anchor_5_en: str = ""
    anchor_10_es: str = ""
    anchor_10_en: str = ""
    source: str = ""
    criterion_source: str = ""


@dataclass(frozen=True)
class Municipality:
    """A place, keyed by its INEGI code. ``sort_key`` is the stored Spanish collation key.

    ``aliases`` are the names that people use, separated by "; "; ``population_source`` names its source, which says
    the year that the inhabitants were counted.
    """

    RECORD: ClassVar[str] = "municipality"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo",)

    cvegeo: str
    slug: str
    name: str
    sort_key: str
    source: str = ""
    aliases: str = ""
    population: int | None = None
    population_source: str = ""

    @property
    def also_called(self) -> tuple[str, ...]:
        """The names that people use besides the official one."""
        return alias_list(self.aliases)


def alias_list(aliases: str) -> tuple[str, ...]:
    """The names in ``SPGG; San Pedro``, one by one."""
    return tuple(filter(None, aliases.split(ALIAS_SEPARATOR)))


@dataclass(frozen=True)
class Mandate:
    """A mayor in office, from ``starts_on`` up to but not including ``ends_on`` (None: still in office)."""

    RECORD: ClassVar[str] = "mandate"
    KEY: ClassVar[tuple[str, ...]] = ("cvegeo", "starts_on")

    cvegeo: str
    starts_on: date
    mayor: str
    gender: Gender
    party: str = ""
    ends_on: date | None = None
    source: str = ""
    note_es: str = ""
    note_en: str = ""

    def covers(self, day: date) -> bool:
        """Whether this mayor was in office on that day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def as_known_on(self, day: date) -> "Mandate":
        """This mandate as it stood on that day: an end that had not come yet is left open."""
        if self.ends_on is None or self.ends_on <= day:
            return self
        return Mandate(**{**self.__dict__, "ends_on": None})


@dataclass(frozen=True)
class Period:
    """The two months that a round evaluates; both dates inclusive."""

    RECORD: ClassVar[str] = "period"
    KEY: ClassVar[tuple[str, ...]] = ("number",)

    number: int
    starts_on: date
    ends_on: date
    publication_due_on: date | None = None
    source_published_on: date | None = None
    source: str = ""


@dataclass(frozen=True)
class Source:
    """Where a fact of the edition was printed."""

    RECORD: ClassVar[str] = "source"
    KEY: ClassVar[tuple[str, ...]] = ("key",)

    key: str
    position: int
    title: str
    publisher: str = ""
    published_on: date | None = None
    url: str = ""
    note_es: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class EditionContent:
    """All that a publication of kind *edition* seals."""

    edition: Edition
    method: Method
    themes: tuple[Theme, ...]
    demands: tuple[Demand, ...]
    sources: tuple[Source, ...]
    municipalities: tuple[Municipality, ...] = field(default=())
    mandates: tuple[Mandate, ...] = field(default=())
    periods: tuple[Period, ...] = field(default=())
    organisations: tuple[Organisation, ...] = field(default=())
    acknowledgements: tuple[PublishedAcknowledgement, ...] = field(default=())
    texts: tuple[SealedText, ...] = field(default=())
    clarifications: tuple[Clarification, ...] = field(default=())

    def demands_of(self, theme: str) -> tuple[Demand, ...]:
        """The demands of a theme, in their order."""
        return tuple(demand for demand in self.demands if demand.theme == theme)

    def has_the_rules_of(self, other: "EditionContent") -> bool:
        """Whether method, themes and the demands' weights and criteria are those of the other content."""
        return (self.method, self.themes, self.demands) == (other.method, other.themes, other.demands)
