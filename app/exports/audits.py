"""The audit log as CSV, for an organiser's own archive."""

from collections.abc import Iterable

from app.domain.audits import AuditLine
from app.exports.tables import cell_text, csv_text

AUDIT_COLUMNS = ("momento_utc", "persona", "acto", "asunto", "antes", "despues")


def audit_csv(lines: Iterable[AuditLine]) -> bytes:
    """UTF-8 with a byte order mark, as every file for a spreadsheet here."""
    rows = ([line.at_utc.isoformat(), line.name, line.action, line.subject, *_sides(line)] for line in lines)
    cells = ([cell_text(cell) for cell in row] for row in rows)
    return ("\ufeff" + csv_text([AUDIT_COLUMNS, *cells])).encode()


def _sides(line: AuditLine) -> tuple[str, str]:
    return _side(line.before), _side(line.after)


def _side(fields: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}={value}" for name, value in fields)
