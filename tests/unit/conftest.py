"""A unit test touches no database and no network: who tries is told so."""

import socket
import sqlite3
from typing import NoReturn

import psycopg
import pytest
import sqlalchemy

FORBIDDEN = (
    (psycopg, "connect"),
    (psycopg.Connection, "connect"),
    (socket.socket, "bind"),
    (socket.socket, "connect"),
    (sqlalchemy, "create_engine"),
    (sqlite3, "connect"),
    (sqlite3.dbapi2, "connect"),
)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in FORBIDDEN:
        monkeypatch.setattr(owner, name, _refuse)


def _refuse(*_: object, **__: object) -> NoReturn:
    raise AssertionError("a unit test touches no database and no network: this one belongs in tests/integration/")
