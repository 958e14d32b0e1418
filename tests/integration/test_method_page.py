"""The method's page: its rules beside the newest round's own numbers, in a fixed number of queries."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.models.engines import make_engine
from app.queries.methods import find_method


@pytest.fixture
def seeded(seeded_database_url: str) -> Iterator[Session]:
    engine = make_engine(seeded_database_url)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_the_example_is_the_newest_round(seeded: Session) -> None:
    page = find_method(seeded, "ejemplo-2024-2027")
    assert page
    assert page.example
    assert page.example.ranking.frame.period.number == 12
    assert page.example.rounded
    assert page.front.newest
    assert page.front.newest.period.number == 12


def test_an_edition_that_is_not_there_has_no_method(seeded: Session) -> None:
    assert find_method(seeded, "otra-2024-2027") is None


def test_twelve_rounds_cost_the_method_as_many_queries_as_one(seeded: Session) -> None:
    costs = {slug: _queries(seeded, slug) for slug in ("ejemplo-2024-2027", "nuevo-leon-2012-2015")}
    assert set(costs.values()) == {24}


def _queries(session: Session, slug: str) -> int:
    asked: list[str] = []

    def _note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine: Engine = session.get_bind()  # type: ignore[assignment]
    event.listen(engine, "before_cursor_execute", _note)
    find_method(session, slug)
    event.remove(engine, "before_cursor_execute", _note)
    return sum(statement.startswith("SELECT") for statement in asked)
