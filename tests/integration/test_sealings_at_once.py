"""Two sealings at once leave one chain without a fork, on both databases (DESIGN §8)."""

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from app.domain.publications import NO_PREVIOUS
from app.models.engines import make_engine
from app.services.publications import SealedPublication
from tests.integration.sealing import REASON, chain, seal, verdict

SECONDS = 20


def writing(engine: Engine) -> Session:
    return Session(engine.execution_options(write=True), expire_on_commit=False)


def seal_and_commit(engine: Engine, round_number: int, ready: threading.Event | threading.Barrier) -> SealedPublication:
    """Seal a correction on a connection of its own, once the others are ready."""
    with writing(engine) as session:
        if isinstance(ready, threading.Barrier):
            ready.wait(SECONDS)
        else:
            ready.set()
        sealed = seal(session, round_number, reason=REASON)
        session.commit()
        return sealed


def assert_one_chain(engine: Engine, length: int) -> None:
    with Session(engine) as session:
        links = chain(session)
        assert [row.sequence for row in links] == list(range(1, length + 1))
        assert [row.previous_sha256 for row in links] == [NO_PREVIOUS, *(row.sha256 for row in links[:-1])]
        assert verdict(session).is_sound


def wait_until_blocked(engine: Engine, other: Future[SealedPublication]) -> None:
    """Ask PostgreSQL until the other connection waits for a lock. SQLite lets nobody begin: there is nothing to see."""
    if engine.dialect.name == "sqlite":
        return
    query = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    deadline = time.monotonic() + SECONDS
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(query):
            assert not other.done(), "the second sealing did not wait for the first"
            assert time.monotonic() < deadline, "the second sealing never came"


def test_a_sealing_waits_for_the_one_before_and_follows_it(valley_url: str) -> None:
    engine = make_engine(valley_url)
    begun = threading.Event()
    with ThreadPoolExecutor(1) as other, writing(engine) as session:
        first = seal(session, 1, reason=REASON)
        second = other.submit(seal_and_commit, engine, 2, begun)
        assert begun.wait(SECONDS)
        wait_until_blocked(engine, second)
        session.commit()
        assert (first.sequence, second.result(SECONDS).sequence) == (5, 6)
    assert_one_chain(engine, 6)
    engine.dispose()


def test_a_sealing_that_waited_for_one_rolled_back_takes_its_place(valley_url: str) -> None:
    engine = make_engine(valley_url)
    begun = threading.Event()
    with ThreadPoolExecutor(1) as other, writing(engine) as session:
        seal(session, 1, reason=REASON)
        second = other.submit(seal_and_commit, engine, 2, begun)
        assert begun.wait(SECONDS)
        wait_until_blocked(engine, second)
        session.rollback()
        assert second.result(SECONDS).sequence == 5
    assert_one_chain(engine, 5)
    engine.dispose()


@pytest.mark.parametrize("rounds", [(1, 1), (1, 2), (1, 2, 1, 2)], ids=["one-round", "two-rounds", "four-at-once"])
def test_sealings_that_start_together_stand_one_after_the_other(rounds: tuple[int, ...], valley_url: str) -> None:
    engine = make_engine(valley_url)
    together = threading.Barrier(len(rounds))
    with ThreadPoolExecutor(len(rounds)) as threads:
        sealed = [threads.submit(seal_and_commit, engine, number, together) for number in rounds]
        sequences = sorted(each.result(SECONDS).sequence for each in sealed)
    assert sequences == list(range(5, 5 + len(rounds)))
    assert_one_chain(engine, 4 + len(rounds))
    engine.dispose()
