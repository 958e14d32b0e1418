"""Rows of the working tables as the text rows of a seed."""

from datetime import date, datetime
from typing import Any

from app.domain.scores import Score
from app.domain.seed_tables import BY_NAME


def columns_of(table: str, row: Any, **given: object) -> dict[str, str]:  # noqa: ANN401 - a row of any table
    """A row under the names of the seed's columns; ``given`` values take the place of the row's own."""
    return {name: _text(given[name] if name in given else getattr(row, name)) for name in BY_NAME[table].names}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else str(value)


def score_text(tenths: int | None) -> str:
    """``7`` or ``7.5``; empty for none."""
    return "" if tenths is None else str(Score(tenths)).removesuffix(".0")
