"""The table under a chart as CSV, for spreadsheets."""

from collections.abc import Sequence

from app.domain.editions import Edition
from app.exports.tables import cell_text, csv_text


def chart_csv(edition: Edition, subject: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The table with a column before it that says whether the data is real, and one that names what it is about."""
    kind = "inventados" if edition.is_demonstration else "reales"
    lines = [("tipo_de_datos", "sobre", *header), *((kind, subject, *row) for row in rows)]
    return csv_text([cell_text(value) for value in line] for line in lines).encode("utf-8-sig")
