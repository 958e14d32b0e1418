"""The order a reader asks for: rows move, places do not, nobody is lost (SCORING §3)."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.editions import OVERALL, Scope, demand_scope, theme_scope
from app.domain.orders import BY_NAME, BY_PLACE, Column, Order, Orders, Sortable, orders_of, sortables, sorted_rows
from app.domain.publications import Standing
from app.domain.scorecard import RoundFrame, RoundReference
from app.domain.standings import rank_by_change, standings
from tests.unit.examples import METHOD, OPENNESS, SAFETY, round_of
from tests.unit.generated import NAMES, deterministic, rounds

BY_CHANGE = Order(Column.CHANGE)
BY_PREVIOUS = Order(Column.PREVIOUS)
BY_THIRD = Order(Column.DEMAND, "3")
BY_SAFETY = Order(Column.THEME, SAFETY.key)


def rows(line: str) -> list[Sortable]:
    """``a 5, b -`` as rows at the positions in which they are written."""
    pairs = (cell.split() for cell in line.split(", "))
    return [Sortable(k.upper(), k, n, None if v == "-" else int(v)) for n, (k, v) in enumerate(pairs, start=1)]


def keys(line: str, order: Order) -> str:
    return "".join(row.key for row in sorted_rows(rows(line), order))


@pytest.mark.parametrize(
    ("line", "order", "expected"),
    [
        pytest.param("c 1, a 2, b 3", BY_PLACE, "CAB", id="by-place-as-sealed"),
        pytest.param("c 1, a 2, b 3", BY_PLACE.other_way, "BAC", id="last-place-first"),
        pytest.param("c 1, a 2, b 2", BY_PLACE.other_way, "ABC", id="a-tie-stays-by-name-backwards"),
        pytest.param("c 1, z -, a -", BY_PLACE, "CZA", id="the-unplaced-keep-their-sealed-blocks"),
        pytest.param("c 1, z -, a 2", BY_PLACE.other_way, "ACZ", id="the-unplaced-stay-last-backwards"),
        pytest.param("c 4, a 2, b -", BY_PREVIOUS, "ACB", id="the-best-previous-place-first"),
        pytest.param("c 4, a 2, b 9", BY_NAME, "ABC", id="by-name"),
        pytest.param("c 4, a 2, b 9", BY_NAME.other_way, "CBA", id="by-name-backwards"),
        pytest.param("c 3, a -5, b 0", BY_CHANGE, "CBA", id="the-largest-rise-first"),
        pytest.param("c 3, a -5, b 0", BY_CHANGE.other_way, "ABC", id="the-largest-fall-first"),
        pytest.param("c -, a -5, b -", BY_CHANGE, "ABC", id="no-change-is-last-not-zero"),
        pytest.param("c -, a -5, b -", BY_CHANGE.other_way, "ABC", id="and-last-backwards-too"),
        pytest.param("c 70, a 70, b 90", BY_THIRD, "BAC", id="equal-values-by-name"),
        pytest.param("c 70, a 70, b 90", BY_THIRD.other_way, "ACB", id="equal-values-by-name-backwards"),
        pytest.param("c 0, a -, b 10", BY_THIRD, "BCA", id="a-zero-is-a-value"),
        pytest.param("c 55, a 61, b 50", BY_SAFETY, "ACB", id="by-the-average-of-a-theme"),
    ],
)
def test_rows_stand_in_the_order_asked_for(line: str, order: Order, expected: str) -> None:
    assert keys(line, order) == expected


def test_homonyms_stand_by_their_keys_whichever_way() -> None:
    twins = [Sortable("20002", "juarez", 1, 50), Sortable("08037", "juarez", 2, 50)]
    for order in (BY_NAME, BY_THIRD, BY_THIRD.other_way):
        assert [row.key for row in sorted_rows(twins, order)] == ["08037", "20002"]


@pytest.mark.parametrize(
    ("order", "ascending"),
    [(BY_PLACE, True), (BY_PREVIOUS, True), (BY_NAME, True), (BY_CHANGE, False), (BY_THIRD, False), (BY_SAFETY, False)],
)
def test_places_and_names_go_up_and_figures_go_down(order: Order, ascending: bool) -> None:  # noqa: FBT001
    assert order.is_ascending is ascending
    assert order.other_way.is_ascending is not ascending
    assert order.other_way.other_way == order


def standing(**facts: object) -> Standing:
    base = Standing(OVERALL, "A", 1, 10, 10, 0, 10, 10, tenths=77, place=2, change_tenths=4, previous_place=5)
    return replace(base, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("order", "facts", "value"),
    [
        pytest.param(BY_PLACE, {}, 2, id="place"),
        pytest.param(BY_PREVIOUS, {}, 5, id="previous"),
        pytest.param(BY_THIRD, {}, 77, id="figure"),
        pytest.param(BY_THIRD, {"place": None}, None, id="a-figure-without-a-place-does-not-compete"),
        pytest.param(BY_CHANGE, {"change_common": 10, "change_common_weight": 10}, 4, id="change"),
        pytest.param(BY_CHANGE, {"change_common_weight": 10, "refused": 1}, None, id="a-refusal-now"),
        pytest.param(BY_CHANGE, {"change_common_weight": 10, "previous_refused": 1}, None, id="a-refusal-before"),
        pytest.param(BY_CHANGE, {"change_common_weight": 3}, None, id="too-little-in-common"),
        pytest.param(BY_CHANGE, {"change_tenths": None}, None, id="nothing-to-compare-with"),
    ],
)
def test_what_an_order_compares(order: Order, facts: dict[str, object], value: int | None) -> None:
    content = round_of({"A": "5"})
    row = standing(**facts)
    changes = rank_by_change([row], {"A": "a"}, METHOD.minimum_coverage(OVERALL))
    entry = replace(content.entries[0], cvegeo="A")
    assert [found.value for found in sortables([(entry, row)], order, changes)] == [value]


def frame(*, overall: bool = True, compared: bool = True) -> RoundFrame:
    content = round_of({"A": "5 5 5", "B": "4 4 4"}, themes=(SAFETY, OPENNESS), method=replace(METHOD, overall=overall))
    return RoundFrame(
        edition=content.edition,
        method=content.method,
        themes=content.themes,
        demands=content.demands,
        sources={},
        period=content.period,
        publication=None,  # type: ignore[arg-type] # orders ask nothing of it
        compared_with=RoundReference(1, 1) if compared else None,
    )


def offered(scope: Scope | None, rated: set[int], **facts: bool) -> list[str]:
    found = orders_of(frame(**facts), scope, rated, None)
    assert found is not None
    return [f"{order.column.value} {order.key}".strip() for order in found.offered]


def test_a_round_offers_every_column_that_holds_something() -> None:
    everything = ["place", "name", "previous", "change"]
    of_themes = {demand.number: f"theme {demand.theme}" for demand in frame().demands}
    themes = list(dict.fromkeys(of_themes.values()))
    assert offered(None, {1, 2, 3}) == [*everything, *themes, "demand 1", "demand 2", "demand 3"]
    assert offered(None, {1}) == [*everything, of_themes[1], "demand 1"]


def test_without_an_overall_ranking_a_round_is_by_name_and_has_no_places() -> None:
    assert offered(None, set(), overall=False) == ["name"]


def test_the_first_round_offers_no_change() -> None:
    assert offered(demand_scope(1), {1}, compared=False) == ["place", "name"]


def test_a_theme_offers_its_own_demands_only() -> None:
    own = [f"demand {demand.number}" for demand in frame().demands_of(SAFETY.key)]
    assert offered(theme_scope(SAFETY.key), {1, 2, 3}) == ["place", "name", "previous", "change", *own]


@pytest.mark.parametrize("asked", [Order(Column.DEMAND, "9"), Order(Column.THEME, "no-such"), BY_THIRD])
def test_a_column_that_is_not_there_is_no_order(asked: Order) -> None:
    assert orders_of(frame(), None, {1}, asked) is None


def test_who_asks_for_the_column_in_force_gets_the_other_way() -> None:
    orders = Orders((BY_PLACE, BY_NAME, BY_CHANGE), BY_CHANGE)
    assert orders.by("change") == BY_CHANGE.other_way
    assert replace(orders, current=BY_CHANGE.other_way).by("change") == BY_CHANGE
    assert orders.by("place") == BY_PLACE
    assert orders.by("demand", 3) is None
    assert orders.is_by("change")
    assert not orders.is_by("place")


values = st.one_of(st.none(), st.integers(min_value=-3, max_value=3))
orders = st.builds(Order, st.sampled_from(Column), st.just("1"), st.booleans())


@st.composite
def tables(draw: st.DrawFn) -> list[Sortable]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True))
    sort_keys = st.sampled_from(["a", "b"])
    return [Sortable(name, draw(sort_keys), n, draw(values)) for n, name in enumerate(names, start=1)]


@deterministic
@given(tables(), orders, st.randoms(use_true_random=False))
def test_a_permutation_of_the_input_never_changes_an_order(drawn: list[Sortable], order: Order, chance: Random) -> None:
    shuffled = drawn.copy()
    chance.shuffle(shuffled)
    assert sorted_rows(shuffled, order) == sorted_rows(drawn, order)


@deterministic
@given(tables(), orders)
def test_nobody_is_lost_and_nobody_is_changed(drawn: list[Sortable], order: Order) -> None:
    assert sorted(sorted_rows(drawn, order), key=lambda row: row.position) == drawn


@deterministic
@given(tables(), orders)
def test_what_has_no_value_is_last_whichever_way(drawn: list[Sortable], order: Order) -> None:
    if order.column is not Column.NAME:
        lacking = [row.value is None for row in sorted_rows(drawn, order)]
        assert lacking == sorted(lacking)


@deterministic
@given(rounds())
def test_by_place_everybody_stands_as_sealed(drawn: object) -> None:
    content = drawn.content()  # type: ignore[attr-defined]
    entries = {entry.cvegeo: entry for entry in content.entries}
    sealed = [row for row in standings(content, None) if row.scope == content.scopes()[0]]
    none = rank_by_change([], {}, METHOD.minimum_coverage(OVERALL))
    given_rows = sortables([(entries[row.cvegeo], row) for row in reversed(sealed)], BY_PLACE, none)
    assert [row.key for row in sorted_rows(given_rows, BY_PLACE)] == [row.cvegeo for row in sealed]
