"""Attempts are counted exactly, over all workers and on both databases."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from app.domain.attempts import LIMITS, AttemptKind, TooManyAttempts
from app.models.sessions import Attempt
from app.services.attempts import count_attempt, forget_old_attempts, forgive_attempt

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
MOST = LIMITS[AttemptKind.ADDRESS].most


def tries(session: Session, number: int, who: str = "192.0.2.1", now: datetime = NOW) -> int:
    """Try so often; how many were let through."""
    through = 0
    for _ in range(number):
        try:
            count_attempt(session, AttemptKind.ADDRESS, who, now)
        except TooManyAttempts:
            continue
        through += 1
    return through


def test_ten_are_let_through_and_no_eleventh(session: Session) -> None:
    assert tries(session, MOST + 5) == MOST == 10


def test_each_is_counted_by_itself(session: Session) -> None:
    tries(session, MOST)
    assert tries(session, 1, "192.0.2.2") == 1
    count_attempt(session, AttemptKind.ACCOUNT, "192.0.2.1", NOW)


def test_the_refusal_says_how_long_to_wait(session: Session) -> None:
    tries(session, MOST)
    with pytest.raises(TooManyAttempts) as refused:
        count_attempt(session, AttemptKind.ADDRESS, "192.0.2.1", NOW + timedelta(minutes=5))
    assert refused.value.facts == {"seconds": 600}


def test_the_window_begins_with_the_first_and_is_not_pushed_on_by_later_ones(session: Session) -> None:
    tries(session, MOST)
    tries(session, 3, now=NOW + timedelta(minutes=14))
    assert tries(session, 1, now=NOW + timedelta(minutes=15)) == 1


def test_a_success_takes_back_its_own_count_and_no_other(session: Session) -> None:
    tries(session, MOST)
    forgive_attempt(session, AttemptKind.ADDRESS, "192.0.2.1")
    assert tries(session, 3) == 1


def test_no_address_and_no_e_mail_is_kept_and_nothing_for_longer_than_it_counts(session: Session) -> None:
    tries(session, 2, "ana@ejemplo.mx")
    assert session.scalars(select(Attempt.key_sha256)).one().isalnum()
    forget_old_attempts(session, NOW + timedelta(hours=1))
    assert session.scalars(select(func.count(Attempt.key_sha256))).one() == 0


def test_attempts_at_the_same_moment_do_not_pass_together(engine: Engine) -> None:
    through: list[int] = []

    def attempt() -> None:
        with Session(engine.execution_options(write=True)) as session:
            through.append(tries(session, 1))
            session.commit()

    threads = [threading.Thread(target=attempt) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(through) == MOST
