"""Some other value for any column, in SQL, for the tests that spoil what was sealed."""

from sqlalchemy import Boolean, Column, Date, Integer, String

from app.models.base import Base

_OF_A_COLUMN = {
    "absence": "coalesce(absence, 'refuse') || 'd'",
    "after": "CASE after WHEN '3.3' THEN '3.4' ELSE '3.3' END",
    "before": "CASE before WHEN '3.3' THEN '3.4' ELSE '3.3' END",
    "gender": "CASE gender WHEN 'f' THEN 'm' ELSE 'f' END",
    "requested": "CASE requested WHEN '3.3' THEN '3.4' ELSE '3.3' END",
    "salt": "'00' || substr(salt, 3)",
    "sha256": "substr(sha256, 2) || '7'",
    "stance": "CASE stance WHEN 'agree' THEN 'correction' ELSE 'agree' END",
    "status": "CASE status WHEN 'late' THEN 'none' ELSE 'late' END",
    "value_tenths": "coalesce(value_tenths, 40) + 1",
    "verdict": "CASE verdict WHEN 'kept' THEN 'noted' ELSE 'kept' END",
}
_TOGETHER = {
    "absence": ", value_tenths = NULL",
    "body": ", salt = coalesce(salt, '00')",
    "salt": ", body = coalesce(body, '')",
    "value_tenths": ", absence = NULL",
}


def columns_of(table: str) -> list[Column[object]]:
    """The columns of a sealed table, but for the publication that its rows belong to."""
    return [column for column in Base.metadata.tables[table].columns if column.name != "publication_id"]


def key_of(table: str) -> list[Column[object]]:
    """Those of them that tell its rows apart."""
    return [column for column in columns_of(table) if column.primary_key]


def another(column: Column[object], dialect: str) -> str:
    """SQL for some other value than the one that stands in a column."""
    if column.name in _OF_A_COLUMN:
        return _OF_A_COLUMN[column.name]
    if isinstance(column.type, Boolean):
        return f"NOT coalesce({column.name}, true)"
    if isinstance(column.type, Integer):
        return f"coalesce({column.name}, 0) + 90"
    if isinstance(column.type, Date):
        day = f"coalesce({column.name}, '2020-05-05')"
        return f"date({day}, '+1 day')" if dialect == "sqlite" else f"{day} + 1"
    assert isinstance(column.type, String)
    return f"coalesce({column.name}, '') || '7'"


def change(column: Column[object], dialect: str) -> str:
    """What an UPDATE sets to put another value into a column, keeping to the rules of the table."""
    return f"{column.name} = {another(column, dialect)}{_TOGETHER.get(column.name, '')}"
