"""Publishing in a process of its own that dies by SIGKILL, and what the database holds then.

``python -m tests.kills URL`` publishes round 3 of a prepared valley again and again, killed before its first statement
that writes, before its second, and so on, before the commit and right after it; it prints the state after each death.
"""

import hashlib
import itertools
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import event, select, text
from sqlalchemy.orm import Session

from app.domain.gates import GateKey
from app.domain.verification import verify
from app.models.accounts import Account
from app.models.base import Base
from app.models.engines import make_engine
from app.queries.gates import find_gate
from app.queries.publications import list_stored
from app.services import gates
from tests.gated import NOW, ROUND, SLUG
from tests.staff import actor_of

MOST_POINTS = 2000
KEY = GateKey(SLUG, ROUND)
WRITES = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Signed:
    """Who publishes, and the digest that two people signed."""

    account_id: int
    digest: str


def signed(url: str) -> Signed:
    """What waits to be published."""
    engine = make_engine(url)
    with Session(engine) as session:
        olga = session.scalars(select(Account.id).where(Account.email == "olga@ejemplo.mx")).one()
        gate = find_gate(session, KEY, NOW)
    engine.dispose()
    if gate is None:
        raise LookupError(SLUG)
    return Signed(olga, gate.digest)


def publish(url: str, what: Signed, moment: Callable[[], None] = lambda: None) -> None:
    """Publish it and commit; ``moment`` is called before each statement that writes, before the commit and after."""

    def _moment(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            moment()

    engine = make_engine(url)
    event.listen(engine, "before_cursor_execute", _moment)
    event.listen(engine, "commit", lambda _connection: moment())
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        who, now = actor_of(session, what.account_id), datetime.now(UTC)
        gates.publish(session, who, key=KEY, digest=what.digest, now_utc=now)
        session.commit()
    moment()
    engine.dispose()


def child(act: Callable[[], None]) -> int:
    """The number of a forked process that does that and nothing else."""
    number = os.fork()
    if number:
        return number
    try:
        act()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - a forked process must never return into its parent's code
        traceback.print_exc()
        os._exit(1)


def killed_at(url: str, what: Signed, point: int) -> bool:
    """Publish, killed at that point; false where it ended before it came there."""
    passed = itertools.count(1)

    def _moment() -> None:
        if next(passed) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    _, status = os.waitpid(child(lambda: publish(url, what, _moment)), 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("publishing failed by itself")
    return os.WIFSIGNALED(status)


def contents(url: str) -> str:
    """A checksum over every row of every table."""
    found = hashlib.sha256()
    engine = make_engine(url)
    with engine.connect() as connection:
        for table in sorted(Base.metadata.tables):
            rows = sorted(repr(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"')))  # noqa: S608
            found.update(f"{table}\n{rows}\n".encode())
    engine.dispose()
    return found.hexdigest()


def state(url: str, before: str) -> str:
    """``before`` where not one row differs, ``after`` where all is published and verifies, else what is wrong."""
    if contents(url) == before:
        return "before"
    engine = make_engine(url)
    with Session(engine) as session:
        verdict = verify(SLUG, list_stored(session, SLUG))
        gate = find_gate(session, KEY, NOW)
        published = session.scalar(text("SELECT count(*) FROM publications WHERE round_number = 3"))
        noted = session.scalar(text("SELECT count(*) FROM audit_events WHERE action = 'publication.published'"))
    engine.dispose()
    stage = gate.stage.value if gate else ""
    whole = verdict.is_sound and (stage, published, noted) == ("published", 1, 1)
    return "after" if whole else f"broken: {stage} {published} {noted} {verdict.findings}"


def main(url: str) -> None:
    """Kill at every point, until the publication stands."""
    before, what = contents(url), signed(url)
    for point in range(1, MOST_POINTS):
        killed = killed_at(url, what, point)
        found = state(url, before)
        print(point, "killed" if killed else "ended", found, flush=True)  # noqa: T201
        if found != "before":
            break


if __name__ == "__main__":
    main(sys.argv[1])
