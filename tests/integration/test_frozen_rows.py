"""What was recorded or sealed stays as it is, whoever writes and however: the triggers of app/models/guards.py."""
# ruff: noqa: S608 - raw SQL is what these tests are about

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, String, UniqueConstraint, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.models.base import Base
from app.models.engines import make_engine
from app.models.guards import APPEND_ONLY, BLANKABLE, ERASABLE, SEALED_TABLES
from tests import databases, staff
from tests.integration.markers import plant
from tests.integration.sealing import SLUG, clarify
from tests.integration.statements import copy_row, first_row, refusal, run
from tests.postgres import Server

SEALED = [*SEALED_TABLES, "sealed_texts"]
FROZEN = [*SEALED, *APPEND_ONLY, "texts"]
RECORDED = [table for table in FROZEN if table not in SEALED]


@pytest.fixture(scope="module")
def valley_sqlite_engine(valley_sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The valley with a row in every frozen table: the work of a round's people, too."""
    folder = tmp_path_factory.mktemp("frozen")
    yield from _at_work(databases.copy_of_sqlite(valley_sqlite_template, folder), folder)


@pytest.fixture(scope="module")
def valley_postgresql_engine(
    postgresql_server: Server, valley_postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    with databases.copy_of_postgresql(postgresql_server, valley_postgresql_template) as url:
        yield from _at_work(url, tmp_path_factory.mktemp("frozen"))


def _at_work(url: str, folder: Path) -> Iterator[Engine]:
    engine = make_engine(url)
    with Session(engine.execution_options(write=True)) as session:
        plant(session, staff.settle(session, SLUG), folder)
        clarify(session)
        session.commit()
    yield engine
    engine.dispose()


def columns(table: str) -> list[str]:
    return [column.name for column in Base.metadata.tables[table].columns]


def key(table: str) -> list[str]:
    return [column.name for column in Base.metadata.tables[table].primary_key]


def another_key(table: str) -> dict[str, str]:
    """A key that no row has, within the same publication; SQL by column."""
    found = {}
    for column in Base.metadata.tables[table].primary_key:
        if column.name != "publication_id" and column.type.python_type in {int, str}:
            found[column.name] = (
                f"s.{column.name} || 'x'" if isinstance(column.type, String) else f"s.{column.name} + 99"
            )
    return found


def taken_keys(table: str) -> list[tuple[str, ...]]:
    """The sets of columns by which a new row of a table can clash with an old one."""
    constraints = Base.metadata.tables[table].constraints
    unique = (constraint for constraint in constraints if isinstance(constraint, UniqueConstraint))
    return [tuple(key(table)), *(tuple(column.name for column in constraint.columns) for constraint in unique)]


def test_the_declared_keys_are_those_of_the_tables() -> None:
    assert {table: set(keys) for table, keys in APPEND_ONLY.items()} == {
        table: set(taken_keys(table)) for table in APPEND_ONLY
    }


@pytest.mark.parametrize("table", FROZEN)
def test_there_is_a_row_to_freeze(table: str, valley_sqlite: Session) -> None:
    assert valley_sqlite.scalar(text(f"SELECT count(*) FROM {table}"))


@pytest.mark.parametrize("table", FROZEN)
def test_no_row_is_updated(table: str, valley: Session) -> None:
    for column in columns(table):
        assert "frozen" in refusal(valley, f"UPDATE {table} SET {column} = {column}")


@pytest.mark.parametrize("table", FROZEN)
def test_no_row_is_deleted(table: str, valley: Session) -> None:
    assert f"{table} is frozen" in refusal(valley, f"DELETE FROM {table}")
    assert f"{table} is frozen" in refusal(valley, f"DELETE FROM {table} AS s WHERE {first_row(table)}")


@pytest.mark.parametrize("table", SEALED)
def test_a_sealed_publication_takes_no_further_row(table: str, valley: Session) -> None:
    assert f"{table} is frozen" in refusal(valley, copy_row(table, **another_key(table)))


@pytest.mark.parametrize("table", SEALED)
def test_rows_come_before_their_publication_even_within_one_transaction(table: str, valley: Session) -> None:
    assert run(valley, copy_row(table, publication_id=77)) == 1
    run(
        valley, copy_row("publications", id=77, sequence=77, number=77, round_number=1, kind="'correction'", sha256=NEW)
    )
    assert f"{table} is frozen" in refusal(valley, copy_row(table, publication_id=77))


NEW = "'" + "e" * 64 + "'"


def test_rows_without_their_publication_are_refused_at_the_commit(valley_url: str) -> None:
    engine = make_engine(valley_url)
    with Session(engine.execution_options(write=True)) as session:
        clarify(session)
        session.commit()
    for table in SEALED:
        with Session(engine.execution_options(write=True)) as session:
            run(session, copy_row(table, publication_id=77))
            with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
                session.commit()
    engine.dispose()


# --- clashing with a row that is there ---


@pytest.mark.parametrize("table", FROZEN)
def test_an_insert_does_not_turn_into_an_update(table: str, valley: Session) -> None:
    own_id = {"id": "s.id"} if "id" in columns(table) else {}
    for clashing in taken_keys(table):
        change = f" ON CONFLICT ({', '.join(clashing)}) DO UPDATE SET {columns(table)[-1]} = NULL"
        given = own_id if table not in APPEND_ONLY or "id" in clashing or not own_id else {"id": "s.id + 99"}
        whole = "body IS NOT NULL" if table in BLANKABLE else ""
        assert "frozen" in refusal(valley, copy_row(table, whole, **given) + change)


@pytest.fixture(params=["ON", "OFF"])
def replacing(request: pytest.FixtureRequest, valley_sqlite: Session) -> Iterator[Session]:
    """SQLite with recursive triggers on, as the site opens it, and off, as its own shell does."""
    run(valley_sqlite, f"PRAGMA recursive_triggers={request.param}")
    yield valley_sqlite
    run(valley_sqlite, "PRAGMA recursive_triggers=ON")


def frozen_state(session: Session, table: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in session.execute(text(f"SELECT * FROM {table} ORDER BY {', '.join(key(table))}"))]


@pytest.mark.parametrize("table", FROZEN)
def test_no_row_is_replaced(table: str, replacing: Session) -> None:
    before = frozen_state(replacing, table)
    own_id = {"id": "s.id"} if "id" in columns(table) else {}
    for statement in (
        copy_row(table, verb="INSERT OR REPLACE", **own_id),
        copy_row(table, verb="REPLACE", **own_id),
        f"UPDATE OR REPLACE {table} SET {columns(table)[-1]} = {columns(table)[-1]}",
    ):
        assert f"{table} is frozen" in refusal(replacing, statement)
    assert frozen_state(replacing, table) == before


@pytest.mark.parametrize("table", list(APPEND_ONLY))
def test_no_row_is_replaced_by_any_of_its_keys(table: str, replacing: Session) -> None:
    fresh: dict[str, object] = {
        "sha256": NEW,
        "sequence": 99,
        "number": 99,
        "revision": 99,
        "position": 99,
        "scope": "'demand:99'",
    }
    for clashing in taken_keys(table):
        others = {name: sql for name, sql in fresh.items() if name in columns(table) and name not in clashing}
        if "id" in columns(table):
            others["id"] = "s.id" if "id" in clashing else "9999"
        assert f"{table} is frozen" in refusal(replacing, copy_row(table, "", "INSERT OR REPLACE", **others))


@pytest.mark.parametrize("table", [*SEALED, "texts"])
def test_no_row_is_replaced_by_its_hidden_number(table: str, replacing: Session) -> None:
    elsewhere = {"publication_id": "77"} if table in SEALED else {"sha256": NEW}
    hidden = {} if table == "sealed_editions" else {"rowid": "s.rowid"}  # whose rowid is the publication_id itself
    elsewhere = elsewhere if hidden else {}
    statement = copy_row(table, verb="INSERT OR REPLACE", **elsewhere, **hidden)
    assert f"{table} is frozen" in refusal(replacing, statement)


@pytest.mark.parametrize("table", BLANKABLE)
def test_blanking_a_withdrawn_text_does_not_push_out_another(table: str, replacing: Session) -> None:
    run(
        replacing,
        f"INSERT INTO withdrawals SELECT 99, edition_slug, round_number, key, field, {KEPT}, cause_es,"
        " withdrawn_at_utc, account_id FROM withdrawals LIMIT 1",
    )
    blank = "body = NULL, salt = NULL"
    other = f"(SELECT min(rowid) FROM {table} WHERE sha256 <> {KEPT})"
    withdrawn = f"sha256 = {KEPT}"
    statement = f"UPDATE OR REPLACE {table} SET rowid = {other}, {blank} WHERE {withdrawn}"
    assert f"{table} is frozen" in refusal(replacing, statement)
    assert run(replacing, f"UPDATE {table} SET {blank} WHERE {withdrawn}")


KEPT = "(SELECT max(t.sha256) FROM texts t JOIN sealed_texts s ON s.sha256 = t.sha256 WHERE t.body IS NOT NULL)"


# --- the words of a row that went with a withdrawal ---


def test_the_erasable_columns_are_the_words_of_each_table_and_all_others_are_kept() -> None:
    assert {table: emptied for table, (_, _, emptied) in ERASABLE.items()} == WORDS_OF
    for table, (key_column, kept, emptied) in ERASABLE.items():
        assert [key_column] == key(table)
        assert sorted([key_column, *kept, *emptied]) == sorted(columns(table))


WORDS_OF = {
    "audit_events": ("before", "after"),
    "reviews": ("words",),
    "score_notes": ("body",),
    "replies": ("evidence_title", "evidence_url"),
}
"""What people wrote in their own words in rows that are only ever added to."""


@pytest.mark.parametrize("table", list(ERASABLE))
def test_only_a_row_that_an_erasure_names_is_emptied_and_nothing_else_of_it(table: str, valley: Session) -> None:
    key_column, kept, emptied = ERASABLE[table]
    row, other = valley.scalars(text(f"SELECT {key_column} FROM {table} ORDER BY {key_column} LIMIT 2"))
    blank = ", ".join(f"{column} = ''" for column in emptied)
    this = f"WHERE {key_column} = {row}"
    assert "frozen" in refusal(valley, f"UPDATE {table} SET {blank} {this}")
    run(
        valley,
        "INSERT INTO erasures (withdrawal_id, table_name, row_id, erased_at_utc)"
        f" SELECT min(id), '{table}', {row}, min(withdrawn_at_utc) FROM withdrawals",
    )
    for column in (key_column, *kept):
        change = f"{column} = {OTHER_VALUE.get(column, '99')}"
        assert "frozen" in refusal(valley, f"UPDATE {table} SET {change}, {blank} {this}")
    for column in emptied:
        assert "frozen" in refusal(valley, f"UPDATE {table} SET {column} = 'otra cosa' {this}")
    assert "frozen" in refusal(valley, f"UPDATE {table} SET {blank} WHERE {key_column} = {other}")
    assert "frozen" in refusal(valley, f"DELETE FROM {table} {this}")
    assert run(valley, f"UPDATE {table} SET {blank} {this}") == 1


OTHER_VALUE = {
    "at_utc": "CURRENT_TIMESTAMP",
    "reviewed_at_utc": "CURRENT_TIMESTAMP",
    "action": "'x'",
    "subject": "'x'",
    "kind": "'x'",
    "stance": "'x'",
    "requested_absence": "'x'",
    "reason_sha256": "'x'",
}


# --- emptying a whole table at once ---


@pytest.mark.parametrize("table", FROZEN)
def test_no_frozen_table_is_emptied_at_once(table: str, valley_postgresql: Session) -> None:
    with pytest.raises(DBAPIError), valley_postgresql.begin_nested():
        run(valley_postgresql, f"TRUNCATE {table}")
    assert "is frozen" in refusal(valley_postgresql, f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", ["accounts", "editions", "municipalities", "round_entries", "demands"])
def test_no_frozen_table_is_emptied_along_with_another(table: str, valley_postgresql: Session) -> None:
    assert "is frozen" in refusal(valley_postgresql, f"TRUNCATE {table} CASCADE")


def test_all_tables_at_once_are_not_emptied(valley_postgresql: Session) -> None:
    assert "is frozen" in refusal(valley_postgresql, f"TRUNCATE {', '.join(Base.metadata.tables)}")


def test_recorded_rows_are_only_ever_added(valley: Session) -> None:
    before = {table: frozen_state(valley, table) for table in RECORDED}
    added = copy_row("scores", revision=99)
    assert run(valley, added) == 1
    after = {table: frozen_state(valley, table) for table in RECORDED}
    assert [row for row in before["scores"] if row not in after["scores"]] == []
    assert len(after["scores"]) == len(before["scores"]) + 1
