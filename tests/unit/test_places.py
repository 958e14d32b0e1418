"""The list of municipalities: initials that lead through it, and the mayors beside each name."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.places import Initial, MunicipalityFront, initial_of, initials_of
from tests.unit.examples import edition_of, round_of

CONTENT = round_of({"Alba": "5"})
EDITION = edition_of(CONTENT)
(PLACE,), (MANDATE,), (ENTRY,) = EDITION.municipalities, EDITION.mandates, CONTENT.entries


@pytest.mark.parametrize(
    ("sort_key", "letter"),
    [("alba", "A"), ("nogal", "N"), ("n~andari", "Ñ"), ("5 de mayo", "0-9"), ("", "0-9")],
)
def test_a_name_stands_under_its_first_letter(sort_key: str, letter: str) -> None:
    assert initial_of(sort_key) == letter


@pytest.mark.parametrize(
    ("counts", "initials"),
    [
        pytest.param([], "", id="empty"),
        pytest.param([("al", 3), ("am", 2), ("b", 1)], "A1 B1", id="one-page"),
        pytest.param([("al", 10), ("b", 1)], "A1 B2", id="the-next-page"),
        pytest.param([("al", 9), ("b", 2), ("c", 1)], "A1 B1 C2", id="begins-at-the-end-of-a-page"),
        pytest.param([("al", 35), ("no", 1), ("n~", 1), ("o", 4), ("z", 1)], "A1 N4 Ñ4 O4 Z5", id="ñ-after-n"),
    ],
)
def test_an_initial_leads_to_the_page_on_which_it_begins(counts: list[tuple[str, int]], initials: str) -> None:
    found = initials_of(counts, rows_of_a_page=10)
    assert " ".join(f"{initial.letter}{initial.page}" for initial in found) == initials
    assert all(isinstance(initial, Initial) for initial in found)


def test_a_mayor_stands_once_where_the_edition_and_the_round_name_her() -> None:
    assert [row.mayor for row in MunicipalityFront(PLACE, (MANDATE,), ENTRY).mayors] == [ENTRY.mayor]


def test_a_successor_whom_only_the_round_knows_stands_first() -> None:
    later = replace(ENTRY, mayor="Sucesora", mandate_starts_on=date(2022, 1, 1))
    row = MunicipalityFront(PLACE, (MANDATE,), later)
    assert [(held.mayor, held.starts_on) for held in row.mayors] == [
        ("Sucesora", date(2022, 1, 1)),
        (MANDATE.mayor, MANDATE.starts_on),
    ]


def test_before_any_round_the_edition_names_the_mayor() -> None:
    assert MunicipalityFront(PLACE, (MANDATE,), None).mayors == (MANDATE,)
