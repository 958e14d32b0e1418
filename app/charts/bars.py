"""Bars by municipality from 0 to 10, in the order of the ranking; who has no place stands apart, with the reason."""

from collections.abc import Sequence

from app.charts.chart import Chart, ChartTable, Drawing
from app.charts.drawing import WIDTH, hatched, hatching, label, mark, shortened
from app.charts.figures import bar_figure
from app.charts.words import capital, cause, scope_name, source_line
from app.domain.rankings import Ranking, RankingRow
from app.domain.scores import HIGHEST_TENTHS
from app.language import Language

ROW, BAR = 24, 13
NAME, START, END = 28, 176, 308
MOST_NAMES = 4
"""How many who share a place are named; more are counted."""


def bar_chart(key: str, ranking: Ranking, language: Language, *, title: str = "") -> Chart:
    """The bars of one ranking, as many rows as the ranking holds."""
    apart = (*ranking.refused, *ranking.unplaced)
    marks = [hatching(key)]
    y = 4.0
    for row in ranking.placed:
        marks.append(_bar(row, y, value_of(ranking, row, language)))
        y += ROW
    if apart:
        marks.append(mark("line", "axis", x1=0, x2=WIDTH, y1=y + 6, y2=y + 6))
        marks.append(label(0, y + 22, language.gettext("Sin lugar"), bold="bold"))
        y += 30
    for row in apart:
        marks.append(_apart(key, row, y, language))
        y += ROW + 14
    return Chart(
        key=key,
        title=title or scope_name(ranking.frame, ranking.scope, language),
        alternative=in_words(ranking, language),
        drawing=Drawing(y + 2, "".join(marks)),
        table=_table(ranking, language),
        source=source_line(ranking.frame, language),
        notes=cut_note(len(ranking.rows), ranking.part.rows, language),
        figure=bar_figure([(row, value_of(ranking, row, language)) for row in ranking.placed]),
    )


def place_text(row: RankingRow) -> str:
    """The number of a place with the "=" of a tie; a dash where there is none."""
    return f"{row.standing.place}{'=' if row.standing.shared else ''}" if row.standing.place else "–"


def value_of(ranking: Ranking, row: RankingRow, language: Language) -> str:
    """A single score as it was given, an average with its decimal."""
    tenths = row.standing.tenths or 0
    return language.score(tenths) if ranking.demand else language.tenths(tenths)


def _bar(row: RankingRow, y: float, value: str) -> str:
    tenths = row.standing.tenths or 0
    long = tenths / HIGHEST_TENTHS * (END - START)
    base = y + ROW / 2 + 4
    marks = (
        label(24, base, place_text(row), "soft", anchor="end"),
        label(NAME, base, shortened(row.entry.name, START - NAME - 4)),
        mark("rect", "track", x=START, y=y + (ROW - BAR) / 2, width=END - START, height=BAR),
        mark("rect", "fill", x=START, y=y + (ROW - BAR) / 2, width=long, height=BAR),
        label(WIDTH, base, value, anchor="end", bold="bold"),
    )
    return "".join(marks)


def _apart(key: str, row: RankingRow, y: float, language: Language) -> str:
    """Name and reason, beside a hatched bar; the average, where there is one, without the length of a bar."""
    base = y + ROW / 2 + 4
    why = cause(row.standing.unplaced, language)
    if row.standing.refused and row.standing.applicable > 1:
        why += f" ({row.standing.refused}/{row.standing.applicable})"
    marks = [
        label(NAME, base, shortened(row.entry.name, START - NAME - 4)),
        hatched(key, START, y + (ROW - BAR) / 2, END - START, BAR),
        label(NAME, base + 15, shortened(why, WIDTH - NAME), "soft"),
    ]
    if row.standing.tenths is not None:
        marks.append(label(WIDTH, base, language.tenths(row.standing.tenths), "soft", anchor="end"))
    return "".join(marks)


def in_words(ranking: Ranking, language: Language) -> str:
    """Who is first and last, with their values, and how many have no place; of a cut list nothing about its end."""
    if not ranking.placed:
        return language.gettext("Ningún municipio tiene lugar aquí.")
    whole, end = len(ranking.rows) == ranking.part.rows, ranking.placed[-1].standing.place
    words = []
    first = [row for row in ranking.placed if row.standing.place == 1]
    if first:
        words.append(_first(ranking, first, language, at_least=not whole and end == 1))
    if whole and end != 1:
        words.append(_last(ranking, [row for row in ranking.placed if row.standing.place == end], language))
    apart = len(ranking.refused) + len(ranking.unplaced)
    if whole and apart:
        words.append(
            language.sentence_for(
                "Un municipio queda sin lugar.",
                "%(count)s municipios quedan sin lugar.",
                apart,
                count=capital(language.in_words(apart)),
            )
        )
    return " ".join(words)


def _first(ranking: Ranking, rows: Sequence[RankingRow], language: Language, *, at_least: bool) -> str:
    value = value_of(ranking, rows[0], language)
    if at_least:
        return language.sentence(
            "Al menos %(count)s municipios comparten el primer lugar, con %(value)s.",
            count=language.in_words(len(rows)),
            value=value,
        )
    if len(rows) > MOST_NAMES:
        return language.sentence(
            "%(count)s municipios comparten el primer lugar, con %(value)s.",
            count=capital(language.in_words(len(rows))),
            value=value,
        )
    return language.sentence_for(
        "En primer lugar, %(names)s, con %(value)s.",
        "Comparten el primer lugar %(names)s, con %(value)s.",
        len(rows),
        names=language.joined(row.entry.name for row in rows),
        value=value,
    )


def _last(ranking: Ranking, rows: Sequence[RankingRow], language: Language) -> str:
    value = value_of(ranking, rows[0], language)
    if len(rows) > MOST_NAMES:
        return language.sentence(
            "%(count)s municipios comparten el último lugar, con %(value)s.",
            count=capital(language.in_words(len(rows))),
            value=value,
        )
    return language.sentence_for(
        "En el último, %(names)s, con %(value)s.",
        "Comparten el último lugar %(names)s, con %(value)s.",
        len(rows),
        names=language.joined(row.entry.name for row in rows),
        value=value,
    )


def cut_note(shown: int, count: int, language: Language) -> tuple[str, ...]:
    """That a chart draws the first rows only, where it does."""
    if shown >= count:
        return ()
    return (
        language.sentence("Se muestran los primeros %(shown)s de %(count)s.", shown=shown, count=language.whole(count)),
    )


def among_the_first(words: str, shown: int, count: int, language: Language) -> str:
    """What is counted in the rows drawn, saying so where there are more: it need not hold for the rest."""
    if shown >= count:
        return words
    small = words[:1].lower() + words[1:]
    return language.sentence("Entre los primeros %(shown)s: %(words)s", shown=shown, words=small)


def _table(ranking: Ranking, language: Language) -> ChartTable:
    header = (language.gettext("Lugar"), language.gettext("Municipio"), language.gettext("Promedio"))
    if ranking.demand:
        header = (*header[:2], language.gettext("Calificación"))
    return ChartTable(header, tuple(_cells(ranking, row, language) for row in ranking.rows))


def _cells(ranking: Ranking, row: RankingRow, language: Language) -> tuple[str, ...]:
    value = "" if row.standing.tenths is None else value_of(ranking, row, language)
    why = "" if row.standing.place else cause(row.standing.unplaced, language)
    return (place_text(row), row.entry.name, f"{value} ({why})" if value and why else value or why)
