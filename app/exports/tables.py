"""Rows of text as CSV that reads back the same everywhere."""

from collections.abc import Iterable


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV with plain line feeds; a cell is quoted where it holds a comma, a quote or any line break.

    Not by csv.writer: some versions of Python leave a lone carriage return unquoted, and readers end the row there.
    """
    return "".join(",".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell
