"""Two people, or two machines, publishing one round at the same moment leave one publication."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, Engine, event, select
from sqlalchemy.orm import Session

from app.domain.editions import Gender
from app.domain.edits import NewMayor
from app.domain.gates import GateClosed, GateKey
from app.models.accounts import RoleGrant
from app.models.engines import make_engine
from app.models.mail import OutboxMail
from app.queries.schedules import list_due
from app.services import gates
from app.services.accounts import act_as_system
from app.services.mandates import change_mayor
from app.services.publications import SealedPublication
from tests.gated import NOW, ROUND, SLUG, gate, ready, sign
from tests.integration.commands import Commands
from tests.integration.sealing import chain, verdict
from tests.staff import actor_of

KEY = GateKey(SLUG, ROUND)
SECONDS = 60
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Waiting:
    """A signed round on a database of its own."""

    url: str
    engine: Engine
    ids: dict[str, int]
    digest: str

    def session(self) -> Session:
        return Session(self.engine.execution_options(write=True), expire_on_commit=False)


@pytest.fixture
def waiting(valley_url: str) -> Iterator[Waiting]:
    engine = make_engine(valley_url)
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        ids = ready(session)
        for name in ("olga", "oscar"):
            sign(session, ids[name])
        digest = gate(session).digest
        session.commit()
    yield Waiting(valley_url, engine, ids, digest)
    engine.dispose()


def publish(waiting: Waiting, name: str, together: threading.Barrier) -> object:
    with waiting.session() as session:
        who = actor_of(session, waiting.ids[name])
        session.rollback()
        together.wait(SECONDS)
        try:
            sealed = gates.publish(session, who, key=KEY, digest=waiting.digest, now_utc=NOW)
        except GateClosed as closed:
            return closed.code
        session.commit()
        return sealed


def publish_due(waiting: Waiting, _name: str, together: threading.Barrier) -> object:
    with waiting.session() as session:
        (due,) = list_due(session, NOW + HOUR)
        session.rollback()
        together.wait(SECONDS)
        system = act_as_system(session, NOW)
        outcome = gates.publish_due(session, system, due=due, now_utc=NOW + HOUR)
        session.commit()
        return outcome


def at_once(waiting: Waiting, act: Callable[[Waiting, str, threading.Barrier], object]) -> list[object]:
    together = threading.Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        futures = [threads.submit(act, waiting, name, together) for name in ("olga", "oscar")]
        return [future.result(SECONDS) for future in futures]


def assert_published_once(waiting: Waiting) -> None:
    with Session(waiting.engine) as session:
        assert [row.number for row in chain(session) if row.round_number == ROUND] == [1]
        assert verdict(session).is_sound


def test_two_people_publishing_at_once_leave_one_publication(waiting: Waiting) -> None:
    outcomes = at_once(waiting, publish)
    assert sum(isinstance(outcome, SealedPublication) for outcome in outcomes) == 1
    assert outcomes.count("not-in-turn") == 1
    assert_published_once(waiting)


def set_hour(waiting: Waiting) -> None:
    with waiting.session() as session:
        who, at = actor_of(session, waiting.ids["olga"]), NOW + HOUR
        gates.schedule(session, who, key=KEY, digest=waiting.digest, publish_at_utc=at, now_utc=NOW)
        session.commit()


def test_two_machines_publishing_what_is_due_leave_one_publication(waiting: Waiting) -> None:
    set_hour(waiting)
    outcomes = at_once(waiting, publish_due)
    assert sum(isinstance(outcome, SealedPublication) for outcome in outcomes) == 1
    assert outcomes.count(None) == 1
    assert_published_once(waiting)


def test_the_command_publishes_what_is_due_only_with_commit_and_once(
    waiting: Waiting, commands: Callable[[str], Commands]
) -> None:
    set_hour(waiting)  # in 2021: due since long
    line = commands(waiting.url)
    tried = line("publications", "due")
    assert tried.exit_code == 0
    assert "publicada" in tried.text
    with Session(waiting.engine) as session:
        assert [row for row in chain(session) if row.round_number == ROUND] == []
    assert "publicada" in line("publications", "due", "--commit").text
    assert line("publications", "due", "--commit").text == ""
    assert_published_once(waiting)
    assert line("publications", "verify").exit_code == 0


def test_the_command_tells_why_it_did_not_publish(waiting: Waiting, commands: Callable[[str], Commands]) -> None:
    set_hour(waiting)
    line = commands(waiting.url)
    with waiting.session() as session:
        gates.withdraw_signature(session, actor_of(session, waiting.ids["oscar"]), key=KEY, now_utc=NOW)
        sign(session, waiting.ids["delia"])
        who, at = actor_of(session, waiting.ids["olga"]), NOW + HOUR
        gates.schedule(session, who, key=KEY, digest=waiting.digest, publish_at_utc=at, now_utc=NOW)
        session.delete(session.scalars(select(RoleGrant).where(RoleGrant.account_id == waiting.ids["delia"])).one())
        session.commit()
    answer = line("publications", "due", "--commit")
    assert answer.exit_code == 1
    assert "dos firmas" in answer.text
    with waiting.session() as session:
        told = select(OutboxMail).where(OutboxMail.subject.startswith("No se publicó")).order_by(OutboxMail.id)
        mails = session.scalars(told).all()
        assert [mail.to_address for mail in mails] == ["olga@ejemplo.mx", "oscar@ejemplo.mx"]
        assert "Nada de ella es público" in (mails[0].body or "")
    assert line("publications", "due", "--commit").text == ""


def test_the_command_that_seals_refuses_where_people_hold_roles(
    waiting: Waiting, commands: Callable[[str], Commands]
) -> None:
    answer = commands(waiting.url)("publications", "seal", SLUG, ROUND, "--commit")
    assert answer.exit_code == 1
    assert "dos firmas" in answer.text
    with Session(waiting.engine) as session:
        assert [row for row in chain(session) if row.round_number == ROUND] == []


def test_no_round_is_published_while_its_mayor_changes(valley_postgresql: Session) -> None:
    """Whoever publishes holds the round; so does who changes the mayor, before she asks whether it is published."""
    ids, said = ready(valley_postgresql), list[str]()
    connection = valley_postgresql.connection()

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    new = NewMayor("98003", "Nora Ñandú", Gender.FEMALE, "", date(2021, 4, 15))
    change_mayor(valley_postgresql, actor_of(valley_postgresql, ids["olga"]), edition=SLUG, new=new, now_utc=NOW)
    event.remove(connection, "before_cursor_execute", note)
    held = next(at for at, statement in enumerate(said) if "FOR UPDATE OF rounds" in statement)
    asked = next(at for at, statement in enumerate(said) if "rounds.stage = " in statement)
    assert held < asked
