"""Rows of text as CSV that reads back the same everywhere."""

import re
from collections.abc import Iterable

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # also in full width


def cell_text(value: object) -> str:
    """A cell as text; what a spreadsheet would run as a formula is marked as text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV with plain line feeds; a cell is quoted where it holds a comma, a quote or any line break.

    Not by csv.writer: some versions of Python leave a lone carriage return unquoted, and readers end the row there.
    """
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell
