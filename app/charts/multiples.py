"""Small multiples: one small plane for each line, all with the same axes."""

from collections.abc import Sequence

from app.charts import plots
from app.charts.chart import Chart, ChartTable, Drawing
from app.charts.drawing import WIDTH, hatching, label, mark, wrapped
from app.charts.plots import Line
from app.charts.trends import (
    earlier_tenures,
    months,
    notes_of,
    of_the_tenure,
    placed,
    value_or_cause,
    valued,
)
from app.language import Language

COLUMNS = 2
PANEL, HIGH, FOOT = 166, 72, 18
TITLE_LINES = 2


def multiples_chart(
    key: str, title: str, lines: Sequence[Line], heading: str, language: Language, source: str
) -> Chart:
    """A panel for each line; ``heading`` names what the lines are, in the table."""
    panels = tuple(_panel(f"{key}-{index}", of, language) for index, of in enumerate(lines))
    rows = -(-len(panels) // COLUMNS)
    high = max(panel.height for panel in panels)
    marks = (
        mark(
            "g", "", panel.marks, transform=f"translate({index % COLUMNS * (WIDTH / 2):g} {index // COLUMNS * high:g})"
        )
        for index, panel in enumerate(panels)
    )
    return Chart(
        key=key,
        title=title,
        alternative=_in_words(lines, language),
        drawing=Drawing(rows * high, "".join(marks)),
        table=_table(lines, heading, language),
        source=source,
        notes=_notes(lines, language),
        panels=panels,
    )


def _panel(key: str, of: Line, language: Language) -> Drawing:
    top = 15 * TITLE_LINES + 14
    plane = plots.plane_of([of.trend], 20, PANEL - 30, top, top + HIGH)
    names = wrapped(of.label, PANEL - 4, TITLE_LINES)
    points = valued(of.trend)
    marks = [
        hatching(key),
        *(label(0, 13 + 15 * row, text, bold="bold") for row, text in enumerate(names)),
        plots.grid(plane, (0, 5, 10)),
        plots.gaps(key, plane, of.trend, language, worded=False),
        plots.handovers(plane, of.trend),
        plots.line(plane, of.trend, dots=2),
    ]
    if points:
        point, tenths = points[-1]
        marks.append(label(plane.middle(point) + 6, plane.y(tenths) + 4, language.tenths(tenths), bold="bold"))
    ends = (of.trend.points[0], of.trend.points[-1])
    marks += [
        label(plane.middle(point), plane.bottom + 14, str(point.round_number), "soft", anchor="middle")
        for point in ends
    ]
    return Drawing(plane.bottom + FOOT + 4, "".join(marks), width=PANEL)


def _in_words(lines: Sequence[Line], language: Language) -> str:
    """The first and the last value of each line in the newest tenure, and since when that is."""
    trend = max((of.trend for of in lines), key=lambda trend: len(earlier_tenures(trend, language)))
    earlier = earlier_tenures(trend, language)
    said = "; ".join(_said(of, language) for of in lines) + "."
    if not earlier:
        return said
    since = language.sentence("Desde %(months)s:", months=months(of_the_tenure(trend)[0], language))
    return f"{since} {said} {earlier}"


def _said(of: Line, language: Language) -> str:
    """``Seguridad, de 6.0 a 3.0``; where that is not the newest round, which one it is and what came after."""
    points = of_the_tenure(of.trend)
    shown = placed(points) or [pair for pair in valued(of.trend) if pair[0] in points]
    if not shown:
        return language.sentence("%(name)s, sin valor", name=of.label)
    (first, begins), (last, ends) = shown[0], shown[-1]
    words = f"{of.label}, {language.tenths(ends)}"
    if first is not last and first.cause is None:
        words = language.sentence(
            "%(name)s, de %(begins)s a %(ends)s",
            name=of.label,
            begins=language.tenths(begins),
            ends=language.tenths(ends),
        )
    after = points[points.index(last) + 1 :]
    if after:
        words = language.sentence("%(words)s en la evaluación %(round)s", words=words, round=last.round_number)
    if last.cause is not None:
        words += ", " + language.gettext("sin lugar")
    elif any(point.tenths is not None for point in after):
        words += ", " + language.gettext("sin lugar después")
    elif after:
        words += ", " + language.gettext("sin dato después")
    return words


def _notes(lines: Sequence[Line], language: Language) -> tuple[str, ...]:
    """What the notes of any line say, once each, with the names of the lines that share it."""
    said: dict[str, list[str]] = {}
    for of in lines:
        for note in notes_of(of, language):
            said.setdefault(note, []).append(of.label)
    everywhere = [note for note, names in said.items() if len(names) == len(lines)]
    some = [
        f"{language.joined(names)}: {note[:1].lower()}{note[1:]}"
        for note, names in said.items()
        if note not in everywhere
    ]
    return (*everywhere, *some)


def _table(lines: Sequence[Line], heading: str, language: Language) -> ChartTable:
    points = lines[0].trend.points
    header = (heading, *(f"{p.round_number}, {language.short_months(p.starts_on, p.ends_on)}" for p in points))
    rows = tuple((of.label, *(value_or_cause(point, language) for point in of.trend.points)) for of in lines)
    return ChartTable(header, rows, ("", *(str(point.round_number) for point in points)))
