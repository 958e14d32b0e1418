"""The municipalities of an edition as a list by name, and the initials that lead through a long one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.domain.editions import Edition, Mandate, Municipality, Theme
from app.domain.fronts import EditionFront
from app.domain.publications import Entry, Standing
from app.domain.rankings import Part


@dataclass(frozen=True)
class MunicipalityFront:
    """A municipality in an edition's list, with its mayors so far and its part in the newest round that has one.

    ``standing`` is its row in the list's ranking, where the newest round of the edition gives one.
    """

    municipality: Municipality
    mandates: tuple[Mandate, ...]
    entry: Entry | None
    standing: Standing | None = None

    @property
    def mayors(self) -> tuple[Mandate, ...]:
        """Those that the edition names and the one that the newest round evaluates, newest first, each once."""
        known = {mandate.starts_on: mandate for mandate in self.mandates}
        if self.entry:
            e = self.entry
            known[e.mandate_starts_on] = Mandate(e.cvegeo, e.mandate_starts_on, e.mayor, e.gender, e.party)
        return tuple(known[day] for day in sorted(known, reverse=True))


@dataclass(frozen=True)
class Initial:
    """A letter that names begin with, and the page of the list on which the first of them stands."""

    letter: str
    page: int


@dataclass(frozen=True)
class Places:
    """The municipalities of an edition by name, or the part of them that a page shows.

    ``theme`` and ``out_of`` belong to the ranking in the rows; the overall one has no theme. ``initials`` are empty
    where one page holds them all.
    """

    front: EditionFront
    rows: tuple[MunicipalityFront, ...]
    part: Part
    theme: Theme | None = None
    out_of: int = 0
    initials: tuple[Initial, ...] = ()

    @property
    def edition(self) -> Edition:
        """The edition itself."""
        return self.front.edition

    @property
    def by_initial(self) -> tuple[tuple[str, tuple[MunicipalityFront, ...]], ...]:
        """The rows under their initials; all under an empty one where a single page holds them."""
        if not self.initials:
            return (("", self.rows),)
        groups = groupby(self.rows, key=lambda row: initial_of(row.municipality.sort_key))
        return tuple((letter, tuple(rows)) for letter, rows in groups)


def initial_of(sort_key: str) -> str:
    """The letter under which a name stands: ``Ñ`` is one of its own, all that begins with no letter under ``0-9``."""
    if sort_key.startswith("n~"):
        return "Ñ"
    return sort_key[0].upper() if sort_key[:1].isalpha() else "0-9"


def initials_of(counts: Iterable[tuple[str, int]], rows_of_a_page: int) -> tuple[Initial, ...]:
    """Where each initial begins, from how many names begin with each two characters of their sort keys, in order."""
    found: dict[str, int] = {}
    before = 0
    for beginning, count in counts:
        found.setdefault(initial_of(beginning), before // rows_of_a_page + 1)
        before += count
    return tuple(Initial(letter, page) for letter, page in found.items())
