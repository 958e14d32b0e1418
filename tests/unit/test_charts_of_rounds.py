"""Bars, heat map, slopes, ranges and files of charts, each taken apart again."""

import re
from dataclasses import replace
from unittest.mock import Mock

import plotly.graph_objects as go
import pytest

from app.charts import pages
from app.charts.bars import bar_chart, in_words
from app.charts.chart import Chart, standalone
from app.charts.heat_map import heat_map
from app.charts.pages import find_round_chart, round_charts
from app.charts.pictures import png
from app.charts.ranges import range_chart
from app.charts.slopes import slope_chart
from app.domain.charts import RoundInCharts
from app.domain.editions import OVERALL
from app.domain.sensitivity import PlaceRange, place_ranges
from app.language import ENGLISH, SPANISH
from tests.unit.charted import drawn, matrix_of, painted, ranking_in, words
from tests.unit.examples import NO_MINIMUM, TOOK_OFFICE, round_of, table_of

LINES = {"Ana": "8 9", "Bea": "7 7", "Cleo": "9 8", "Dora": "refused 9", "Eva": "na na"}
ROUND = round_of(LINES, method=NO_MINIMUM)


def bars() -> Chart:
    return bar_chart("barras-general", ranking_in(OVERALL, ROUND), SPANISH)


def test_bars_stand_in_the_order_of_the_ranking_and_are_as_long_as_their_values() -> None:
    root = drawn(bars())
    names = [text for text in words(root) if text in LINES]
    assert names == ["Ana", "Cleo", "Bea", "Dora", "Eva"]
    longs = [float(bar.attrib["width"]) for bar in painted(root, "rect", "fill")]
    assert longs == pytest.approx([132 * 0.85, 132 * 0.85, 132 * 0.7], abs=0.06)
    assert words(root).count("1=") == 2


def test_who_has_no_place_stands_apart_hatched_with_the_reason_and_without_a_bar() -> None:
    root = drawn(bars())
    seen = words(root)
    assert seen.index("Sin lugar") > seen.index("Bea")
    assert "no entregó la información (1/2)" in seen
    assert "no aplica" in seen
    assert len([box for box in root.iter() if box.get("fill") == "url(#rayado-barras-general)"]) == 2


def test_the_words_of_bars_name_the_first_and_the_last() -> None:
    assert bars().alternative == (
        "Comparten el primer lugar Ana y Cleo, con 8.5. En el último, Bea, con 7.0. Dos municipios quedan sin lugar."
    )


def test_the_words_of_bars_name_everyone_who_shares_the_last_place() -> None:
    shared = round_of({"Ana": "9", "Bea": "7", "Cleo": "7", "Dora": "7"}, method=NO_MINIMUM)
    assert in_words(ranking_in(OVERALL, shared), SPANISH) == (
        "En primer lugar, Ana, con 9.0. Comparten el último lugar Bea, Cleo y Dora, con 7.0."
    )
    assert in_words(ranking_in(OVERALL, round_of({"Ana": "9", "Bea": "7"})), ENGLISH).endswith(
        "In last place, Bea, with 7.0."
    )


def test_more_who_share_a_place_than_can_be_named_are_counted() -> None:
    five = dict.fromkeys(("Bea", "Cleo", "Dora", "Eva", "Fe"), "7")
    assert "Cinco municipios comparten el último lugar, con 7.0." in in_words(
        ranking_in(OVERALL, round_of({"Ana": "9", **five})), SPANISH
    )
    all_first = ranking_in(OVERALL, round_of(five))
    assert in_words(all_first, SPANISH) == "Cinco municipios comparten el primer lugar, con 7.0."
    cut = ranking_in(OVERALL, round_of(five), rows=99)
    assert in_words(cut, SPANISH) == "Al menos cinco municipios comparten el primer lugar, con 7.0."


def test_of_a_cut_list_nothing_is_said_of_its_end() -> None:
    cut = in_words(ranking_in(OVERALL, ROUND, rows=2478), SPANISH)
    assert cut == "Comparten el primer lugar Ana y Cleo, con 8.5."


def test_plotly_takes_the_bars_in_the_same_order() -> None:
    figure = bars().figure
    assert figure is not None
    (trace,) = go.Figure(figure).data
    assert list(zip(trace.y, trace.x, strict=True)) == [("Ana", 8.5), ("Cleo", 8.5), ("Bea", 7.0)]
    assert trace.customdata[0] == "Ana: 8.5"


def test_a_chart_of_the_first_rows_says_how_many_there_are() -> None:
    chart = bar_chart("b", ranking_in(OVERALL, ROUND, rows=2478), SPANISH)
    assert chart.notes == ("Se muestran los primeros 5 de 2,478.",)
    assert "En el último" not in chart.alternative


def test_a_heat_map_writes_every_number_and_hatches_every_absence() -> None:
    chart = heat_map("mapa", matrix_of(ROUND), SPANISH)
    root = drawn(chart)
    assert [text for text in words(root) if text in {"7", "8", "9", "n/i", "n/a"}] == [
        *("8", "9", "7", "7", "9", "8", "n/i", "9", "n/a", "n/a")
    ]
    assert len(painted(root, "rect", "score-9")) == 3
    assert "n/a: no aplica; n/i: no entregó la información." in chart.notes
    assert chart.table.rows[3] == ("Dora", "no entregó la información", "9", "–")


def test_a_zero_is_a_cell_of_the_ramp_and_not_an_absence() -> None:
    root = drawn(heat_map("mapa", matrix_of(round_of({"Ana": "0"})), SPANISH))
    assert len(painted(root, "rect", "score-0")) == 1
    assert not [box for box in root.iter() if (box.get("fill") or "").startswith("url(")]


def slope(now: dict[str, str], before: dict[str, str], changed: str = "") -> Chart:
    earlier = round_of(before, method=NO_MINIMUM)
    took_office = {changed: TOOK_OFFICE.replace(year=2021)} if changed else None
    later = round_of(now, number=2, method=NO_MINIMUM, took_office=took_office)
    return slope_chart("p", ranking_in(OVERALL, later, earlier), ranking_in(OVERALL, earlier), SPANISH)


def test_a_slope_joins_who_has_both_places_and_shows_ties() -> None:
    chart = slope({"Ana": "9", "Bea": "9", "Cleo": "5"}, {"Ana": "8", "Bea": "7", "Cleo": "6"})
    root = drawn(chart)
    assert len(painted(root, "line", "line")) == 1  # Bea rose to a shared first place
    assert len(painted(root, "line", "thread")) == 2
    assert words(root).count("1=") == 2
    assert chart.alternative == ("Suben 1, bajan 0 y 2 conservan su lugar. La mayor subida, de 1 lugar: Bea.")


def test_places_out_of_different_numbers_are_no_rise_and_no_fall() -> None:
    chart = slope({"Ana": "9", "Bea": "refused", "Cleo": "5"}, {"Ana": "8", "Bea": "7", "Cleo": "6"})
    root = drawn(chart)  # Cleo was last of three and is last of two
    assert not painted(root, "line", "line")
    assert len(painted(root, "line", "thread")) == 2
    assert chart.alternative.startswith("Antes tenían lugar 3 municipios y ahora 2:")


def test_a_slope_joins_nobody_without_a_place_on_a_side_and_nobody_with_a_new_mayor() -> None:
    chart = slope({"Ana": "9", "Bea": "refused", "Cleo": "5"}, {"Ana": "8", "Bea": "7", "Cleo": "6"}, changed="Ana")
    root = drawn(chart)
    joined = [line for paint in ("line", "other", "thread") for line in painted(root, "line", paint)]
    assert len(joined) == 1  # Cleo
    assert chart.notes == (
        "Bea no tiene lugar en la evaluación 2: no entregó la información.",
        "Ana cambió de gestión: no se compara.",
    )


def test_a_range_runs_from_the_best_to_the_worst_place() -> None:
    lines = {"Ana": "10 4", "Bea": "7 7", "Cleo": "3 10"}
    ranges = place_ranges(table_of(lines))
    chart = range_chart("r", ranking_in(OVERALL, round_of(lines)), ranges, SPANISH)
    root = drawn(chart)
    spans = painted(root, "line", "span")
    dots = [float(dot.attrib["cx"]) for dot in painted(root, "circle", "dot")]
    assert len(dots) == 3
    for span in spans:
        assert float(span.attrib["x1"]) < float(span.attrib["x2"])
    assert [row[2:] for row in chart.table.rows] == [
        (str(ranges[row[1]].best), str(ranges[row[1]].worst)) for row in chart.table.rows
    ]


def told_of(ranges: dict[str, tuple[int, int, int]]) -> str:
    """What is said of these places: the best, the published and the worst of each name."""
    now = ranking_in(OVERALL, round_of({name: str(9 - slot) for slot, name in enumerate(ranges)}))
    found = {}
    for row in now.placed:
        best, place, worst = ranges[row.entry.name]
        found[row.entry.cvegeo] = PlaceRange(place, best, worst)
    return range_chart("r", now, found, SPANISH).alternative


def test_the_words_of_ranges_name_all_who_are_as_loose() -> None:
    assert told_of({"Ana": (1, 1, 2), "Bea": (1, 2, 2), "Cleo": (3, 3, 3), "Dora": (4, 4, 4)}) == (
        "No cambian de lugar: Cleo y Dora. Los lugares menos firmes son los de Ana (del 1 al 2) y Bea (del 1 al 2)."
    )
    assert told_of({"Ana": (1, 1, 1), "Bea": (2, 2, 3)}) == (
        "No cambia de lugar: Ana. El lugar menos firme es el de Bea (del 2 al 3)."
    )


def test_many_who_are_as_loose_are_measured_and_not_named() -> None:
    pairs = {"Ana": (1, 1, 2), "Bea": (1, 2, 2), "Cleo": (3, 3, 4), "Dora": (3, 4, 4)}
    assert told_of(pairs) == "Ninguno se mueve más de un lugar."
    assert told_of({**pairs, "Eva": (5, 5, 5)}) == "No cambia de lugar: Eva. Los demás se mueven a lo más un lugar."
    wide = {"Ana": (1, 1, 3), "Bea": (1, 2, 3), "Cleo": (1, 3, 3), "Dora": (2, 4, 4), "Eva": (5, 5, 5)}
    assert told_of(wide).endswith("Los demás se mueven a lo más 2 lugares.")


def test_of_a_cut_list_the_words_count_only_what_is_drawn() -> None:
    lines = {"Ana": "9 9", "Bea": "5 5"}
    now = ranking_in(OVERALL, round_of(lines, number=2), round_of(lines), rows=130)
    ranges = {**place_ranges(table_of(lines)), "Zoe": PlaceRange(3, 3, 130)}
    chart = range_chart("r", now, ranges, SPANISH)
    assert chart.alternative == "Entre los primeros 2: no cambian de lugar: Ana y Bea."
    assert "130" not in words(drawn(chart))  # the axis ends with the last place that is drawn
    slopes = slope_chart("p", now, ranking_in(OVERALL, round_of(lines), rows=130), SPANISH)
    assert slopes.alternative == "Entre los primeros 2: suben 0, bajan 0 y 2 conservan su lugar."
    matrix = matrix_of(round_of(lines))
    cells = heat_map("mapa", replace(matrix, part=replace(matrix.part, rows=130)), ENGLISH)
    assert cells.alternative.startswith("Among the first 2: 4 scores in 4 cells")
    for drawn_of in (chart, slopes):
        assert "Se muestran los primeros 2 de 130." in drawn_of.notes
    assert "Entre" not in heat_map("mapa", matrix, SPANISH).alternative


def test_one_chart_is_drawn_without_the_others_and_an_unknown_one_without_any(monkeypatch: pytest.MonkeyPatch) -> None:
    ranking = ranking_in(OVERALL, ROUND)
    value = RoundInCharts(ranking.frame, (ranking,), matrix_of(ROUND), {}, {})
    drawn_keys = [chart.key for charts in round_charts(value, SPANISH).values() for chart in charts]
    assert drawn_keys == ["barras-general", "mapa"]
    monkeypatch.setattr(pages, "bar_chart", Mock(side_effect=AssertionError("drawn in vain")))
    found = find_round_chart(value, "mapa", SPANISH)
    assert found is not None
    assert found.key == "mapa"
    assert found.subject
    monkeypatch.setattr(pages, "heat_map", Mock(side_effect=AssertionError("drawn in vain")))
    assert find_round_chart(value, "barras-nada", SPANISH) is None


@pytest.mark.parametrize(
    ("municipalities", "lines", "beyond"),
    [(300, {"Ana": "9 9"}, False), (301, {"Ana": "9 9"}, True), (301, {"Ana": "pending pending"}, False)],
)
def test_a_round_beyond_its_ranges_is_one_with_places_and_more_than_300_municipalities(
    municipalities: int, lines: dict[str, str], *, beyond: bool
) -> None:
    content = round_of(lines)
    matrix = matrix_of(content)
    matrix = replace(matrix, part=replace(matrix.part, rows=municipalities))
    rankings = (ranking_in(OVERALL, content, rows=municipalities),)
    assert RoundInCharts(matrix.frame, rankings, matrix, {}, {}).is_beyond_ranges is beyond


def test_the_note_of_ranges_uses_the_editions_own_word() -> None:
    content = round_of({"Ana": "9"})
    named = replace(content, edition=replace(content.edition, demand_word_es="acción"))
    note = range_chart("r", ranking_in(OVERALL, named), {}, SPANISH).notes[0]
    assert "quitar o contar doble cualquier acción;" in note


def test_a_file_of_an_invented_edition_says_so_and_needs_no_style() -> None:
    svg = standalone(bars(), SPANISH, invented=True)
    assert "Ejemplo con datos inventados" in svg
    assert "Alcalde, ¿cómo vamos?" in svg
    assert not re.search(r"style|<script|href", svg)
    assert "Ejemplo" not in standalone(bars(), SPANISH, invented=False)


def test_a_picture_is_a_png_three_times_as_wide_as_the_drawing_and_the_same_each_time() -> None:
    picture = png(standalone(bars(), SPANISH, invented=True))
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) == 1080
    assert picture == png(standalone(bars(), SPANISH, invented=True))
