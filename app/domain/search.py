"""Finding a municipality by its name, its mayor's, or what people call it; accents, case and one slip do not matter.

``static/js/search.js`` keeps the same rule in the browser; ``tests/vectors/search.json`` binds the two.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from app.domain.editions import Edition, Gender

LONGEST_TEXT = 80
"""How many characters of what was typed are read: no name is longer."""
SHORTEST_WITH_SLIP = 4
"""From how many letters a word may hold a slip."""
SHORTEST_BEGINNING_WITH_SLIP = 5
"""From how many letters a beginning of a word may hold a slip: shorter ones would resemble too much."""
NOISE = frozenset({"de", "del", "el", "en", "la", "las", "los", "of", "the", "y"}) | {
    *("alcalde", "alcaldesa", "alcaldia", "mayor", "municipal", "municipio", "presidenta", "presidente"),
}
"""Words that say nothing about which municipality is meant, beside any other word."""
MOST_SUGGESTIONS = 60
"""How many municipalities are named to a reader who found none."""
_FIRST_MARK, _LAST_MARK = 0x300, 0x36F


class Strength(IntEnum):
    """How well a text fits, the best first."""

    EXACT = 0
    PREFIX = 1
    ALIAS = 2
    SLIP = 3


@dataclass(frozen=True)
class Tenure:
    """A mayor of a municipality, and the years between which the mandate lies."""

    mayor: str
    gender: Gender
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Findable:
    """A municipality in one edition as the search knows it; its mayors newest first.

    ``key`` is the same in every edition, so that a place is found once.
    """

    key: str
    edition: str
    slug: str
    name: str
    tenures: tuple[Tenure, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A municipality that fits; ``tenure`` is the mayor by whose name it was found, None for the place itself."""

    row: Findable
    strength: Strength
    tenure: Tenure | None = None


@dataclass(frozen=True)
class SearchIndex:
    """What can be found: in one edition (``within``), or in every real one, newest first."""

    editions: tuple[Edition, ...]
    within: Edition | None
    rows: tuple[Findable, ...]

    @property
    def edition(self) -> Edition:
        """The one edition that it holds."""
        if self.within is None:
            raise LookupError("this index holds every real edition")
        return self.within


@dataclass(frozen=True)
class SearchResults:
    """What fits a text, the best first; ``are_cut`` where more fit than are given."""

    index: SearchIndex
    text: str
    hits: tuple[Hit, ...]
    are_cut: bool = False

    @property
    def edition(self) -> Edition:
        """The one edition that was searched."""
        return self.index.edition

    @property
    def clear(self) -> Findable | None:
        """The municipality that is meant beyond doubt."""
        hit = clear_hit(self.hits)
        return hit.row if hit else None

    @property
    def newest(self) -> Edition | None:
        """The newest edition in which anything can be found."""
        slugs = {row.edition for row in self.index.rows}
        return next((edition for edition in self.index.editions if edition.slug in slugs), None)

    @property
    def suggestions(self) -> tuple[Findable, ...]:
        """The first municipalities of that edition, for who found nothing."""
        newest = self.newest
        rows = [row for row in self.index.rows if newest and row.edition == newest.slug]
        return tuple(rows[:MOST_SUGGESTIONS])

    def edition_of(self, row: Findable) -> Edition:
        """The edition that a row belongs to."""
        return next(edition for edition in self.index.editions if edition.slug == row.edition)


def find(index: Iterable[Findable], text: str, limit: int) -> tuple[Hit, ...]:
    """At most ``limit`` municipalities that fit, the best first; among equals places before mayors, in index order.

    The index stands in Spanish order, the newest edition of a place first: of a place found alike in several
    editions only the first is given.
    """
    typed = fold(text[:LONGEST_TEXT])
    if not typed:
        return ()
    hits = [hit for row in index if (hit := _fit(row, typed)) is not None]
    hits.sort(key=lambda hit: (hit.strength, hit.tenure is not None))
    seen: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        seen.setdefault((hit.row.key, fold(hit.tenure.mayor) if hit.tenure else ""), hit)
    return tuple(seen.values())[: max(0, limit)]


def clear_hit(hits: Sequence[Hit]) -> Hit | None:
    """The one that is meant beyond doubt: alone, alone in fitting exactly, or with nothing but slips behind it."""
    if len(hits) <= 1:
        return hits[0] if hits else None
    first, second = hits[0].strength, hits[1].strength
    clear = first < second and (first is Strength.EXACT or second is Strength.SLIP)
    return hits[0] if clear else None


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The words of a text in plain small letters and digits: ``Añil`` is ``anil``. Signs count as blanks."""
    letters = unicodedata.normalize("NFKD", text).lower()
    kept = (char for char in letters if not _FIRST_MARK <= ord(char) <= _LAST_MARK)
    return " ".join("".join(char if char.isascii() and char.isalnum() else " " for char in kept).split())


def _fit(row: Findable, typed: str) -> Hit | None:
    """How a row fits best: by its own name or alias, else by a mayor's."""
    words = [word for word in typed.split() if word not in NOISE] or typed.split()
    name = fold(row.name)
    fits: list[tuple[Strength | None, Tenure | None]] = [
        (_fit_of_name(name, typed, words), None),
        (_fit_of_aliases(row.aliases, typed, words), None),
    ]
    fits += [(_fit_of_mayor(name, fold(tenure.mayor), typed, words), tenure) for tenure in row.tenures]
    found = [Hit(row, strength, tenure) for strength, tenure in fits if strength is not None]
    return min(found, key=lambda hit: (hit.strength, hit.tenure is not None), default=None)


def _fit_of_name(name: str, typed: str, words: Sequence[str]) -> Strength | None:
    if typed == name:
        return Strength.EXACT
    if all(_begins(word, name.split()) for word in words):
        return Strength.PREFIX
    return Strength.SLIP if _slips(typed, words, name) else None


def _fit_of_aliases(aliases: Iterable[str], typed: str, words: Sequence[str]) -> Strength | None:
    fits = (_fit_of_name(fold(alias), typed, words) for alias in aliases)
    best = min((fit for fit in fits if fit is not None), default=None)
    return Strength.ALIAS if best is Strength.PREFIX else best


def _fit_of_mayor(name: str, mayor: str, typed: str, words: Sequence[str]) -> Strength | None:
    """By the mayor's name; words of the place's name may stand among its words."""
    fit = _fit_of_name(mayor, typed, words)
    both = [*name.split(), *mayor.split()]
    if fit in {None, Strength.SLIP} and all(_begins(word, both) for word in words):
        return Strength.PREFIX
    return fit


def _begins(word: str, among: Iterable[str]) -> bool:
    return any(other.startswith(word) for other in among)


def _slips(typed: str, words: Sequence[str], name: str) -> bool:
    """Whether one slip a word leads to the name, or one slip in all of it, blanks left aside."""
    if _is_near(typed.replace(" ", ""), name.replace(" ", "")):
        return True
    among = name.split()
    return all(any(other.startswith(word) or _is_near(word, other) for other in among) for word in words)


def _is_near(typed: str, word: str) -> bool:
    """Whether one slip leads to the word, or to its beginning: readers see what fits while they type."""
    if len(typed) < SHORTEST_WITH_SLIP:
        return False
    if is_one_slip_away(typed, word):
        return True
    lengths = range(len(typed) - 1, len(typed) + 2) if len(typed) >= SHORTEST_BEGINNING_WITH_SLIP else ()
    return any(is_one_slip_away(typed, word[:length]) for length in lengths)


def is_one_slip_away(one: str, other: str) -> bool:
    """Whether at most one letter was added, left out, changed, or swapped with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if at is None:
        return True
    return (
        one[at + 1 :] == other[at + 1 :]
        or one[at + 1 :] == other[at:]
        or one[at:] == other[at + 1 :]
        or (one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :])
    )
