"""Rankings in an order asked for, and comparisons: the same rows on both databases."""

import pytest
from sqlalchemy.orm import Session

from app.domain.comparisons import Comparison, Likeness, Picker, PickProblem
from app.domain.editions import demand_scope, theme_scope
from app.domain.orders import BY_NAME, BY_PLACE, Column, Order
from app.domain.rankings import Matrix, Ranking
from app.queries.comparisons import find_comparison
from app.queries.rankings import find_matrix, find_ranking

EXAMPLE = "ejemplo-2024-2027"
REAL = "nuevo-leon-2012-2015"
ALPHABETICAL = [
    "Ámbar de la Sierra",
    "Brumares",
    "Cuesta del Añil",
    "Nogalinda",
    "Ñandarí",
    "Ojo de Cierva",
    "Peñasola",
    "San Jacinto de los Encinos",
    "Villa Toribia",
]


def matrix(session: Session, order: Order) -> Matrix:
    found = find_matrix(session, EXAMPLE, 12, order=order)
    assert found is not None
    return found


def ranking(session: Session, order: Order) -> Ranking:
    found = find_ranking(session, EXAMPLE, 12, theme_scope("seguridad"), order=order)
    assert found is not None
    return found


def test_by_name_stands_as_spanish_reads(seeded: Session) -> None:
    assert [row.entry.name for row in matrix(seeded, BY_NAME).rows] == ALPHABETICAL
    assert [row.entry.name for row in ranking(seeded, BY_NAME.other_way).reordered] == ALPHABETICAL[::-1]


def test_the_largest_rise_is_first_and_last_who_does_not_compete(seeded: Session) -> None:
    rows = matrix(seeded, Order(Column.CHANGE)).rows
    changes = [row.overall.change_tenths or 0 for row in rows[:7] if row.overall]
    assert changes == sorted(changes, reverse=True)
    withheld, too_little_in_common = "Peñasola", "Ojo de Cierva"
    assert [row.entry.name for row in rows[7:]] == [too_little_in_common, withheld]


def test_by_a_demand_the_absent_are_last_either_way(seeded: Session) -> None:
    for backwards in (False, True):
        rows = ranking(seeded, Order(Column.DEMAND, "3", backwards)).reordered
        assert [row.entry.name for row in rows][-1] == "Ojo de Cierva"


def test_by_place_is_the_sealed_order(seeded: Session) -> None:
    assert find_ranking(seeded, EXAMPLE, 12, theme_scope("seguridad")) == ranking(seeded, BY_PLACE)


def test_a_demand_knows_its_place_before(seeded: Session) -> None:
    found = find_ranking(seeded, EXAMPLE, 12, demand_scope(3), order=Order(Column.PREVIOUS))
    assert found is not None
    before = [row.standing.previous_place for row in found.reordered if row.standing.previous_place]
    assert before == sorted(before)


def test_who_withheld_information_is_counted_over_all_demands(seeded: Session) -> None:
    found = [(row.entry.name, row.refused, row.applicable) for row in matrix(seeded, BY_NAME).refusals]
    assert found == [("Peñasola", 2, 10)]
    assert [row.entry.name for row in ranking(seeded, BY_NAME).refusals] == ["Peñasola"]


def test_a_comparison_holds_scores_reasons_and_rounds(seeded: Session) -> None:
    found = find_comparison(seeded, EXAMPLE, ["nandari", "penasola"])
    assert isinstance(found, Comparison)
    assert found.names == ("Ñandarí", "Peñasola")
    assert [row.spread for row in found.different] == sorted((row.spread or 0 for row in found.different), reverse=True)
    assert {row.demand.number for row in found.apart} == {1, 2}
    assert all(cell.reason and cell.reason.body for row in found.different for cell in row.cells)
    assert [row.first.round_number for row in found.rounds] == list(range(7, 13))
    assert found.rounds[-1].unplaced == (False, True)


def test_neighbours_in_the_ranking_are_suggested_before_like_populations(seeded: Session) -> None:
    found = find_comparison(seeded, EXAMPLE, ["brumares"])
    assert isinstance(found, Picker)
    assert found.pick.problem is PickProblem.FEW
    assert [row.entry.name for row in found.suggestions][:2] == ["San Jacinto de los Encinos", "Cuesta del Añil"]
    likeness = [row.likeness for row in found.suggestions]
    assert likeness == sorted(likeness)
    assert Likeness.POPULATION in likeness


@pytest.mark.parametrize("slugs", [["apodaca", "monterrey"], ["apodaca", "guadalupe", "juarez", "monterrey"]])
def test_without_an_overall_ranking_a_theme_is_compared(seeded: Session, slugs: list[str]) -> None:
    found = find_comparison(seeded, REAL, slugs)
    assert isinstance(found, Comparison)
    assert all(row.theme for row in found.averages)
    assert found.over is not None
    assert found.over.key == "seguridad"
