"""A seed folder as a value: one edition as text rows, and how two seeds differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.errors import RuleBroken
from app.domain.seed_columns import Row, Table
from app.domain.seed_tables import TABLES


@dataclass(frozen=True)
class SeedRow:
    """A row of a seed and where it stands; file and line are empty for a row that came out of the database."""

    values: Row
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Seed:
    """One edition as tables of text rows, each in the order of its natural key (themes and sources: as written)."""

    tables: Mapping[str, tuple[SeedRow, ...]]

    @property
    def slug(self) -> str:
        """The edition's slug."""
        return self.tables["edition"][0].values["slug"]

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table."""
        return (row.values for row in self.tables.get(table, ()))


@dataclass(frozen=True)
class SeedProblem:
    """One thing wrong with a seed: file, line, column, a code, and what was found."""

    file: str
    line: int
    column: str
    code: str
    found: str = ""


class SeedWrong(RuleBroken):
    """The seed cannot be loaded; ``facts['problems']`` lists every SeedProblem."""

    code = "seed-wrong"


@dataclass(frozen=True)
class SeedDifference:
    """How one row of a seed stands to the database: ``new``, ``differs`` or ``only-in-database``."""

    table: str
    key: str
    what: str
    columns: tuple[str, ...] = ()


def differences(seed: Seed, stored: Seed | None) -> tuple[SeedDifference, ...]:
    """Compare a seed with what the database holds of the same edition (None: nothing), by natural key.

    An empty ``sha256`` of a publication agrees with any: the seed has not been sealed before.
    """
    return tuple(found for table in TABLES for found in _table_differences(table, seed, stored))


def _table_differences(table: Table, seed: Seed, stored: Seed | None) -> Iterator[SeedDifference]:
    theirs = {table.key_of(row): row for row in stored.rows(table.name)} if stored else {}
    for row in seed.rows(table.name):
        key = table.key_of(row)
        other = theirs.pop(key, None)
        if other is None:
            yield SeedDifference(table.name, "/".join(key), "new")
        elif unequal := tuple(name for name in table.names if _unequal(name, row[name], other[name])):
            yield SeedDifference(table.name, "/".join(key), "differs", unequal)
    for key in theirs:
        yield SeedDifference(table.name, "/".join(key), "only-in-database")


def _unequal(column: str, ours: str, theirs: str) -> bool:
    return ours != theirs and not (column == "sha256" and not ours)
