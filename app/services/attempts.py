"""Counting attempts in rows that all workers share, and that a restart keeps."""

import math
from datetime import datetime

from sqlalchemy import case, delete, update
from sqlalchemy.orm import Session

from app.domain.attempts import LIMITS, AttemptKind, TooManyAttempts
from app.models.sessions import Attempt
from app.services.keys import fingerprint
from app.services.upserts import insert_into


def count_attempt(session: Session, kind: AttemptKind, who: str, now_utc: datetime) -> None:
    """Count one attempt, before it is known how it ends; raise TooManyAttempts where it is one too many.

    The count and the question are one statement, so that attempts at the same moment cannot pass together. The door
    commits at once; ``forgive_attempt`` takes the count back after a success.
    """
    limit = LIMITS[kind]
    is_over = Attempt.began_at_utc <= now_utc - limit.window
    counted = session.execute(
        insert_into(session, Attempt)
        .values(key_sha256=_key(kind, who), began_at_utc=now_utc, count=1)
        .on_conflict_do_update(
            index_elements=["key_sha256"],
            set_={
                "count": case((is_over, 1), else_=Attempt.count + 1),
                "began_at_utc": case((is_over, now_utc), else_=Attempt.began_at_utc),
            },
        )
        .returning(Attempt.count, Attempt.began_at_utc)
    ).one()
    count, began_at_utc = counted
    if count > limit.most:
        raise TooManyAttempts(seconds=math.ceil((began_at_utc + limit.window - now_utc).total_seconds()))


def forgive_attempt(session: Session, kind: AttemptKind, who: str) -> None:
    """Take back the count of an attempt that succeeded. Failures before it stay counted."""
    session.execute(
        update(Attempt)
        .where(Attempt.key_sha256 == _key(kind, who), Attempt.count > 0)
        .values(count=Attempt.count - 1)
        .execution_options(synchronize_session=False)
    )


def forget_old_attempts(session: Session, now_utc: datetime) -> None:
    """Drop the rows whose window is over: nothing about anybody's attempts is kept longer than it counts."""
    longest = max(limit.window for limit in LIMITS.values())
    session.execute(delete(Attempt).where(Attempt.began_at_utc <= now_utc - longest))


def _key(kind: AttemptKind, who: str) -> str:
    return fingerprint(kind.value, who)
