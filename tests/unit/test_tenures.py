"""The rounds of a municipality by the mayor who answered for them."""

from dataclasses import replace
from datetime import date

from app.domain.tenures import RoundThen, tenures
from tests.unit.examples import TOOK_OFFICE, round_of

LATER = date(2021, 3, 15)


def then(number: int, took_office: date = TOOK_OFFICE) -> RoundThen:
    content = round_of({"A": "7"}, number=number, took_office={"A": took_office})
    return RoundThen(content.period, 1, content.entries[0], ())


def test_rounds_stand_by_mayor_the_newest_first() -> None:
    found = tenures([then(1), then(2), then(3, LATER), then(4, LATER), then(5, LATER)])
    assert [[row.period.number for row in tenure.rounds] for tenure in found] == [[5, 4, 3], [2, 1]]
    assert [tenure.entry.mandate_starts_on for tenure in found] == [LATER, TOOK_OFFICE]
    assert [(tenure.first.period.number, tenure.last.period.number) for tenure in found] == [(3, 5), (1, 2)]


def test_a_mayor_is_named_as_the_last_round_names_her() -> None:
    before, after = then(1), then(2)
    (tenure,) = tenures([before, replace(after, entry=replace(after.entry, mayor="Ana, ahora en otro partido"))])
    assert tenure.entry.mayor == "Ana, ahora en otro partido"


def test_the_order_of_the_rows_given_does_not_matter() -> None:
    rows = [then(1), then(2), then(3, LATER)]
    assert tenures(reversed(rows)) == tenures(rows)


def test_a_missing_round_does_not_part_a_mayor_in_two() -> None:
    (tenure,) = tenures([then(1), then(3)])
    assert [row.period.number for row in tenure.rounds] == [3, 1]


def test_no_rounds_have_no_mayors() -> None:
    assert tenures([]) == ()
