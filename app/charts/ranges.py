"""How firm each place is: from the best to the worst place that other weights would give, and the place itself."""

from collections.abc import Mapping, Sequence
from math import ceil

from app.charts.bars import among_the_first, cut_note, place_text
from app.charts.chart import Chart, ChartTable, Drawing
from app.charts.drawing import WIDTH, label, mark, shortened, width_of
from app.charts.words import own, scope_name, source_line
from app.domain.rankings import Ranking, RankingRow
from app.domain.sensitivity import PlaceRange
from app.language import Language

ROW, HEAD = 24, 24
NAME, START = 28, 176
APART = 6
"""Between the numbers of two places on the scale."""
MOST_NAMES = 3
"""How many equally loose places are named; more are only measured."""


def range_chart(key: str, ranking: Ranking, ranges: Mapping[str, PlaceRange], language: Language) -> Chart:
    """A line from the best to the worst place for each row, a dot at its own; place 1 to the left."""
    rows = [(row, ranges[row.entry.cvegeo]) for row in ranking.placed if row.entry.cvegeo in ranges]
    last = max((found.worst for _, found in rows), default=1)
    height = HEAD + ROW * len(rows)
    marks = [_tick(place, last, height) for place in range(1, last + 1, _every(last))]
    marks += [_range(row, found, last, HEAD + ROW * slot) for slot, (row, found) in enumerate(rows)]
    return Chart(
        key=key,
        title=language.sentence(
            "Qué tan firme es cada lugar: %(name)s", name=scope_name(ranking.frame, ranking.scope, language)
        ),
        alternative=among_the_first(_in_words(rows, language), len(ranking.rows), ranking.part.rows, language),
        drawing=Drawing(height + 4, "".join(marks)),
        table=_table(rows, language),
        source=source_line(ranking.frame, language),
        notes=(
            language.sentence(
                "Cada línea va del mejor al peor lugar que daría quitar o contar doble cualquier %(word)s; "
                "el punto es el lugar publicado. No es un margen de error.",
                word=own(ranking.frame.edition, "demand_word", language),
            ),
            *cut_note(len(ranking.rows), ranking.part.rows, language),
        ),
    )


def _x(place: int, last: int) -> float:
    return START + 6 + (place - 1) / max(1, last - 1) * (WIDTH - START - 14)


def _every(last: int) -> int:
    """Each how many places the scale bears a number: where all would run into each other, only some do."""
    return max(1, ceil((width_of(str(last)) + APART) / (_x(2, last) - _x(1, last))))


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


def _in_words(rows: Sequence[tuple[RankingRow, PlaceRange]], language: Language) -> str:
    """Who keeps the place whatever the weights, and whose place is the least firm: all of them, or how far they go."""
    if not rows:
        return language.gettext("Ningún municipio tiene lugar aquí.")
    firm = [row.entry.name for row, found in rows if found.best == found.worst]
    words = []
    if firm:
        words.append(
            language.sentence_for(
                "No cambia de lugar: %(names)s.",
                "No cambian de lugar: %(names)s.",
                len(firm),
                names=language.joined(firm),
            )
        )
    if len(firm) < len(rows):
        words.append(_loosest(rows, language, others=bool(firm)))
    return " ".join(words)


def _loosest(rows: Sequence[tuple[RankingRow, PlaceRange]], language: Language, *, others: bool) -> str:
    most = max(found.worst - found.best for _, found in rows)
    loose = [(row, found) for row, found in rows if found.worst - found.best == most]
    if len(loose) > MOST_NAMES:
        reach = max(max(found.worst - found.place, found.place - found.best) for _, found in rows)
        if others:
            return language.sentence_for(
                "Los demás se mueven a lo más un lugar.", "Los demás se mueven a lo más %(number)s lugares.", reach
            )
        return language.sentence_for(
            "Ninguno se mueve más de un lugar.", "Ninguno se mueve más de %(number)s lugares.", reach
        )
    spans = [
        language.sentence("%(name)s (del %(best)s al %(worst)s)", name=row.entry.name, best=of.best, worst=of.worst)
        for row, of in loose
    ]
    return language.sentence_for(
        "El lugar menos firme es el de %(names)s.",
        "Los lugares menos firmes son los de %(names)s.",
        len(loose),
        names=language.joined(spans),
    )


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
