"""Raw SQL, as somebody writes it who goes past the code; and what the database answers."""
# ruff: noqa: S608 - raw SQL is what the tests are about

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.models.base import Base


def run(session: Session, statement: str, **values: object) -> int:
    """Execute a statement; give back how many rows it touched."""
    result = session.execute(text(statement), values)
    return int(getattr(result, "rowcount", 0))


def refusal(session: Session, statement: str, **values: object) -> str:
    """What the database says when it refuses a statement. One that it takes fails the test."""
    with pytest.raises(IntegrityError) as caught, session.begin_nested():
        run(session, statement, **values)
    return str(caught.value.orig)


def copy_row(table: str, where: str = "", verb: str = "INSERT", **changes: object) -> str:
    """An INSERT of one row like the first of a table, but for some columns, given as SQL.

    A table's own ``id`` is left to the database unless it is given; so is SQLite's hidden ``rowid``.
    """
    columns = [column.name for column in Base.metadata.tables[table].columns if column.name != "id"]
    columns += [column for column in ("id", "rowid") if column in changes]
    values = ", ".join(str(changes.get(column, f"s.{column}")) for column in columns)
    first = first_row(table, where)
    return f"{verb} INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} s WHERE {first}"


def count_rows(session: Session) -> dict[str, int]:
    """How many rows each table has."""
    query = " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in Base.metadata.tables)
    return {str(name): int(count) for name, count in session.execute(text(query))}


def first_row(table: str, where: str = "") -> str:
    """A condition that the first row of a table alone meets, in the order of its key; its alias is ``s``."""
    key = [column.name for column in Base.metadata.tables[table].primary_key]
    chosen = f"SELECT {', '.join(key)} FROM {table} {'WHERE ' + where if where else ''}"
    return f"({', '.join(f's.{name}' for name in key)}) = ({chosen} ORDER BY {', '.join(key)} LIMIT 1)"
