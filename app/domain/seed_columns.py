"""What a table of a seed is made of: its columns, its natural key, and how the text of a cell is checked."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.editions import ALIAS_SEPARATOR, Scope
from app.domain.scores import Score, rating_from_text

Row = Mapping[str, str]
Check = Callable[[str], object]


def matches(pattern: str) -> Check:
    """A check that the whole text fits the pattern."""
    compiled = re.compile(pattern, re.ASCII)

    def check(text: str) -> object:
        if not compiled.fullmatch(text):
            raise ValueError(text)
        return text

    return check


def moment_of(text: str) -> datetime:
    """Read ``2025-11-28T18:00:00Z``; raise ValueError."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def zone(text: str) -> object:
    """An IANA zone that this machine knows."""
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(text) from error


def _words(text: str) -> object:
    if "\0" in text:
        raise ValueError(text)
    return text


def aliases(text: str) -> object:
    """Names separated by "; "."""
    names = text.split(ALIAS_SEPARATOR)
    if any(";" in name or not name or name != " ".join(name.split()) for name in names):
        raise ValueError(text)
    return _words(text)


WORDS: Check = _words
SLUG = matches(r"[a-z0-9]+(-[a-z0-9]+)*")
COUNT = matches(r"[1-9][0-9]{0,5}")
PERCENT = matches(r"100|[1-9]?[0-9]")
POPULATION = matches(r"[1-9][0-9]{0,7}|1[0-9]{8}|200000000")
CVEGEO = matches(r"[0-9]{5}")
SALT = matches(r"[0-9a-f]{32}")
SHA256 = matches(r"[0-9a-f]{64}")
YES_NO = matches(r"true|false")
WORDING = matches(
    r"edition/(about|overall_note)|theme:[a-z0-9-]+/name|demand:[0-9]+/(name|criterion|measure|anchor_(0|5|10))"
)
URL = matches(r"https?://[^\s\"<>\\]+")
DAY: Check = date.fromisoformat
MOMENT: Check = moment_of
SCORE: Check = Score.from_text
RATING: Check = rating_from_text
SCOPE: Check = Scope.from_text


@dataclass(frozen=True)
class Column:
    """One column: its name, how its text is checked, and whether it may be empty."""

    name: str
    check: Check = WORDS
    required: bool = True


@dataclass(frozen=True)
class Table:
    """One table of a seed: its columns, which of them are the natural key, and whether its file may be missing."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    may_lack: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def key_of(self, row: Row) -> tuple[str, ...]:
        """The natural key of a row."""
        return tuple(row[name] for name in self.key)

    def order_of(self, row: Row) -> tuple[tuple[int, str], ...]:
        """What rows are sorted by: the key, whole numbers as numbers."""
        return tuple((int(text) if text.isdecimal() else 0, text) for text in self.key_of(row))


def table(name: str, key: str, *columns: Column, may_lack: bool = False) -> Table:
    """A table by its name, the names of its key, and its columns."""
    return Table(name, tuple(key.split()), columns, may_lack)


def both(name: str, *, required: bool = False) -> tuple[Column, Column]:
    """A text in Spanish, and optional in English."""
    return Column(f"{name}_es", required=required), Column(f"{name}_en", required=False)


def any_of(kind: Iterable[str]) -> Check:
    """A check that the text is one of these."""
    allowed = frozenset(kind)

    def check(text: str) -> object:
        if text not in allowed:
            raise ValueError(text)
        return text

    return check


def optional(name: str, check: Check = WORDS) -> Column:
    """A column that may be empty."""
    return Column(name, check, required=False)


CELL = (Column("round", COUNT), Column("cvegeo", CVEGEO))
