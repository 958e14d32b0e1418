import socket
import sqlite3

import psycopg
import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st

from app.models.engines import make_engine

ALONE = "a unit test touches no database"


def test_no_engine_is_made() -> None:
    with pytest.raises(AssertionError, match=ALONE):
        sqlalchemy.create_engine("sqlite://")
    with pytest.raises(AssertionError, match=ALONE):
        make_engine("postgresql://test@/postgres")


def test_no_driver_connects() -> None:
    with pytest.raises(AssertionError, match=ALONE):
        sqlite3.connect(":memory:")
    with pytest.raises(AssertionError, match=ALONE):
        psycopg.connect("dbname=postgres")


def test_no_socket_connects_or_listens() -> None:
    with socket.socket() as plug:
        with pytest.raises(AssertionError, match=ALONE):
            plug.connect(("127.0.0.1", 8000))
        with pytest.raises(AssertionError, match=ALONE):
            plug.bind(("127.0.0.1", 0))


@given(st.integers())
def test_the_guard_lets_hypothesis_work(number: int) -> None:
    assert number == int(str(number))
