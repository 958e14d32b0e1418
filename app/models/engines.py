"""The engine for both databases, with the settings that durability and locking need."""

import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 10_000
"""How long a statement waits for what somebody else has locked; then the database counts as away."""
SECONDS_TO_CONNECT = 5


def make_engine(url: str) -> sa.Engine:
    """Make an engine. SQLite: WAL, synchronous FULL, foreign keys, recursive triggers, zeroed deletes, explicit BEGIN.

    A connection with the execution option ``write=True`` begins IMMEDIATE on SQLite, so that a transaction which reads
    before it writes waits for its turn and never fails with a stale snapshot. Both databases give up on a lock after
    the same time, and PostgreSQL on a server that does not answer: who waits holds one of the few threads of a worker.
    What a failed statement was given stays out of its error, which goes to the log: it may be a draft, or an address.
    """
    if sa.make_url(url).get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args=_bounds())
    engine = sa.create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "checkin", _end_sqlite)
    return engine


def _bounds() -> dict[str, Any]:
    return {
        "options": f"-c lock_timeout={BUSY_MILLISECONDS}",
        "connect_timeout": SECONDS_TO_CONNECT,
        "tcp_user_timeout": BUSY_MILLISECONDS,
    }


def empty_journal(engine: sa.Engine) -> bool:
    """Let SQLite's journal (WAL) hold nothing any more of what was overwritten; false where somebody is in the way.

    Nothing to do on other databases: PostgreSQL forgets with its own VACUUM and its own journal.
    """
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA busy_timeout=1000")
        (busy, _, _) = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.cursor().execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return not busy


def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        "journal_mode=WAL",
        "synchronous=FULL",
        "recursive_triggers=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _end_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own
    """A COMMIT that SQLite refuses leaves its transaction open, with the write lock; SQLAlchemy takes it for over."""
    if connection is not None and connection.in_transaction:
        connection.rollback()
