"""What writing the rows of a seed takes: the rows that are new, their texts' checksums, and one insert a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.publications import text_sha256
from app.domain.seed_columns import Row
from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed
from app.models.base import Base


@dataclass(frozen=True)
class NewRows:
    """A seed and the (table, key) of its rows that the database lacks."""

    seed: Seed
    missing: frozenset[tuple[str, str]]

    def of(self, table: str) -> Iterator[Row]:
        """The rows of a table to be written."""
        key_of = BY_NAME[table].key_of
        return (row for row in self.seed.rows(table) if (table, "/".join(key_of(row))) in self.missing)


def insert_rows(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    """Insert rows, if there are any."""
    if rows:
        session.execute(insert(table), rows)


def checksum_of(new: NewRows, row: Row, key: str, field: str, text: str, salt: str) -> str | None:
    """The checksum of a text, or the one that a withdrawal states for a text that is gone; None where there is none."""
    if text:
        return text_sha256(salt, text)
    gone = (w for w in new.seed.rows("withdrawals") if (w["round"], w["key"], w["field"]) == (row["round"], key, field))
    return next((withdrawal["sha256"] for withdrawal in gone), None)
