"""Every ranking row of a round, computed from what its publication seals (SCORING §§2-4)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.averages import round_to_tenths
from app.domain.editions import OVERALL, demand_scope, theme_scope
from app.domain.publications import PublishedFigure, RoundContent
from app.domain.ranking import Place, Unplaced
from app.domain.scores import Score
from app.domain.standings import places_as_printed, rank_by_change, ranked_rows, standings
from tests.unit.examples import METHOD, OPENNESS, PRINTED_IN_2013, SAFETY, places_in, round_of, rows_in
from tests.unit.generated import NAMES, Drawn, deterministic, pairs_of_rounds, rounds, rounds_with_a_score

SAFETY_SCOPE = theme_scope(SAFETY.key)
OF_2013 = round_of({name: line for name, (line, _) in PRINTED_IN_2013.items()}, method=replace(METHOD, overall=False))


def test_the_printed_table_of_2013_comes_out_as_worked() -> None:
    rows = rows_in(SAFETY_SCOPE, OF_2013)
    assert [(row.place, row.shared, row.cvegeo, row.exact, row.tenths) for row in rows] == [
        (1, False, "San Pedro Garza García", Fraction("8.50"), 85),
        (2, False, "Juárez", Fraction("7.75"), 78),
        (3, False, "García", Fraction("7.50"), 75),
        (4, False, "Monterrey", Fraction("6.75"), 68),
        (5, True, "General Escobedo", Fraction("6.50"), 65),
        (5, True, "Santa Catarina", Fraction("6.50"), 65),
        (7, False, "Apodaca", Fraction("6.25"), 63),
        (8, False, "Guadalupe", Fraction("4.50"), 45),
        (9, False, "San Nicolás de los Garza", Fraction("4.25"), 43),
    ]


def test_the_averages_printed_in_2013_are_not_those_of_the_printed_cells() -> None:
    ours = {row.cvegeo: row.tenths for row in rows_in(SAFETY_SCOPE, OF_2013)}
    printed = {name: average for name, (_, average) in PRINTED_IN_2013.items()}
    half_up = {name: ((tenths or 0) + 5) // 10 for name, tenths in ours.items()}
    assert sorted(name for name in ours if half_up[name] != printed[name]) == [
        "Apodaca",
        "García",
        "General Escobedo",
        "San Pedro Garza García",
        "Santa Catarina",
    ]


def test_the_averages_printed_in_2013_would_put_apodaca_third() -> None:
    figures = [
        PublishedFigure(name, SAFETY_SCOPE, str(average), "informe") for name, (_, average) in PRINTED_IN_2013.items()
    ]
    found = places_as_printed(figures, {name: name.lower() for name in PRINTED_IN_2013})
    assert {name: place.number for name, place in found.items()} == {
        "Juárez": 1,
        "San Pedro Garza García": 1,
        "Apodaca": 3,
        "García": 3,
        "Monterrey": 3,
        "General Escobedo": 6,
        "Santa Catarina": 6,
        "Guadalupe": 8,
        "San Nicolás de los Garza": 9,
    }
    assert found["Apodaca"] == Place(3, shared=True)


def test_what_a_source_printed_otherwise_than_as_a_number_gives_no_place() -> None:
    figures = [PublishedFigure(name, OVERALL, text, "s") for name, text in {"A": "7", "B": "n/d", "C": "9"}.items()]
    assert places_as_printed(figures, {"A": "a", "B": "b"}) == {"A": Place(1, shared=False)}


def test_an_edition_without_overall_holds_no_overall_row() -> None:
    assert {str(row.scope) for row in standings(OF_2013, None)} == {
        "theme:seguridad",
        "demand:1",
        "demand:2",
        "demand:3",
        "demand:4",
    }


def test_rows_come_by_scope_overall_first_then_themes_then_demands() -> None:
    content = round_of({"A": "8 7 6", "B": "7 8 6"}, themes=(SAFETY, OPENNESS))
    assert [str(row.scope) for row in standings(content, None)[::2]] == [
        "overall",
        "theme:seguridad",
        "theme:transparencia",
        "demand:1",
        "demand:2",
        "demand:3",
    ]


def test_each_scope_averages_its_own_demands() -> None:
    content = round_of({"A": "8 7 6"}, weights=(1, 2, 3), themes=(SAFETY, OPENNESS))
    assert {str(row.scope): row.exact for row in standings(content, None)} == {
        "overall": Fraction(40, 6),
        "theme:seguridad": Fraction(26, 4),
        "theme:transparencia": Fraction(7),
        "demand:1": Fraction(8),
        "demand:2": Fraction(7),
        "demand:3": Fraction(6),
    }


def test_a_place_is_not_the_number_of_the_line() -> None:
    rows = rows_in(OVERALL, round_of({"A": "9", "B": "8", "C": "8", "D": "7"}))
    assert [row.position for row in rows] == [1, 2, 3, 4]
    assert [row.place for row in rows] == [1, 2, 2, 4]


def test_the_placed_come_first_then_who_refused_then_the_other_unplaced() -> None:
    content = round_of({"D": "refused 9", "C": "unrated 9", "B": "1 1", "A": "refused refused", "E": "na na"})
    rows = rows_in(OVERALL, content)
    assert [(row.cvegeo, row.unplaced) for row in rows] == [
        ("B", None),
        ("A", Unplaced.REFUSED),
        ("D", Unplaced.REFUSED),
        ("C", Unplaced.LOW_COVERAGE),
        ("E", Unplaced.NOT_APPLICABLE),
    ]
    assert [row.position for row in rows] == [1, 2, 3, 4, 5]


def test_an_average_below_the_minimum_coverage_is_shown_but_not_placed() -> None:
    (row,) = rows_in(OVERALL, round_of({"A": "9 8 7 unrated"}))
    assert (row.tenths, row.rated, row.applicable) == (80, 3, 4)
    assert (row.place, row.unplaced) == (None, Unplaced.LOW_COVERAGE)


def test_a_theme_needs_less_coverage_than_the_overall() -> None:
    content = round_of({"A": "9 unrated"})
    assert places_in(OVERALL, content) == {"A": None}
    assert places_in(SAFETY_SCOPE, content) == {"A": 1}


def test_a_zero_is_placed_not_read_as_missing() -> None:
    (row,) = rows_in(OVERALL, round_of({"A": "0 0"}))
    assert (row.tenths, row.exact, row.place, row.unplaced) == (0, Fraction(0), 1, None)


def test_a_demand_without_any_row_is_not_rated() -> None:
    rows = rows_in(demand_scope(2), round_of({"A": "8 7", "B": "8 .."}))
    assert [(row.cvegeo, row.tenths, row.unplaced) for row in rows] == [
        ("A", 70, None),
        ("B", None, Unplaced.NOT_RATED),
    ]


def test_an_old_answer_is_never_carried_on_into_the_next_round() -> None:
    before = round_of({"A": "8 7"})
    (row,) = rows_in(demand_scope(2), round_of({"A": "8 .."}, number=2), before)
    assert (row.tenths, row.place, row.unplaced) == (None, None, Unplaced.NOT_RATED)


def test_new_weights_change_the_average_and_the_place() -> None:
    lines = {"A": "10 0", "B": "4 5"}
    assert places_in(OVERALL, round_of(lines)) == {"A": 1, "B": 2}
    assert places_in(OVERALL, round_of(lines, weights=(1, 3))) == {"A": 2, "B": 1}


def test_the_first_round_has_no_change_and_no_error() -> None:
    (row,) = rows_in(OVERALL, round_of({"A": "8 7"}), previous=None)
    assert (row.change_tenths, row.change_common, row.change_common_weight) == (None, None, None)
    assert row.previous_place is None


@pytest.mark.parametrize(
    "previous",
    [
        pytest.param(round_of({}), id="nobody-in-it"),
        pytest.param(round_of({"B": "9 9"}), id="without-this-municipality"),
        pytest.param(round_of({"A": "unrated pending"}), id="with-nothing-rated"),
        pytest.param(round_of({"A": "9 9"}, took_office={"A": date(2019, 1, 1)}), id="under-another-mayor"),
    ],
)
def test_nothing_to_compare_with_is_no_change_not_a_change_of_zero(previous: RoundContent) -> None:
    (row,) = rows_in(OVERALL, round_of({"A": "8 7"}, number=2), previous)
    assert (row.change_tenths, row.previous_place) == (None, None)


def test_a_previous_round_without_this_scope_has_no_place_in_it() -> None:
    before = round_of({"A": "8 7"}, method=replace(METHOD, overall=False))
    (row,) = rows_in(OVERALL, round_of({"A": "9 7"}, number=2), before)
    assert (row.change_tenths, row.previous_place) == (5, None)


def test_a_change_is_stated_on_the_common_demands_with_the_place_before() -> None:
    before = round_of({"A": "6 9 unrated", "B": "7 7 7"}, weights=(1, 2, 1))
    now = round_of({"A": "7 9 10", "B": "7 7 7"}, number=2, weights=(1, 2, 1))
    rows = {row.cvegeo: row for row in rows_in(SAFETY_SCOPE, now, before)}
    moved = rows["A"]
    assert (moved.change_tenths, moved.change_common, moved.change_common_weight) == (3, 2, 3)
    assert (moved.previous_place, moved.place) == (1, 1)
    assert rows["B"].change_tenths == 0


def test_a_change_of_mayor_has_no_change_and_no_previous_place() -> None:
    before = round_of({"A": "8 7", "B": "5 5"})
    now = round_of({"A": "9 9", "B": "6 6"}, number=2, took_office={"A": date(2021, 1, 15)})
    rows = {row.cvegeo: row for row in rows_in(OVERALL, now, before)}
    assert (rows["A"].change_tenths, rows["A"].previous_place) == (None, None)
    assert (rows["B"].change_tenths, rows["B"].previous_place) == (10, 2)


def test_changes_are_ranked_by_the_largest_rise_and_share_places() -> None:
    before = round_of({"A": "5", "B": "5", "C": "5", "D": "5"})
    now = round_of({"A": "4", "B": "6", "C": "6", "D": "unrated"}, number=2)
    ranked = rank_by_change(rows_in(OVERALL, now, before), {name: name for name in "ABCD"}, Fraction(4, 5))
    assert [(row.key, row.place and row.place.number, row.tenths) for row in ranked.placed] == [
        ("B", 1, 10),
        ("C", 1, 10),
        ("A", 3, -10),
    ]
    assert [(row.key, row.unplaced) for row in ranked.unplaced] == [("D", Unplaced.NO_COMPARISON)]


def test_a_change_is_placed_only_at_minimum_coverage() -> None:
    before = round_of({"A": "5 5 5 5", "B": "5 unrated 5 5"})
    now = round_of({"A": "6 6 6 6", "B": "9 9 9 9"}, number=2)
    rows = rows_in(SAFETY_SCOPE, now, before)
    by_minimum = {
        minimum: [row.key for row in rank_by_change(rows, {"A": "a", "B": "b"}, Fraction(minimum)).placed]
        for minimum in ("3/4", "4/5")
    }
    assert by_minimum == {"3/4": ["B", "A"], "4/5": ["A"]}


@deterministic
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_sealed_changes_no_standing(drawn: Drawn, chance: Random) -> None:
    content = drawn.content()
    entries, scores = list(content.entries), list(content.scores)
    chance.shuffle(entries)
    chance.shuffle(scores)
    shuffled = replace(content, entries=tuple(entries), scores=tuple(scores))
    assert standings(shuffled, None) == standings(content, None)


@deterministic
@given(rounds())
def test_every_municipality_stands_once_in_every_scope_at_positions_without_holes(drawn: Drawn) -> None:
    content = drawn.content()
    for scope in content.scopes():
        rows = rows_in(scope, content)
        assert sorted(row.cvegeo for row in rows) == sorted(entry.cvegeo for entry in content.entries)
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))


@deterministic
@given(rounds())
def test_the_rows_stand_as_they_were_ranked(drawn: Drawn) -> None:
    content = drawn.content()
    for scope in content.scopes():
        ranked = ranked_rows(content, scope)
        everybody = (*ranked.placed, *ranked.refused, *ranked.unplaced)
        assert [(row.cvegeo, row.tenths, row.place, row.unplaced) for row in rows_in(scope, content)] == [
            (row.key, row.tenths, row.place.number if row.place else None, row.unplaced) for row in everybody
        ]


@deterministic
@given(pairs_of_rounds)
def test_only_the_same_mayor_is_compared_over_what_both_rounds_rate(drawn: tuple[Drawn, Drawn]) -> None:
    before, now = drawn[0].content(1), drawn[1].content(2)
    mayors = {entry.cvegeo: entry.mandate_starts_on for entry in before.entries}
    took_office = {entry.cvegeo: entry.mandate_starts_on for entry in now.entries}
    for row in standings(now, before):
        same = mayors.get(row.cvegeo) == took_office[row.cvegeo]
        assert same or (row.change_tenths, row.previous_place) == (None, None)
        assert row.change_common is None or 0 < row.change_common <= row.applicable


@deterministic
@given(rounds())
def test_what_is_shown_is_the_exact_value_rounded_once(drawn: Drawn) -> None:
    for row in standings(drawn.content(), None):
        assert row.tenths == (None if row.exact is None else round_to_tenths(row.exact))
        assert (row.place is None) == (row.unplaced is not None)


@deterministic
@given(rounds_with_a_score, st.integers(min_value=0, max_value=24), st.integers(min_value=0, max_value=100))
def test_raising_a_score_never_lowers_its_owners_place(drawn: Drawn, choice: int, rise: int) -> None:
    row, column, score = drawn.scored()[choice % len(drawn.scored())]
    raised = drawn.with_rating(row, column, Score(min(score.tenths + rise, 100)))
    for scope in drawn.content().scopes():
        before = places_in(scope, drawn.content())[NAMES[row]]
        after = places_in(scope, raised.content())[NAMES[row]]
        assert (before is None) == (after is None)
        assert before is None or after is None or after <= before
