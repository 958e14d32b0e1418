"""The tables of a seed folder: natural keys, and what each column may hold."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.domain.editions import ALIAS_SEPARATOR, EditionKind, Gender, Scope
from app.domain.organisations import OrganisationKind
from app.domain.publications import DistinctionKind, PublicationKind
from app.domain.scores import Absence, Score
from app.domain.stages import Stage

Row = Mapping[str, str]
Check = Callable[[str], object]


def _matches(pattern: str) -> Check:
    compiled = re.compile(pattern, re.ASCII)

    def check(text: str) -> object:
        if not compiled.fullmatch(text):
            raise ValueError(text)
        return text

    return check


def moment_of(text: str) -> datetime:
    """Read ``2025-11-28T18:00:00Z``; raise ValueError."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def _zone(text: str) -> object:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(text) from error


def _words(text: str) -> object:
    if "\0" in text:
        raise ValueError(text)
    return text


def _aliases(text: str) -> object:
    names = text.split(ALIAS_SEPARATOR)
    if any(";" in name or not name or name != " ".join(name.split()) for name in names):
        raise ValueError(text)
    return _words(text)


WORDS: Check = _words
SLUG = _matches(r"[a-z0-9]+(-[a-z0-9]+)*")
COUNT = _matches(r"[1-9][0-9]{0,5}")
PERCENT = _matches(r"100|[1-9]?[0-9]")
POPULATION = _matches(r"[1-9][0-9]{0,7}|1[0-9]{8}|200000000")
CVEGEO = _matches(r"[0-9]{5}")
SALT = _matches(r"[0-9a-f]{32}")
SHA256 = _matches(r"[0-9a-f]{64}")
YES_NO = _matches(r"true|false")
URL = _matches(r"https?://[^\s\"<>\\]+")
DAY: Check = date.fromisoformat
MOMENT: Check = moment_of
SCORE: Check = Score.from_text
SCOPE: Check = Scope.from_text


@dataclass(frozen=True)
class Column:
    """One column: its name, how its text is checked, and whether it may be empty."""

    name: str
    check: Check = WORDS
    required: bool = True


@dataclass(frozen=True)
class Table:
    """One table of a seed: its columns, and which of them are the natural key."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

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


def _table(name: str, key: str, *columns: Column) -> Table:
    return Table(name, tuple(key.split()), columns)


def _both(name: str, *, required: bool = False) -> tuple[Column, Column]:
    return Column(f"{name}_es", required=required), Column(f"{name}_en", required=False)


def _any_of(kind: Iterable[str]) -> Check:
    allowed = frozenset(kind)

    def check(text: str) -> object:
        if text not in allowed:
            raise ValueError(text)
        return text

    return check


def _optional(name: str, check: Check = WORDS) -> Column:
    return Column(name, check, required=False)


_CELL = (Column("round", COUNT), Column("cvegeo", CVEGEO))

TABLES: tuple[Table, ...] = (
    _table(
        "edition",
        "slug",
        Column("slug", _matches(r"[a-z0-9]+(-[a-z0-9]+)*-[0-9]{4}")),
        Column("kind", _any_of(EditionKind)),
        *_both("name", required=True),
        *_both("place", required=True),
        Column("starts_on", DAY),
        Column("ends_on", DAY),
        Column("zone", _zone),
        Column("demand_word_es"),
        Column("demand_words_es"),
        Column("demand_word_en"),
        Column("demand_words_en"),
        *_both("about"),
        *_both("overall_note"),
    ),
    _table(
        "method",
        "",
        Column("overall", YES_NO),
        Column("minimum_coverage_percent", PERCENT),
        Column("minimum_theme_coverage_percent", PERCENT),
        _optional("refused_counts_as", _matches("0")),
        Column("jump_limit", SCORE),
    ),
    _table("themes", "key", Column("key", SLUG), *_both("name", required=True)),
    _table(
        "sources",
        "key",
        Column("key", SLUG),
        Column("title"),
        _optional("publisher"),
        _optional("published_on", DAY),
        _optional("url", URL),
        *_both("note"),
    ),
    _table(
        "demands",
        "number",
        Column("number", COUNT),
        Column("theme", SLUG),
        Column("weight", COUNT),
        *_both("name", required=True),
        *_both("criterion"),
        *_both("measure"),
        *_both("anchor_0"),
        *_both("anchor_5"),
        *_both("anchor_10"),
        _optional("source", SLUG),
        _optional("criterion_source", SLUG),
    ),
    _table(
        "municipalities",
        "cvegeo",
        Column("cvegeo", CVEGEO),
        Column("slug", SLUG),
        Column("name"),
        _optional("aliases", _aliases),
        _optional("population", POPULATION),
        _optional("population_source", SLUG),
        _optional("source", SLUG),
    ),
    _table(
        "mandates",
        "cvegeo starts_on",
        Column("cvegeo", CVEGEO),
        Column("mayor"),
        Column("gender", _any_of(Gender)),
        _optional("party"),
        Column("starts_on", DAY),
        _optional("ends_on", DAY),
        _optional("source", SLUG),
        *_both("note"),
    ),
    _table(
        "rounds",
        "number",
        Column("number", COUNT),
        Column("starts_on", DAY),
        Column("ends_on", DAY),
        _optional("publication_due_on", DAY),
        Column("stage", _any_of(Stage)),
        _optional("source_published_on", DAY),
        _optional("source", SLUG),
    ),
    _table(
        "organisations",
        "key",
        Column("key", SLUG),
        Column("name"),
        Column("kind", _any_of(OrganisationKind)),
        *_both("role"),
        *_both("interest"),
        _optional("source", SLUG),
    ),
    _table(
        "scores",
        "round cvegeo demand revision",
        *_CELL,
        Column("demand", COUNT),
        Column("revision", COUNT),
        _optional("value", SCORE),
        _optional("absence", _any_of(Absence)),
        _optional("reason_es"),
        _optional("salt", SALT),
        _optional("institution"),
        _optional("conflict_es"),
        Column("recorded_at_utc", MOMENT),
        _optional("source", SLUG),
    ),
    _table(
        "evidence",
        "round cvegeo demand revision position",
        *_CELL,
        Column("demand", COUNT),
        Column("revision", COUNT),
        Column("position", COUNT),
        _optional("title_es"),
        _optional("url", URL),
        Column("dated_on", DAY),
        _optional("salt", SALT),
    ),
    _table(
        "distinctions",
        "round cvegeo position",
        *_CELL,
        Column("position", COUNT),
        Column("kind", _any_of(DistinctionKind)),
        _optional("text_es"),
        _optional("signatory"),
        _optional("salt", SALT),
        Column("recorded_at_utc", MOMENT),
    ),
    _table(
        "figures",
        "round cvegeo scope",
        *_CELL,
        Column("scope", SCOPE),
        Column("printed"),
        Column("source", SLUG),
    ),
    _table(
        "publications",
        "sequence",
        Column("sequence", COUNT),
        Column("kind", _any_of(PublicationKind)),
        _optional("round", COUNT),
        Column("number", COUNT),
        Column("sealed_at_utc", MOMENT),
        _optional("reason_es"),
        _optional("reason_salt", SALT),
        _optional("sha256", SHA256),
    ),
    _table(
        "withdrawals",
        "round key field",
        Column("round", COUNT),
        Column("key", _matches(r"(score|evidence|distinction)(/[0-9]+){2,4}|correction")),
        Column("field", SLUG),
        Column("sha256", SHA256),
        Column("cause_es"),
        Column("withdrawn_at_utc", MOMENT),
    ),
)
BY_NAME = {table.name: table for table in TABLES}
