"""The one table that survives of the real programme: its 36 cells and nine averages, as printed and as sealed."""

import csv

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.language import sort_key
from tests.databases import ROOT
from tests.integration.folders import REAL

PRINTED = ROOT / "tests" / "data" / "table2_security_actions_2013-04_05.csv"
AS_OTHERS_CALL_IT = {"escobedo": "general escobedo"}
PLACES = {
    "San Pedro Garza García": (1, 85, False),
    "Juárez": (2, 78, False),
    "García": (3, 75, False),
    "Monterrey": (4, 68, False),
    "General Escobedo": (5, 65, True),
    "Santa Catarina": (5, 65, True),
    "Apodaca": (7, 63, False),
    "Guadalupe": (8, 45, False),
    "San Nicolás de los Garza": (9, 43, False),
}
"""SCORING §3: place, average in tenths as shown, whether the place is shared."""


def of(file: str) -> list[dict[str, str]]:
    with (REAL / file).open(newline="") as rows:
        return list(csv.DictReader(rows))


def printed() -> dict[tuple[str, str], str]:
    """What the source printed, by municipality (sort key) and demand; an average under the demand ``""``."""
    with PRINTED.open(newline="") as rows:
        found = {(sort_key(row["municipality"]), row["action_number"]): row["score"] for row in csv.DictReader(rows)}
    return {(AS_OTHERS_CALL_IT.get(name, name), demand): score for (name, demand), score in found.items()}


OF_ROUND_3 = (
    " JOIN publications p ON p.id = s.publication_id JOIN sealed_entries e USING (publication_id, cvegeo)"
    " WHERE p.edition_slug = 'nuevo-leon-2012-2015' AND p.round_number = 3"
)


def test_the_table_has_nine_municipalities_with_four_cells_and_an_average() -> None:
    assert len(printed()) == 9 * 5
    assert len([key for key in printed() if key[1]]) == 36


def test_the_seed_holds_every_cell_as_it_was_printed() -> None:
    names = {row["cvegeo"]: sort_key(row["name"]) for row in of("municipalities.csv")}
    scores = {(names[row["cvegeo"]], row["demand"]): row["value"] for row in of("scores.csv") if row["value"]}
    averages = {(names[row["cvegeo"]], ""): row["printed"] for row in of("figures.csv")}
    assert scores | averages == printed()
    assert {row["round"] for row in (*of("scores.csv"), *of("figures.csv"))} == {"3"}


def test_what_the_source_does_not_print_is_no_score() -> None:
    rest = [row for row in of("scores.csv") if not row["value"]]
    assert len(rest) == 9 * 6
    assert {row["absence"] for row in rest} == {"unpublished"}


def test_every_cell_is_sealed_as_it_was_printed(seeded: Session) -> None:
    query = f"SELECT e.sort_key, s.demand, s.value_tenths FROM sealed_scores s {OF_ROUND_3} AND s.absence IS NULL"  # noqa: S608
    found = {(name, str(demand)): tenths for name, demand, tenths in seeded.execute(text(query))}
    assert found == {key: int(score) * 10 for key, score in printed().items() if key[1]}


def test_every_average_is_sealed_as_it_was_printed_beside_ours(seeded: Session) -> None:
    query = f"SELECT e.sort_key, s.scope, s.printed FROM sealed_figures s {OF_ROUND_3}"  # noqa: S608
    found = {(name, scope): figure for name, scope, figure in seeded.execute(text(query))}
    assert found == {(name, "theme:seguridad"): score for (name, demand), score in printed().items() if not demand}


def test_the_places_are_those_worked_out_by_hand(seeded: Session) -> None:
    query = (
        f"SELECT e.name, s.place, s.tenths, s.shared FROM sealed_standings s {OF_ROUND_3}"  # noqa: S608
        " AND s.scope = 'theme:seguridad' ORDER BY s.position"
    )
    found = {name: (place, tenths, bool(shared)) for name, place, tenths, shared in seeded.execute(text(query))}
    assert found == PLACES
    assert list(found) == list(PLACES)


def test_no_overall_figure_is_sealed_where_the_method_has_none(seeded: Session) -> None:
    query = f"SELECT count(*) FROM sealed_standings s {OF_ROUND_3} AND s.scope = 'overall'"  # noqa: S608
    assert seeded.scalar(text(query)) == 0
