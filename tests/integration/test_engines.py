"""How the databases are opened."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from app.models import engines
from app.models.engines import make_engine
from tests.integration.statements import copy_row, run


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("recursive_triggers", 1)],
)
def test_sqlite_is_opened_durable_and_with_all_its_rules(pragma: str, value: object, valley_sqlite: Session) -> None:
    assert valley_sqlite.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_refused_commit_leaves_the_connection_fit_for_the_next_one(valley_url: str) -> None:
    engine = make_engine(valley_url)
    writing = engine.execution_options(write=True)
    with Session(writing) as session:
        run(session, copy_row("sealed_themes", publication_id=77))
        with pytest.raises(IntegrityError):
            session.commit()
    with Session(writing) as session:
        assert session.scalar(text("SELECT count(*) FROM sealed_themes WHERE publication_id = 77")) == 0
        run(session, copy_row("scores", revision=99))
        session.commit()
    engine.dispose()


def test_whoever_waits_too_long_for_a_lock_is_told_that_the_database_is_away(
    valley_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "BUSY_MILLISECONDS", 40)
    engine = make_engine(valley_url)
    writing = engine.execution_options(write=True)
    with Session(writing) as first, Session(writing) as second:
        run(first, "UPDATE rounds SET number = number")
        with pytest.raises(OperationalError):
            run(second, "UPDATE rounds SET number = number")
    engine.dispose()


def test_what_a_failed_statement_was_given_is_not_in_its_error(valley_url: str) -> None:
    engine = make_engine(valley_url)
    with Session(engine) as session, pytest.raises(DBAPIError) as caught:
        run(session, "INSERT INTO no_such_table VALUES (:word)", word="un borrador")
    engine.dispose()
    assert "borrador" not in str(caught.value)
