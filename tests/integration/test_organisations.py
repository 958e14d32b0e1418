"""Who stands behind an edition: what its page reads, from sealed rows alone and in a fixed number of queries."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from app.domain.backing import Backing
from app.queries.organisations import find_backing
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS
from tests.integration.sealing import SLUG, seal
from tests.integration.statements import run


def backing(session: Session, slug: str) -> Backing:
    found = find_backing(session, slug)
    assert found is not None
    return found


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that the session sends meanwhile."""
    sent: list[str] = []

    def listen(*arguments: object) -> None:
        sent.append(str(arguments[2]))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", listen)
    yield sent
    event.remove(connection, "before_cursor_execute", listen)


@pytest.mark.parametrize("folder", [REAL, DEMONSTRATION], ids=lambda folder: folder.name)
def test_the_page_asks_no_more_than_eleven_times_whatever_the_edition(folder: Path, seeded: Session) -> None:
    with counted(seeded) as sent:
        backing(seeded, SLUGS[folder])
    assert 0 < len(sent) <= 11


def test_organisations_stand_by_kind_and_by_name(seeded: Session) -> None:
    found = backing(seeded, SLUGS[DEMONSTRATION])
    assert [row.key for row in found.conveners] == ["alianza-vecinal"]
    assert [row.key for row in found.evaluators] == [
        "camara-de-comercio",
        "colegio-de-urbanistas",
        "laboratorio-de-cuentas",
        "observatorio",
        "red-arborea",
    ]
    assert [row.key for row in found.donors] == ["fundacion-neblina"]


def test_every_institution_that_rated_in_the_example_is_introduced_with_what_it_rated(seeded: Session) -> None:
    found = backing(seeded, SLUGS[DEMONSTRATION])
    assert found.unlisted == ()
    numbers = {name: [demand.number for demand in row.demands] for name, row in found.work_by_name.items()}
    assert numbers["Observatorio Ciudadano del Valle de las Brumas"] == [1, 2, 3, 4, 10]
    assert sorted(number for rated in numbers.values() for number in rated) == list(range(1, 11))


def test_an_absence_is_nobodys_work(seeded: Session) -> None:
    work = backing(seeded, SLUGS[REAL]).work
    assert [(len(row.demands), row.scores) for row in work] == [(4, 36)]


def test_a_name_on_the_scores_that_no_evaluator_bears_is_shown_as_it_stands(seeded: Session) -> None:
    found = backing(seeded, SLUGS[REAL])
    assert found.evaluators == ()
    assert [row.institution for row in found.unlisted] == ["Coalición «Alcalde, ¿cómo vamos?»"]


def test_the_conflicts_are_those_of_the_newest_round(seeded: Session) -> None:
    conflicts = backing(seeded, SLUGS[DEMONSTRATION]).conflicts
    assert [(row.entry.name, row.demand.number) for row in conflicts] == [("Brumares", 8)]
    assert conflicts[0].score.conflict.startswith("El colegio asesoró en 2023")
    assert backing(seeded, SLUGS[REAL]).conflicts == ()


def test_what_the_working_tables_say_since_is_not_shown_until_it_is_sealed(valley: Session) -> None:
    run(valley, "UPDATE organisations SET interest_es = 'Vende asfalto.' WHERE key = 'casa'")
    assert [row.interest_es for row in backing(valley, SLUG).conveners] == [""]
    seal(valley, 0)
    assert [row.interest_es for row in backing(valley, SLUG).conveners] == ["Vende asfalto."]


def test_an_edition_that_was_never_published_has_no_such_page(valley: Session) -> None:
    assert find_backing(valley, "otra-2020-2023") is None
