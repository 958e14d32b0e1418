"""How firm each place is: from the best to the worst place that other weights would give, and the place itself."""

from collections.abc import Mapping

from app.charts.bars import cut_note, place_text
from app.charts.chart import Chart, ChartTable, Drawing
from app.charts.drawing import WIDTH, label, mark, shortened
from app.charts.words import scope_name, source_line
from app.domain.rankings import Ranking, RankingRow
from app.domain.sensitivity import PlaceRange
from app.language import Language

ROW, HEAD = 24, 24
NAME, START = 28, 176
MOST_TICKS = 12


def range_chart(key: str, ranking: Ranking, ranges: Mapping[str, PlaceRange], language: Language) -> Chart:
    """A line from the best to the worst place for each row, a dot at its own; place 1 to the left."""
    last = max((found.worst for found in ranges.values()), default=1)
    rows = [(row, ranges[row.entry.cvegeo]) for row in ranking.placed if row.entry.cvegeo in ranges]
    height = HEAD + ROW * len(rows)
    marks = [_tick(place, last, height) for place in range(1, last + 1, max(1, -(-last // MOST_TICKS)))]
    marks += [_range(row, found, last, HEAD + ROW * slot) for slot, (row, found) in enumerate(rows)]
    return Chart(
        key=key,
        title=language.sentence(
            "Qué tan firme es cada lugar: %(name)s", name=scope_name(ranking.frame, ranking.scope, language)
        ),
        alternative=_in_words(rows, language),
        drawing=Drawing(height + 4, "".join(marks)),
        table=_table(rows, language),
        source=source_line(ranking.frame, language),
        notes=(
            language.gettext(
                "Cada línea va del mejor al peor lugar que daría quitar una de las demandas o contarla doble; "
                "el punto es el lugar publicado. No es un margen de error."
            ),
            *cut_note(len(ranking.rows), ranking.part.rows, language),
        ),
    )


def _x(place: int, last: int) -> float:
    return START + 6 + (place - 1) / max(1, last - 1) * (WIDTH - START - 14)


def _tick(place: int, last: int, height: float) -> str:
    x = _x(place, last)
    line = mark("line", "rule", x1=x, x2=x, y1=HEAD - 4, y2=height)
    return line + label(x, 13, str(place), "soft", anchor="middle")


def _range(row: RankingRow, found: PlaceRange, last: int, y: float) -> str:
    middle = y + ROW / 2
    marks = [
        label(24, middle + 4, place_text(row), "soft", anchor="end"),
        label(NAME, middle + 4, shortened(row.entry.name, START - NAME - 6)),
    ]
    if found.best < found.worst:
        marks.append(mark("line", "span", x1=_x(found.best, last), x2=_x(found.worst, last), y1=middle, y2=middle))
    marks.append(mark("circle", "dot", cx=_x(found.place, last), cy=middle, r=5.5))
    return "".join(marks)


def _in_words(rows: list[tuple[RankingRow, PlaceRange]], language: Language) -> str:
    firm = [row.entry.name for row, found in rows if found.best == found.worst]
    loose = max(rows, key=lambda pair: pair[1].worst - pair[1].best, default=None)
    words = []
    if firm:
        words.append(language.sentence("No cambia de lugar: %(names)s.", names=language.joined(firm)))
    if loose and loose[1].best < loose[1].worst:
        words.append(
            language.sentence(
                "El lugar menos firme es el de %(name)s: del %(best)s al %(worst)s.",
                name=loose[0].entry.name,
                best=loose[1].best,
                worst=loose[1].worst,
            )
        )
    return " ".join(words) or language.gettext("Ningún municipio tiene lugar aquí.")


def _table(rows: list[tuple[RankingRow, PlaceRange]], language: Language) -> ChartTable:
    header = (
        language.gettext("Lugar"),
        language.gettext("Municipio"),
        language.gettext("Mejor lugar"),
        language.gettext("Peor lugar"),
    )
    return ChartTable(
        header, tuple((place_text(row), row.entry.name, str(found.best), str(found.worst)) for row, found in rows)
    )
