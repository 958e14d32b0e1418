"""Long lists of the staff: in which order, and which page of them."""

import pytest

from app.domain.seed_tables import BY_NAME
from app.domain.seeds import Seed, SeedRow
from app.queries.edits import list_rule_rows
from app.queries.parts import ROWS_OF_A_PAGE, page_of
from app.queries.withdrawals import SealedRecord, TextsPage
from tests.unit.examples import EDITION


def seed(**tables: list[dict[str, str]]) -> Seed:
    return Seed(
        {
            name: tuple(SeedRow({column: row.get(column, "") for column in BY_NAME[name].names}) for row in rows)
            for name, rows in tables.items()
        }
    )


NAMES = {"99001": "Ojo de Cierva", "99002": "Ámbar", "99003": "Ñandarí", "99004": "Nogalinda"}
PLACES = [{"cvegeo": code, "name": name} for code, name in NAMES.items()]


def test_municipalities_are_listed_as_spanish_orders_names() -> None:
    rows = list_rule_rows(seed(municipalities=PLACES), "municipalities")
    assert [row["name"] for row in rows] == ["Ámbar", "Nogalinda", "Ñandarí", "Ojo de Cierva"]


def test_mandates_are_listed_by_municipality_and_then_by_day() -> None:
    days = [("99001", "2024-10-01"), ("99003", "2026-01-01"), ("99003", "2024-10-01")]
    mandates = [{"cvegeo": code, "starts_on": day} for code, day in days]
    rows = list_rule_rows(seed(municipalities=PLACES, mandates=mandates), "mandates")
    assert [(row["cvegeo"], row["starts_on"]) for row in rows] == [days[2], days[1], days[0]]


def test_what_was_written_in_an_order_keeps_it() -> None:
    rows = list_rule_rows(seed(themes=[{"key": "z"}, {"key": "a"}]), "themes")
    assert [row["key"] for row in rows] == ["z", "a"]


@pytest.mark.parametrize(
    ("rows", "page", "expected"),
    [
        (0, 1, (0, 0)),
        (0, 2, None),
        (ROWS_OF_A_PAGE, 1, (0, 60)),
        (ROWS_OF_A_PAGE, 2, None),
        (ROWS_OF_A_PAGE + 1, 2, (60, 61)),
        (3 * ROWS_OF_A_PAGE, 0, None),
        (3 * ROWS_OF_A_PAGE, 3, (120, 180)),
    ],
)
def test_a_page_holds_its_own_rows_and_there_is_none_past_the_end(
    rows: int, page: int, expected: tuple[int, int] | None
) -> None:
    found = page_of(list(range(rows)), page)
    assert (found and list(found[1])) == (None if expected is None else list(range(*expected)))


def test_published_texts_are_counted_by_municipality() -> None:
    records = (
        SealedRecord("correction/reason", "", "", None, (("reason", "Un error."),)),
        SealedRecord("score/99002/1/1", "99002", "Ámbar", 1, (("reason", "Uno."),)),
        SealedRecord("score/99002/2/1", "99002", "Ámbar", 2, (("reason", "Dos."),)),
        SealedRecord("score/99003/1/1", "99003", "Ñandarí", 1, (("reason", "Tres."),)),
    )
    page = TextsPage(EDITION, 1, records, ())
    assert page.places == (("", "", 1), ("99002", "Ámbar", 2), ("99003", "Ñandarí", 1))
    assert page.of_place("99002") == records[1:3]
