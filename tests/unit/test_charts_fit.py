"""Every drawing as a picture: nothing outside its frame, no words on other words, heights in proportion to values."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from xml.etree.ElementTree import Element, fromstring

import pytest

from app.charts.bars import bar_chart
from app.charts.chart import Chart, Drawing
from app.charts.drawing import width_of, wrapped
from app.charts.heat_map import heat_map
from app.charts.multiples import multiples_chart
from app.charts.plots import Line
from app.charts.ranges import range_chart
from app.charts.slopes import slope_chart
from app.charts.trends import trend_chart, trends_chart
from app.domain.editions import OVERALL
from app.domain.ranking import Unplaced
from app.domain.sensitivity import PlaceRange, place_ranges
from app.domain.trends import trend
from app.language import SPANISH
from tests.unit.charted import SECOND, matrix_of, mayor, ranking_in, trend_of
from tests.unit.examples import NO_MINIMUM, OPENNESS, SAFETY, period, round_of, table_of

Box = tuple[float, float, float, float]
LONG = "San Jacinto de los Encinos del Valle Alto"
LINES = {LONG: "8 9 7", "Bea": "7 7 10", "Cleo": "9 8 0", "Dora": "refused 9 9", "Eva": "na na na", "Fe": "refused 1 2"}
ROUND = round_of(LINES, method=NO_MINIMUM, themes=(SAFETY, OPENNESS))
LATER = round_of({**LINES, "Eva": "10 10 10"}, number=2, method=NO_MINIMUM, themes=(SAFETY, OPENNESS))
BOTH = (mayor(f"Alcaldesa de {LONG}"), mayor(f"Alcalde de {LONG}", SECOND))
MANY_KEYS = [f"M{number}" for number in range(60)]
MANY = ranking_in(OVERALL, round_of(dict.fromkeys(MANY_KEYS, "5")))
GAPS = Line(LONG, trend_of([60, None, 70, 100, 0, 35], changed_at=4), BOTH)


def trends(count: int) -> Chart:
    lines = [Line(f"{LONG} {number}", trend_of([40, 50 + number])) for number in range(count)]
    return trends_chart("t", "Todas", lines, 1, SPANISH, "P.")


def panels(count: int) -> Chart:
    return multiples_chart("m", "Demandas", [GAPS] * count, "Demanda", SPANISH, "P.")


CHARTS: dict[str, Callable[[], Chart]] = {
    "bars": lambda: bar_chart("b", ranking_in(OVERALL, ROUND), SPANISH),
    "heat-map": lambda: heat_map("h", matrix_of(ROUND), SPANISH),
    "slope": lambda: slope_chart("s", ranking_in(OVERALL, LATER, ROUND), ranking_in(OVERALL, ROUND), SPANISH),
    "slope-to-fewer": lambda: slope_chart("s", ranking_in(OVERALL, ROUND), ranking_in(OVERALL, LATER), SPANISH),
    "ranges": lambda: range_chart("r", ranking_in(OVERALL, ROUND), place_ranges(table_of(LINES)), SPANISH),
    "ranges-of-many": lambda: range_chart("r", MANY, dict.fromkeys(MANY_KEYS, PlaceRange(1, 1, 60)), SPANISH),
    "trend": lambda: trend_chart("t", "Promedio", GAPS, "Promedio", SPANISH, "P."),
    "trend-of-one": lambda: trend_chart("t", "Promedio", Line("A", trend_of([100])), "Promedio", SPANISH, "P."),
    "trends": lambda: trends(9),
    "two-panels": lambda: panels(2),
    "five-panels": lambda: panels(5),
}


def drawing_of(name: str) -> Drawing:
    return panels(2).panels[0] if name == "one-panel" else CHARTS[name]().drawing


def moved(element: Element) -> tuple[float, float]:
    """How far an element is shifted."""
    shift = (element.get("transform") or "").partition("translate(")[2].partition(")")[0].split()
    return (float(shift[0]), float(shift[1])) if shift else (0, 0)


def elements(element: Element, dx: float = 0, dy: float = 0) -> Iterator[tuple[Element, float, float]]:
    """What is drawn, each with its shift; patterns are not, and words along a gap are left to the eye."""
    for child in element:
        if child.tag == "defs" or "rotate" in (child.get("transform") or ""):
            continue
        x, y = moved(child)
        yield child, dx + x, dy + y
        yield from elements(child, dx + x, dy + y)


def box_of(element: Element) -> Box | None:
    """Left, top, right and bottom of a mark, before it is shifted."""
    at = {name: float(value) for name, value in element.attrib.items() if value.replace(".", "", 1).isdecimal()}
    if element.tag == "rect":
        return at["x"], at["y"], at["x"] + at["width"], at["y"] + at["height"]
    if element.tag == "line":
        return min(at["x1"], at["x2"]), min(at["y1"], at["y2"]), max(at["x1"], at["x2"]), max(at["y1"], at["y2"])
    if element.tag == "circle":
        return at["cx"] - at["r"], at["cy"] - at["r"], at["cx"] + at["r"], at["cy"] + at["r"]
    if element.tag == "text":
        wide = width_of("".join(element.itertext()), bold="font-weight" in element.attrib)
        left = at["x"] - wide * {"end": 1, "middle": 0.5}.get(element.get("text-anchor") or "", 0)
        return left, at["y"] - 9, left + wide, at["y"] + 2
    return None


def boxes(drawing: Drawing, *tags: str) -> list[tuple[str, Box]]:
    """What is drawn with those tags, as words and box."""
    found = []
    for element, dx, dy in elements(fromstring(f"<g>{drawing.marks}</g>")):  # noqa: S314 - our own drawing
        if element.tag in tags and (box := box_of(element)):
            left, top, right, bottom = box
            found.append(("".join(element.itertext()), (left + dx, top + dy, right + dx, bottom + dy)))
    return found


@pytest.mark.parametrize("name", [*CHARTS, "one-panel"])
def test_nothing_is_drawn_outside_its_frame(name: str) -> None:
    drawing = drawing_of(name)
    found = boxes(drawing, "rect", "line", "circle", "text")
    assert len(found) > 4
    slack = 1.5
    assert [
        (words, box)
        for words, box in found
        if box[0] < -slack or box[1] < -slack or box[2] > drawing.width + slack or box[3] > drawing.height + slack
    ] == []


@pytest.mark.parametrize("name", [*CHARTS, "one-panel"])
def test_no_words_lie_on_other_words(name: str) -> None:
    found = boxes(drawing_of(name), "text")
    assert [
        (words, others)
        for (words, one), (others, other) in combinations(found, 2)
        if min(one[2], other[2]) - max(one[0], other[0]) > 1 and min(one[3], other[3]) - max(one[1], other[1]) > 1
    ] == []


def test_a_value_lies_as_high_as_its_share_of_the_scale() -> None:
    chart = trend_chart("t", "Promedio", Line("A", trend_of([0, 50, 100, 25])), "Promedio", SPANISH, "P.")
    root = fromstring(f"<g>{chart.drawing.marks}</g>")  # noqa: S314 - our own drawing
    lines = {text.text: float(text.attrib["y"]) - 4 for text in root.iter("text") if text.text in {"0", "10"}}
    heights = [float(dot.attrib["cy"]) for dot in root.iter("circle")]
    bottom, top = lines["0"], lines["10"]
    assert bottom - top > 100
    assert heights == pytest.approx([bottom, (bottom + top) / 2, top, bottom - (bottom - top) / 4], abs=0.2)


def test_gaps_beside_each_other_with_causes_of_their_own_are_told_apart() -> None:
    points = trend_of([60, None, None, None]).points
    found = trend([*points[:2], replace(points[2], cause=Unplaced.REFUSED), replace(points[3], cause=None)])
    chart = trend_chart("t", "Promedio", Line("A", found), "Promedio", SPANISH, "P.")
    assert chart.notes == (
        "Evaluación 2 sin valor: pendiente.",
        "Evaluación 3 sin valor: no entregó la información.",
        "Evaluación 4 sin valor: sin publicar.",
    )
    assert chart.drawing.marks.count("url(#rayado-t)") == 3


def test_gaps_beside_each_other_with_the_same_cause_are_one() -> None:
    chart = trend_chart("t", "Promedio", Line("A", trend_of([None, None, 60, None])), "Promedio", SPANISH, "P.")
    assert chart.notes == ("Evaluaciones 1 y 2 sin valor: pendiente.", "Evaluación 4 sin valor: pendiente.")


def in_the_middle(one: Box, other: Box) -> bool:
    """Whether a box lies in another one, as far from its left as from its right."""
    is_within = one[0] >= other[0] and one[1] >= other[1] and one[2] <= other[2] and one[3] <= other[3]
    return is_within and abs(one[0] + one[2] - other[0] - other[2]) < 2


def test_every_number_of_the_heat_map_lies_in_the_middle_of_a_cell_of_its_own() -> None:
    drawing = drawing_of("heat-map")
    cells = [box for _, box in boxes(drawing, "rect") if box[3] - box[1] > 15]
    words = [box for said, box in boxes(drawing, "text") if said in {"0", "1", "2", "7", "8", "9", "10", "n/i", "n/a"}]
    numbers = [box for box in words if box[1] > 20]  # the heads of the columns stand above the cells
    assert len(cells) == len(numbers) == 18
    holders = [next((index for index, cell in enumerate(cells) if in_the_middle(box, cell)), None) for box in numbers]
    assert sorted(holders, key=str) == sorted(range(18), key=str)


def test_the_hatched_bar_of_who_has_no_place_stands_beside_the_name() -> None:
    drawing = drawing_of("bars")
    hatched = [box for _, box in boxes(drawing, "rect")][-3:]
    names = [box for said, box in boxes(drawing, "text") if said in {"Dora", "Eva", "Fe"}]
    assert [bar[1] <= (name[1] + name[3]) / 2 <= bar[3] for bar, name in zip(hatched, names, strict=True)] == [True] * 3


def test_a_gap_of_the_interactive_chart_covers_its_rounds_from_the_bottom_to_the_top() -> None:
    figure = trend_chart("t", "Promedio", Line("A", trend_of([60, None, None, 70])), "Promedio", SPANISH, "P.").figure
    assert figure is not None
    (gap,) = (shape for shape in figure["layout"]["shapes"] if shape["name"] == "gap")
    assert (gap["y0"], gap["y1"]) == (0, 10)
    assert (gap["x0"], gap["x1"]) == (period(2).starts_on.isoformat(), period(3).ends_on.isoformat())


def test_wrapped_words_take_no_more_lines_than_they_may_and_none_is_lost_unsaid() -> None:
    assert wrapped("uno dos tres", 1000, 2) == ["uno dos tres"]
    assert wrapped("uno dos tres", width_of("uno dos"), 2) == ["uno dos", "tres"]
    cut = wrapped("uno dos tres cuatro cinco", width_of("uno dos"), 2)
    assert (len(cut), cut[0], cut[1][-1]) == (2, "uno dos", "…")
