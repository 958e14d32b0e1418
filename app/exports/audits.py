"""The audit log as CSV, for an organiser's own archive."""

from collections.abc import Iterable

from app.domain.audits import AuditLine
from app.exports.audit_words import act_words
from app.exports.tables import cell_text, csv_text
from app.language import SPANISH

AUDIT_COLUMNS = ("momento_utc", "persona", "acto", "asunto", "antes", "despues", "acto_en_palabras", "retirado")


def audit_csv(lines: Iterable[AuditLine]) -> bytes:
    """UTF-8 with a byte order mark, as every file for a spreadsheet here. Codes stay; their words stand at the end."""
    rows = (
        [line.at_utc.isoformat(), line.name, line.action, line.subject, *_sides(line), *_words(line)] for line in lines
    )
    cells = ([cell_text(cell) for cell in row] for row in rows)
    return ("\ufeff" + csv_text([AUDIT_COLUMNS, *cells])).encode()


def _sides(line: AuditLine) -> tuple[str, str]:
    return _side(line.before), _side(line.after)


def _words(line: AuditLine) -> tuple[str, str]:
    return act_words(SPANISH, line.action), "sí" if line.is_erased else ""


def _side(fields: Iterable[tuple[str, str]]) -> str:
    return "; ".join(f"{name}={value}" for name, value in fields)
