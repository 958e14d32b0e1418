"""The figures that Plotly draws where a reader reaches for a chart: plain values, no colours; the page has those."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.charts import plots
from app.charts.plots import Line
from app.charts.words import gap_cause
from app.domain.rankings import RankingRow
from app.domain.trends import Trend, TrendPoint
from app.language import Language

Figure = dict[str, Any]
SPOKEN = "%{customdata}<extra></extra>"


def trend_figure(lines: Sequence[Line], front: int, language: Language) -> Figure:
    """Lines over days; ``meta`` says which stands in front, ``customdata`` what is said of each point."""
    several = len(lines) > 1
    order = [index for index in range(len(lines)) if index != front] + [front]
    traces = [
        _trace(lines[index], language, named=several, role="front" if index == front else "other") for index in order
    ]
    trend = lines[front].trend
    axis = {
        "type": "date",
        "tickmode": "array",
        "tickvals": [_middle(point) for point in trend.points],
        "ticktext": [str(point.round_number) for point in trend.points],
        "title": {"text": language.gettext("Evaluación")},
    }
    layout = {**_layout(), "xaxis": axis, "shapes": [*_gap_shapes(trend), *_handover_shapes(trend)]}
    layout["yaxis"] = {"range": [0, 10], "fixedrange": True, "dtick": 2}
    return {"data": traces, "layout": layout}


def bar_figure(rows: Sequence[tuple[RankingRow, str]]) -> Figure:
    """Bars from 0 to 10, each with its value in words, in the order of the ranking from the top."""
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": [row.entry.name for row, _ in rows],
        "x": [(row.standing.tenths or 0) / 10 for row, _ in rows],
        "customdata": [f"{row.entry.name}: {value}" for row, value in rows],
        "hovertemplate": SPOKEN,
        "meta": {"role": "front"},
    }
    layout = {**_layout(), "xaxis": {"range": [0, 10], "fixedrange": True, "dtick": 2}}
    layout["yaxis"] = {"autorange": "reversed", "automargin": True, "type": "category"}
    return {"data": [trace], "layout": layout}


def _layout() -> Figure:
    return {"showlegend": False, "hovermode": "closest", "margin": {"l": 32, "r": 16, "t": 40, "b": 48}}


def _trace(of: Line, language: Language, *, named: bool, role: str) -> Figure:
    days: list[str] = []
    values: list[float | None] = []
    spoken: list[str] = []
    previous: TrendPoint | None = None
    for point in of.trend.points:
        if previous is not None and previous.mandate != point.mandate:
            days.append(plots.handover_day(previous, point).isoformat())
            values.append(None)  # a change of mayor breaks the line
            spoken.append(language.gettext("cambio de gestión"))
        days.append(_middle(point))
        values.append(None if point.tenths is None else point.tenths / 10)
        spoken.append(_said(of, point, language, named=named))
        previous = point
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": of.label,
        "x": days,
        "y": values,
        "customdata": spoken,
        "hovertemplate": SPOKEN,
        "connectgaps": False,
        "meta": {"role": role},
    }


def _said(of: Line, point: TrendPoint, language: Language, *, named: bool) -> str:
    """``abril-mayo de 2013: 6.8``, with the municipality before it where there are several."""
    value = gap_cause(point, language) if point.tenths is None else language.tenths(point.tenths)
    words = f"{language.months(point.starts_on, point.ends_on)}: {value}"
    return f"{of.label}, {words}" if named else words


def _middle(point: TrendPoint) -> str:
    return date.fromordinal((point.starts_on.toordinal() + point.ends_on.toordinal()) // 2).isoformat()


def _gap_shapes(trend: Trend) -> list[Figure]:
    return [
        {
            "type": "rect",
            "x0": stretch[0].starts_on.isoformat(),
            "x1": stretch[-1].ends_on.isoformat(),
            "y0": 0,
            "y1": 10,
            "layer": "below",
            "line": {"width": 0},
            "name": "gap",
        }
        for stretch in plots.gap_stretches(trend)
    ]


def _handover_shapes(trend: Trend) -> list[Figure]:
    return [
        {
            "type": "line",
            "x0": day.isoformat(),
            "x1": day.isoformat(),
            "y0": 0,
            "y1": 10,
            "line": {"dash": "dash", "width": 1.5},
            "name": "handover",
        }
        for day in plots.changes(trend)
    ]
