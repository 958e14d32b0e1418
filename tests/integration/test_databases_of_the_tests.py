"""The ground that the other tests stand on."""

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session


def _tables(place: Engine | Connection) -> set[str]:
    return set(sa.inspect(place).get_table_names())


def test_each_kind_is_what_it_says_and_is_migrated(kind: str, engine: Engine) -> None:
    assert engine.dialect.name == kind
    assert "alembic_version" in _tables(engine)


@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_sees_nothing_of_the_one_before(turn: int, session: Session) -> None:
    assert "left_behind" not in _tables(session.connection())
    session.execute(sa.text("CREATE TABLE left_behind (turn integer)"))
    session.execute(sa.text("INSERT INTO left_behind VALUES (:turn)"), {"turn": turn})
    session.commit()
    assert session.scalar(sa.text("SELECT turn FROM left_behind")) == turn


def test_a_bare_database_has_no_table(bare_database_url: str) -> None:
    engine = sa.create_engine(bare_database_url)
    try:
        assert not _tables(engine)
    finally:
        engine.dispose()
