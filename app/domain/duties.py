"""Who rates which municipality on which theme, and who may not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.domain.errors import RuleBroken
from app.domain.permissions import Role


class NotOfEdition(RuleBroken):
    """The person, municipality, theme or organisation is none of this edition's."""

    code = "not-of-edition"


class Barred(RuleBroken):
    """The person is barred from a municipality; ``facts['municipality']`` is its address name."""

    code = "barred"


@dataclass(frozen=True)
class Place:
    """A municipality of the edition."""

    id: int
    slug: str
    name: str


@dataclass(frozen=True)
class ThemeRow:
    """A theme of the edition with the numbers of its demands."""

    id: int
    key: str
    name_es: str
    name_en: str
    demands: tuple[int, ...]


@dataclass(frozen=True)
class Rater:
    """Somebody who rates or reviews: her roles, her institution, how many cells a round gives her."""

    account_id: int
    name: str
    roles: frozenset[Role]
    institution: str = ""
    cells: int = 0
    barred: tuple[str, ...] = ()

    @property
    def is_evaluator(self) -> bool:
        """Whether anything can be assigned to her."""
        return Role.EVALUATOR in self.roles


@dataclass(frozen=True)
class DutySheet:
    """All that can be assigned to one evaluator, and what is."""

    rater: Rater
    institution_key: str
    places: tuple[Place, ...]
    themes: tuple[ThemeRow, ...]
    organisations: tuple[tuple[str, str], ...]
    assigned: frozenset[tuple[str, str]]
    conflicts: Mapping[str, str] = field(default_factory=dict)
    barred: Mapping[str, str] = field(default_factory=dict)

    def choices(self) -> tuple[str, ...]:
        """What a form may hold: ``alba/seguridad``, ``alba/*`` for all its themes, ``*`` for everything."""
        pairs = (f"{place.slug}/{theme.key}" for place in self.places for theme in self.themes)
        return ("*", *(f"{place.slug}/*" for place in self.places), *pairs)

    def chosen(self, ticked: Iterable[str]) -> frozenset[tuple[str, str]]:
        """The pairs of municipality and theme that ticked boxes mean; a barred municipality is in no "all"."""
        wanted = set(ticked)
        return frozenset(
            (place.slug, theme.key)
            for place in self.places
            for theme in self.themes
            if f"{place.slug}/{theme.key}" in wanted
            or (place.slug not in self.barred and ("*" in wanted or f"{place.slug}/*" in wanted))
        )


@dataclass(frozen=True)
class CoverageRow:
    """One municipality with the names of those who rate it, theme by theme."""

    place: Place
    raters: tuple[tuple[ThemeRow, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Coverage:
    """Who rates what in an edition."""

    raters: tuple[Rater, ...]
    rows: tuple[CoverageRow, ...]

    def nobodys(self) -> tuple[tuple[Place, tuple[ThemeRow, ...]], ...]:
        """The municipalities with themes that are nobody's to rate."""
        found = ((row.place, tuple(theme for theme, names in row.raters if not names)) for row in self.rows)
        return tuple((place, themes) for place, themes in found if themes)


@dataclass(frozen=True)
class BarRow:
    """That somebody may not rate or review a municipality, and why."""

    id: int
    name: str
    place: str
    reason: str


@dataclass(frozen=True)
class NewDuties:
    """All that one evaluator shall rate from now on: pairs of municipality and theme, by their address names.

    ``conflicts`` are the interests that she declares, by municipality; ``institution`` stands beside her scores.
    """

    account_id: int
    pairs: frozenset[tuple[str, str]]
    institution: str = ""
    conflicts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class NewBar:
    """Who may not rate or review which municipality, and why."""

    account_id: int
    municipality: str
    reason: str
