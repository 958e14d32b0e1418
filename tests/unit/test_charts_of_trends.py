"""Lines over the rounds: gaps stay gaps, a change of mayor is a mark, the axis is the whole scale, names are text."""

from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.chart import Chart
from app.charts.drawing import shortened, spread, width_of, written
from app.charts.multiples import multiples_chart
from app.charts.plots import Line, handover_day, plane_of
from app.charts.trends import in_words, trend_chart, trends_chart
from app.language import ENGLISH, SPANISH, Language
from tests.unit.charted import FIRST, SECOND, corners, drawn, mayor, painted, trend_of, words
from tests.unit.generated import deterministic

values = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=18)
BOTH = (mayor("Eulalia Barrenechea"), mayor("Cástulo Ibargüen", SECOND))


def chart_of(line: Line, language: Language = SPANISH) -> Chart:
    return trend_chart("general", "Promedio general", line, "Promedio", language, "Publicación 1.")


@deterministic
@given(values, st.integers(0, 18))
def test_a_line_is_never_drawn_across_a_gap_or_a_change_of_mayor(tenths: list[int | None], changed_at: int) -> None:
    line = Line("A", trend_of(tenths, changed_at))
    runs = [corners(run) for run in painted(drawn(chart_of(line)), "polyline", "line")]
    assert [len(run) for run in runs] == [max(2, len(segment)) for segment in line.trend.segments]
    assert all(right[-1][0] < left[0][0] for right, left in pairwise(runs))


@deterministic
@given(values)
def test_every_value_has_its_dot_at_its_height(tenths: list[int | None]) -> None:
    line = Line("A", trend_of(tenths))
    root = drawn(chart_of(line))
    plane = plane_of([line.trend], 22, 310, 16, 16 + 168)
    heights = [float(dot.attrib["cy"]) for dot in painted(root, "circle", "dot")]
    assert heights == pytest.approx([plane.y(value) for value in tenths if value is not None], abs=0.06)


def test_a_gap_is_hatched_and_says_its_cause() -> None:
    chart = chart_of(Line("A", trend_of([60, None, 70])))
    root = drawn(chart)
    assert "pendiente" in words(root)
    assert len([box for box in root.iter() if box.get("fill") == "url(#rayado-general)"]) == 1
    assert chart.notes == ("Evaluación 2 sin valor: pendiente.",)


def test_a_change_of_mayor_is_an_upright_mark_between_the_two_with_both_names() -> None:
    chart = chart_of(Line("A", trend_of([60, 61, 62, 63], changed_at=2), BOTH))
    root = drawn(chart)
    (upright,) = painted(root, "line", "mark")
    assert upright.attrib["x1"] == upright.attrib["x2"]
    left, right = (corners(run) for run in painted(root, "polyline", "line"))
    assert left[-1][0] < float(upright.attrib["x1"]) < right[0][0]
    assert {"Eulalia Barrenechea", "Cástulo Ibargüen"} <= set(words(root))
    assert "Cástulo Ibargüen, desde el 20 de mayo de 2021" in chart.notes[0]


def test_a_mayor_who_came_after_the_middle_of_a_round_still_stands_before_its_point() -> None:
    before, after = trend_of([60, 61], changed_at=1).points
    assert handover_day(before, after) == after.starts_on
    assert before.starts_on > FIRST


@pytest.mark.parametrize("tenths", [[0, 0], [100, 100], [55, 56], [None, 40]])
def test_the_axis_is_the_whole_scale_whatever_the_values(tenths: list[int | None]) -> None:
    assert {"0", "2", "4", "6", "8", "10"} <= set(words(drawn(chart_of(Line("A", trend_of(tenths))))))
    figure = chart_of(Line("A", trend_of(tenths))).figure
    assert figure is not None
    assert figure["layout"]["yaxis"]["range"] == [0, 10]


def test_the_words_hold_the_first_last_highest_and_lowest_value() -> None:
    chart = chart_of(Line("Promedio general", trend_of([50, 72, 31, 60])))
    assert all(value in chart.alternative for value in ("5.0", "6.0", "7.2", "3.1"))
    assert "noviembre-diciembre de 2020" in chart.alternative


def test_a_value_without_a_place_is_a_hollow_dot_with_its_reason_and_never_the_highest() -> None:
    chart = chart_of(Line("A", trend_of([60, 61, 90], unplaced=[2])))
    root = drawn(chart)
    assert [len(painted(root, "circle", paint)) for paint in ("dot", "hollow")] == [2, 1]
    assert chart.notes == ("El punto hueco de la evaluación 3 no tiene lugar: no entregó la información.",)
    assert "Lo más alto fue 6.1" in chart.alternative


def test_the_words_end_on_the_last_value_with_a_place_and_tell_the_newest_apart() -> None:
    assert in_words(Line("A", trend_of([65, 70, 77], unplaced=[2])), SPANISH) == (
        "A: de 6.5 en noviembre-diciembre de 2020 a 7.0 en enero-febrero de 2021. "
        "Lo más alto fue 7.0, en enero-febrero de 2021; lo más bajo, 6.5, en noviembre-diciembre de 2020. "
        "En la evaluación 3 queda en 7.7, sin lugar."
    )
    assert in_words(Line("A", trend_of([65], unplaced=[0])), SPANISH) == (
        "A: ninguna evaluación publicada tiene lugar. En la evaluación 1 queda en 6.5, sin lugar."
    )


def test_nobody_answers_for_the_mayor_before() -> None:
    told = in_words(Line("A", trend_of([66, 63, 50, 45, 42], changed_at=2)), SPANISH)
    assert told.startswith("A: de 5.0 en marzo-abril de 2021 a 4.2 en julio-agosto de 2021. Lo más alto fue 5.0,")
    assert told.endswith(" La gestión anterior se ve en la gráfica y no se compara.")
    assert "6.6" not in told
    alone = in_words(Line("A", trend_of([66, 42], changed_at=1)), SPANISH)
    assert alone.startswith("A: 4.2 en enero-febrero de 2021. La gestión anterior")
    silent = in_words(Line("A", trend_of([66, None], changed_at=1)), SPANISH)
    assert silent.startswith("A: ninguna evaluación de esta gestión tiene lugar. La gestión")
    unseen = in_words(Line("A", trend_of([None, 42, 43], changed_at=1)), SPANISH)
    assert "gestión" not in unseen  # nothing of the mayor before is drawn


def test_a_highest_value_reached_twice_is_told_as_the_first_time() -> None:
    told = in_words(Line("A", trend_of([60, 67, 65, 67])), SPANISH)
    assert "Lo más alto fue 6.7, por primera vez en enero-febrero de 2021; lo más bajo, 6.0, en noviembre" in told


def test_small_multiples_tell_the_newest_tenure_and_what_the_newest_round_lacks() -> None:
    lines = [
        Line("Seguridad", trend_of([90, 60, 30, None], changed_at=1)),
        Line("Agua", trend_of([90, 60, 50, 55], changed_at=1)),
        Line("Aire", trend_of([90, 60, 50, 55], changed_at=1, unplaced=[3])),
        Line("Obras", trend_of([90, None, None, 55], changed_at=1, unplaced=[3])),
        Line("Luz", trend_of([90, None, None, None], changed_at=1)),
    ]
    assert multiples_chart("temas", "Tema por tema", lines, "Tema", SPANISH, "P.").alternative == (
        "Desde enero-febrero de 2021: Seguridad, de 6.0 a 3.0 en la evaluación 3, sin dato después; "
        "Agua, de 6.0 a 5.5; Aire, de 6.0 a 5.0 en la evaluación 3, sin lugar después; Obras, 5.5, sin lugar; "
        "Luz, sin valor. La gestión anterior se ve en la gráfica y no se compara."
    )
    same = multiples_chart("t", "T", [Line("Agua", trend_of([90, 60]))], "Tema", SPANISH, "P.")
    assert same.alternative == "Agua, de 9.0 a 6.0."


def test_the_table_has_a_row_for_each_round_and_the_cause_of_each_gap() -> None:
    assert [row[0::2] for row in chart_of(Line("A", trend_of([60, None, 0]))).table.rows] == [
        ("1", "6.0"),
        ("2", "pendiente"),
        ("3", "0.0"),
    ]


@deterministic
@given(st.text())
def test_any_name_is_text_and_never_markup(name: str) -> None:
    line = Line(name, trend_of([50, 60], changed_at=1), (mayor(name), mayor(name, SECOND)))
    root = drawn(chart_of(line))
    assert len(list(root.iter())) == len(list(drawn(chart_of(Line("A", line.trend, BOTH))).iter())) or not name.strip()


def test_a_name_like_markup_is_shown_as_it_is_written() -> None:
    name = '<b>"Ana" & Cía'
    assert name in words(drawn(chart_of(Line("A", trend_of([50, 60], changed_at=1), (mayor(name), *BOTH[1:])))))
    assert written("a\x00\x0bb") == "ab"


@deterministic
@given(values, st.integers(0, 18))
def test_plotly_takes_the_figure_and_breaks_the_line_where_the_drawing_does(
    tenths: list[int | None], changed_at: int
) -> None:
    figure = chart_of(Line("A", trend_of(tenths, changed_at))).figure
    assert figure is not None
    (trace,) = go.Figure(figure).data
    assert trace.connectgaps is False
    assert [value for value in trace.y if value is not None] == [value / 10 for value in tenths if value is not None]
    changes = 1 if 0 < changed_at < len(tenths) else 0
    assert len(trace.y) == len(trace.x) == len(trace.customdata) == len(tenths) + changes


def test_a_point_says_its_months_and_its_value() -> None:
    figure = chart_of(Line("A", trend_of([68]))).figure
    assert figure is not None
    assert figure["data"][0]["customdata"] == ["noviembre-diciembre de 2020: 6.8"]


def test_several_lines_bear_their_names_at_their_ends_and_one_stands_in_front() -> None:
    lines = [Line(name, trend_of([40, 40 + step])) for step, name in enumerate(("Ana", "Bea", "Cleo"))]
    chart = trends_chart("tendencia", "Todas", lines, 1, SPANISH, "Publicación 1.")
    root = drawn(chart)
    assert [len(painted(root, "polyline", paint)) for paint in ("line", "other")] == [1, 2]
    assert {"4.0 Ana", "4.1 Bea", "4.2 Cleo"} <= set(words(root))
    assert chart.figure is not None
    assert [trace["meta"]["role"] for trace in chart.figure["data"]] == ["other", "other", "front"]
    go.Figure(chart.figure)


def test_only_the_first_sixty_lines_are_drawn_the_one_in_front_among_them_and_it_is_said() -> None:
    lines = [Line(f"M{number}", trend_of([50, 50])) for number in range(70)]
    chart = trends_chart("tendencia", "Todas", lines, 65, SPANISH, "Publicación 1.")
    assert len(painted(drawn(chart), "polyline", "other")) == 59
    assert "5.0 M65" in words(drawn(chart))
    assert "Se dibujan 60 municipios de 70." in chart.notes


def test_small_multiples_share_their_axes_and_name_each_panel() -> None:
    lines = [Line("Seguridad", trend_of([10, 20])), Line("Transparencia", trend_of([90, None]))]
    chart = multiples_chart("temas", "Tema por tema", lines, "Tema", SPANISH, "Publicación 1.")
    assert len(chart.panels) == 2
    assert {"Seguridad", "Transparencia", "0", "5", "10"} <= set(words(drawn(chart)))
    assert chart.notes == ("Transparencia: evaluación 2 sin valor: pendiente.",)


def test_english_is_english() -> None:
    assert chart_of(Line("A", trend_of([50, 60])), ENGLISH).alternative.startswith("A: from 5.0 in November")


@deterministic
@given(st.lists(st.floats(0, 180), max_size=12))
def test_labels_are_moved_apart_and_keep_their_order(heights: list[float]) -> None:
    moved = spread(heights, 13.5, 0, 180)
    assert all(0 <= height <= 180 for height in moved)
    ordered = sorted(moved)
    assert all(low + 13.5 <= high + 1e-6 for low, high in pairwise(ordered))
    assert [moved[index] for index in sorted(range(len(heights)), key=heights.__getitem__)] == ordered


@deterministic
@given(st.text(max_size=60), st.floats(20, 300))
def test_a_shortened_name_fits_or_is_one_letter(name: str, width: float) -> None:
    short = shortened(name, width)
    assert width_of(short) <= width or len(short) <= 2
