"""Lines over the rounds: one municipality, or several with one of them in front."""

from collections.abc import Iterator, Sequence

from app.charts import plots
from app.charts.chart import SHOWN_ROWS, Chart, ChartTable, Drawing
from app.charts.drawing import SIZE, WIDTH, hatching, label, path, shortened, spread, width_of
from app.charts.figures import trend_figure
from app.charts.plots import Line
from app.charts.words import gap_cause
from app.domain.trends import Trend, TrendPoint
from app.language import Language

LEFT, HEIGHT, FOOT = 22, 168, 36
NAME_WIDTH = 100
NEAR_THE_TOP = 92
"""The number over a value above this many tenths stands above the plane, where the names of mayors are."""
MOST_NAMES = 13
"""How many names fit beside the ends of the lines; where there are more, only some lines bear theirs."""


def trend_chart(key: str, title: str, of: Line, heading: str, language: Language, source: str) -> Chart:
    """One line with its values, gaps, causes and changes of mayor. ``heading`` names the values in the table."""
    changed = len(of.mayors) > 1
    room = 15 if changed and any(tenths > NEAR_THE_TOP for _, tenths in valued(of.trend)) else 0
    top = 16 + room + (15 * len(of.mayors) if changed else 0)
    plane = plots.plane_of([of.trend], LEFT, WIDTH - 30, top, top + HEIGHT)
    marks = (
        hatching(key),
        plots.grid(plane, range(0, 11, 2)),
        plots.gaps(key, plane, of.trend, language),
        plots.handovers(plane, of.trend),
        plots.mayors(plane, of, above=room) if changed else "",
        plots.line(plane, of.trend, dots=3.25),
        _values(plane, of.trend, language),
        plots.rounds(plane, of.trend, language),
    )
    return Chart(
        key=key,
        title=title,
        alternative=in_words(of, language),
        drawing=Drawing(plane.bottom + FOOT, "".join(marks)),
        table=_table(of, heading, language),
        source=source,
        notes=tuple(notes_of(of, language)),
        figure=trend_figure([of], 0, language),
    )


def trends_chart(key: str, title: str, lines: Sequence[Line], front: int, language: Language, source: str) -> Chart:
    """Several lines, that of ``front`` strong and the others thin, each with its name at its end."""
    shown = list(lines[:SHOWN_ROWS])
    if front >= SHOWN_ROWS:
        shown, front = [*shown[:-1], lines[front]], SHOWN_ROWS - 1
    plane = plots.plane_of([of.trend for of in shown], LEFT, WIDTH - NAME_WIDTH - 14, 16, 16 + HEIGHT + 20)
    first = shown[front]
    others = (plots.line(plane, of.trend, "other") for index, of in enumerate(shown) if index != front)
    marks = (
        hatching(key),
        plots.grid(plane, range(0, 11, 2)),
        plots.gaps(key, plane, first.trend, language),
        *others,
        plots.handovers(plane, first.trend),
        plots.line(plane, first.trend, dots=3.25),
        _names(plane, shown, front, language),
        plots.rounds(plane, first.trend, language),
    )
    return Chart(
        key=key,
        title=title,
        alternative=in_words(first, language),
        drawing=Drawing(plane.bottom + FOOT, "".join(marks)),
        table=_wide_table(shown, language),
        source=source,
        notes=(*notes_of(first, language), *_cut(len(lines), language)),
        figure=trend_figure(shown, front, language),
    )


def valued(trend: Trend) -> list[tuple[TrendPoint, int]]:
    """The points that have a value, with it."""
    return [(point, point.tenths) for point in trend.points if point.tenths is not None]


def extremes(trend: Trend) -> tuple[tuple[TrendPoint, int], tuple[TrendPoint, int]] | None:
    """The first of the highest points and the first of the lowest; None where no point has a value.

    A value without a place is neither: what was left out could have made it so.
    """
    points = placed(trend.points) or valued(trend)
    return _peaks(points) if points else None


def _peaks(points: Sequence[tuple[TrendPoint, int]]) -> tuple[tuple[TrendPoint, int], tuple[TrendPoint, int]]:
    return max(points, key=lambda pair: pair[1]), min(points, key=lambda pair: pair[1])


def placed(points: Sequence[TrendPoint]) -> list[tuple[TrendPoint, int]]:
    """The points whose value has a place, with it: those that words compare."""
    return [(point, point.tenths) for point in points if point.tenths is not None and point.cause is None]


def of_the_tenure(trend: Trend) -> list[TrendPoint]:
    """The rounds of who was in office in the newest one; nobody answers for the mayor before."""
    return [point for point in trend.points if point.mandate == trend.points[-1].mandate]


def earlier_tenures(trend: Trend, language: Language) -> str:
    """That what earlier mayors have is drawn and not compared, where there is any."""
    count = len({point.mandate for point, _ in valued(trend)} - {trend.points[-1].mandate})
    if not count:
        return ""
    return language.sentence_for(
        "La gestión anterior se ve en la gráfica y no se compara.",
        "Las gestiones anteriores se ven en la gráfica y no se comparan.",
        count,
    )


def months(point: TrendPoint, language: Language) -> str:
    """The two months of a round: "abril-mayo de 2013"."""
    return language.months(point.starts_on, point.ends_on)


def in_words(of: Line, language: Language) -> str:
    """What a line shows of the newest tenure: where it begins and ends, its highest and its lowest value."""
    points = of_the_tenure(of.trend)
    last = next(((point, point.tenths) for point in reversed(points) if point.tenths is not None), None)
    words = [_moved(of, placed(points), language), _span(placed(points), language)]
    if last and last[0].cause is not None:
        words.append(
            language.sentence(
                "En la evaluación %(round)s queda en %(value)s, sin lugar.",
                round=last[0].round_number,
                value=language.tenths(last[1]),
            )
        )
    return " ".join(filter(None, [*words, earlier_tenures(of.trend, language)]))


def _moved(of: Line, points: Sequence[tuple[TrendPoint, int]], language: Language) -> str:
    """From the first to the last value that has a place."""
    if not points:
        if any(point.mandate != of.trend.points[-1].mandate for point, _ in valued(of.trend)):
            return language.sentence("%(name)s: ninguna evaluación de esta gestión tiene lugar.", name=of.label)
        if valued(of.trend):
            return language.sentence("%(name)s: ninguna evaluación publicada tiene lugar.", name=of.label)
        return language.sentence("%(name)s: ninguna evaluación publicada tiene un valor.", name=of.label)
    (first, begins), (last, ends) = points[0], points[-1]
    if first is last:
        return language.sentence(
            "%(name)s: %(value)s en %(months)s.",
            name=of.label,
            value=language.tenths(ends),
            months=months(last, language),
        )
    return language.sentence(
        "%(name)s: de %(begins)s en %(first)s a %(ends)s en %(last)s.",
        name=of.label,
        begins=language.tenths(begins),
        first=months(first, language),
        ends=language.tenths(ends),
        last=months(last, language),
    )


def _span(points: Sequence[tuple[TrendPoint, int]], language: Language) -> str:
    """The highest and the lowest value, each with its first round; nothing where all are the same."""
    if len({tenths for _, tenths in points}) < 2:  # noqa: PLR2004 - a highest and a lowest
        return ""
    (high, highest), (low, lowest) = _peaks(points)
    return language.sentence(
        "Lo más alto fue %(highest)s, %(high)s; lo más bajo, %(lowest)s, %(low)s.",
        highest=language.tenths(highest),
        high=_when(high, points, language),
        lowest=language.tenths(lowest),
        low=_when(low, points, language),
    )


def _when(point: TrendPoint, points: Sequence[tuple[TrendPoint, int]], language: Language) -> str:
    """In which months a value stood; for the first time, where it did more than once."""
    if sum(tenths == point.tenths for _, tenths in points) > 1:
        return language.sentence("por primera vez en %(months)s", months=months(point, language))
    return language.sentence("en %(months)s", months=months(point, language))


def notes_of(of: Line, language: Language) -> Iterator[str]:
    """The causes of the gaps of a line, and who held office from which day where there was a change."""
    for stretch in plots.gap_stretches(of.trend):
        numbers = language.joined(str(point.round_number) for point in stretch)
        yield language.sentence_for(
            "Evaluación %(rounds)s sin valor: %(cause)s.",
            "Evaluaciones %(rounds)s sin valor: %(cause)s.",
            len(stretch),
            rounds=numbers,
            cause=gap_cause(stretch[0], language),
        )
    for point, _ in valued(of.trend):
        if point.cause is not None:
            yield language.sentence(
                "El punto hueco de la evaluación %(round)s no tiene lugar: %(cause)s.",
                round=point.round_number,
                cause=gap_cause(point, language),
            )
    for entry in of.mayors[1:]:
        yield language.sentence(
            "La línea vertical marca un cambio de gestión: %(mayor)s, desde el %(day)s.",
            mayor=entry.mayor,
            day=language.date(entry.mandate_starts_on),
        )


def _cut(count: int, language: Language) -> Iterator[str]:
    if count > SHOWN_ROWS:
        yield language.sentence(
            "Se dibujan %(shown)s municipios de %(count)s.", shown=SHOWN_ROWS, count=language.whole(count)
        )


def _values(plane: plots.Plane, trend: Trend, language: Language) -> str:
    """The first, highest and lowest value beside their points, the last one at the end of its line."""
    points, peaks = valued(trend), extremes(trend)
    if peaks is None:
        return ""
    high, low, last = peaks[0][0], peaks[1][0], points[-1][0]
    marks = []
    for point, tenths in points:
        if point not in {points[0][0], high, low, last}:
            continue
        x, y, text = plane.middle(point), plane.y(tenths), language.tenths(tenths)
        if point is last:
            marks.append(label(x + 8, y + 4, text, bold="bold"))
        else:
            under = point is low and point is not high and y + 16 < plane.bottom
            marks.append(label(x, y + 17 if under else y - 8, text, anchor="middle"))
    return "".join(marks)


def _names(plane: plots.Plane, lines: Sequence[Line], front: int, language: Language) -> str:
    """Name and last value to the right of each line's end, moved apart, with a thread to the end itself."""
    ends = [(index, of, valued(of.trend)[-1]) for index, of in enumerate(lines) if valued(of.trend)]
    if len(ends) > MOST_NAMES:
        ends = [end for end in ends if end[0] == front]
    at = [plane.y(tenths) for _, _, (_, tenths) in ends]
    x = plane.right + 14
    marks = []
    for (index, of, (point, tenths)), y, moved in zip(
        ends, at, spread(at, SIZE + 1.5, plane.top, plane.bottom), strict=True
    ):
        is_front = index == front
        value = language.tenths(tenths)
        name = shortened(of.label, NAME_WIDTH - width_of(f"{value} ", bold=is_front))
        marks.append(path([(plane.middle(point) + 4, y), (x - 3, moved)], "thread"))
        marks.append(label(x, moved + 4, f"{value} {name}", "ink" if is_front else "soft", bold=is_front and "bold"))
    return "".join(marks)


def _table(of: Line, heading: str, language: Language) -> ChartTable:
    words = (language.gettext("Evaluación"), language.gettext("Meses"), heading)
    rows = tuple(
        (str(point.round_number), months(point, language), value_or_cause(point, language)) for point in of.trend.points
    )
    return ChartTable(words, rows)


def value_or_cause(point: TrendPoint, language: Language) -> str:
    """A point's value, or why there is none."""
    return gap_cause(point, language) if point.tenths is None else language.tenths(point.tenths)


def _wide_table(lines: Sequence[Line], language: Language) -> ChartTable:
    """A row for each line, a column for each round."""
    points = lines[0].trend.points if lines else ()
    header = (
        language.gettext("Municipio"),
        *(f"{point.round_number}, {language.short_months(point.starts_on, point.ends_on)}" for point in points),
    )
    rows = ((of.label, *(value_or_cause(point, language) for point in of.trend.points)) for of in lines)
    return ChartTable(header, tuple(rows), ("", *(str(point.round_number) for point in points)))
