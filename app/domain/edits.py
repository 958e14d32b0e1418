"""Changing one row of an edition's rules: what the whole would look like, and what would newly be wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from app.domain.editions import Gender
from app.domain.errors import RuleBroken
from app.domain.seed_checks import problems_of
from app.domain.seed_columns import Row
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed, SeedProblem, SeedRow

RULE_TABLES = (
    "edition",
    "method",
    "themes",
    "sources",
    "demands",
    "municipalities",
    "mandates",
    "rounds",
    "organisations",
)
"""What an organiser prepares; everything else of an edition comes about by work and publication."""

_LATER = {"no-mayor"}
"""What may still be missing while an edition is prepared. Opening a round asks for it."""


class EditionSealed(RuleBroken):
    """The edition's rules are sealed and public: they do not change."""

    code = "edition-sealed"


class RowUnknown(RuleBroken):
    """The edition has no such row (any more)."""

    code = "row-unknown"


class RowInUse(RuleBroken):
    """Other rows refer to this one: it cannot be removed, or not changed like this."""

    code = "row-in-use"


class RowChanged(RuleBroken):
    """Somebody changed the row meanwhile; ``facts['row']`` is what stands there now."""

    code = "row-changed"


@dataclass(frozen=True)
class RowChange:
    """A row of one table as it shall be: ``key`` names the row that it takes the place of, None for a new one.

    ``seen`` is the mark of the row that the writer had before her; None asks nothing.
    """

    table: str
    key: tuple[str, ...] | None
    values: Mapping[str, str]
    seen: str | None = None


def mark_of(row: Row) -> str:
    """A short mark of what a row holds: another mark means that somebody changed it."""
    text = "\x1f".join(f"{name}={row[name]}" for name in sorted(row))
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def placed(seed: Seed) -> Seed:
    """The seed with a place for every row, so that its problems can be told apart."""
    return Seed(
        {
            name: tuple(replace(row, file=name, line=line) for line, row in enumerate(rows, start=1))
            for name, rows in seed.tables.items()
        }
    )


def find_values(seed: Seed, table: str, key: tuple[str, ...]) -> Row | None:
    """The values of a row by its natural key."""
    key_of = BY_NAME[table].key_of
    return next((row for row in seed.rows(table) if key_of(row) == key), None)


def with_change(seed: Seed, change: RowChange) -> Seed:
    """The seed with that row added, or in the place of the one that it replaces."""
    rows = seed.tables.get(change.table, ())
    key_of = BY_NAME[change.table].key_of
    if change.key is None:
        line = max((row.line for row in rows), default=0) + 1
        changed = (*rows, SeedRow(change.values, change.table, line))
    else:
        changed = tuple(replace(row, values=change.values) if key_of(row.values) == change.key else row for row in rows)
    return Seed({**seed.tables, change.table: changed})


def without(seed: Seed, table: str, key: tuple[str, ...]) -> Seed:
    """The seed without a row; without a municipality, its mandates go with it."""
    key_of = BY_NAME[table].key_of
    tables = {**seed.tables, table: tuple(row for row in seed.tables[table] if key_of(row.values) != key)}
    if table == "municipalities":
        tables["mandates"] = tuple(row for row in seed.tables["mandates"] if row.values["cvegeo"] != key[0])
    return Seed(tables)


def new_problems(before: Seed, after: Seed) -> tuple[SeedProblem, ...]:
    """What is wrong with the seed after a change and was not before."""
    known = set(problems_of(before))
    return tuple(row for row in problems_of(after) if row not in known and row.code not in _LATER)


def misplaced(seed: Seed, allowed: Mapping[str, str]) -> tuple[SeedProblem, ...]:
    """What a folder may not bring where only rules are asked for: rows of work, and other values than ``allowed``.

    ``allowed`` maps ``table.column`` to the one value that it may have.
    """
    rows = (row for name in seed.tables if name not in RULE_TABLES for row in seed.tables[name])
    work = tuple(SeedProblem(row.file, row.line, "", "not-here") for row in rows)
    cells = tuple(
        SeedProblem(row.file, row.line, column, "only-this", value)
        for place, value in allowed.items()
        for name, column in [place.split(".")]
        for row in seed.tables.get(name, ())
        if row.values[column] != value
    )
    return work + cells


@dataclass(frozen=True)
class NewMayor:
    """Who takes office, where, and on which day."""

    cvegeo: str
    mayor: str
    gender: Gender
    party: str
    starts_on: date
