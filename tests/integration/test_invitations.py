"""Inviting, taking up, taking away: what an organiser may do with people, on both databases."""

import re
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.duties import NewDuties, NotOfEdition
from app.domain.people import InvitationRefused, NewRole
from app.domain.permissions import Actor, Grant, NotAllowed, Role
from app.domain.sessions import SessionLimits
from app.language import ENGLISH, SPANISH
from app.models.accounts import Account, RoleGrant
from app.models.audit import AuditEvent
from app.models.engines import make_engine
from app.models.invitations import Invitation
from app.models.mail import OutboxMail
from app.models.sessions import StaffSession
from app.queries.accounts import find_actor
from app.services.accounts import act_as_system
from app.services.assignments import assign
from app.services.deputies import DeputyRefused, name_deputy
from app.services.invitations import invite, invite_again, take_up_invitation
from app.services.people import close_account, reopen_account, reset_second_factor, take_role
from app.services.sessions import open_session
from tests.people import AT, make_account

REAL, DEMO = "nuevo-leon-2012-2015", "ejemplo-2024-2027"
KEY = re.compile(r"enlace=([\w-]+)")


@pytest.fixture
def people(seeded_database_url: str) -> Iterator[Session]:
    engine = make_engine(seeded_database_url)
    with Session(engine.execution_options(write=True), expire_on_commit=False) as session:
        yield session
    engine.dispose()


@pytest.fixture
def olga(people: Session) -> Actor:
    """The only organiser of the demonstration who can sign in."""
    return organiser(people, "olga@ejemplo.mx")


def organiser(session: Session, email: str, edition: str = DEMO) -> Actor:
    account = make_account(session, Grant(edition, Role.ORGANISER), email=email, name=email)
    account.password = "a hash"  # noqa: S105
    session.flush()
    return actor(session, account.id)


def actor(session: Session, account_id: int) -> Actor:
    found = find_actor(session, account_id)
    assert found is not None
    return found


def take_up(session: Session, key: str, name: str, now: datetime = AT) -> None:
    take_up_invitation(session, key=key, name=name, password_hash="a hash", language=ENGLISH, now_utc=now)  # noqa: S106


def invited(session: Session, by: Actor, role: Role = Role.EVALUATOR, email: str = "eva@ejemplo.mx") -> int:
    return invite(
        session, by, new=NewRole(email, role, DEMO), site_url="https://x.example", language=SPANISH, now_utc=AT
    )


def link(session: Session) -> str:
    """The key in the newest mail."""
    body = session.scalars(select(OutboxMail.body).order_by(OutboxMail.id.desc())).first()
    found = KEY.search(body or "")
    assert found is not None
    return found[1]


def opened(session: Session, account_id: int) -> list[str]:
    """How the sessions of an account ended, in order; an open one is empty."""
    query = select(StaffSession.end_reason).where(StaffSession.account_id == account_id).order_by(StaffSession.id)
    return list(session.scalars(query))


def sign_in(session: Session, account_id: int) -> None:
    owner = session.get_one(Account, account_id).fs_uniquifier
    assert open_session(session, values={"_user_id": owner}, browser="", limits=SessionLimits(), now_utc=AT)


def test_an_invitation_opens_an_account_once_and_within_a_week(people: Session, olga: Actor) -> None:
    account_id = invited(people, olga)
    key = link(people)
    with pytest.raises(InvitationRefused, match="link-dead"):
        take_up(people, key, name="Eva", now=(AT + timedelta(days=7)))
    take_up(people, key, name="Eva Luz")
    account = people.get_one(Account, account_id)
    assert (account.name, account.password, account.email) == ("Eva Luz", "a hash", "eva@ejemplo.mx")
    with pytest.raises(InvitationRefused, match="link-dead"):
        take_up(people, key, name="Otra")


def test_the_key_of_an_invitation_is_not_in_the_database(people: Session, olga: Actor) -> None:
    invited(people, olga)
    key = link(people)
    for table in (Account, Invitation, AuditEvent):
        assert key not in repr(people.execute(select(table.__table__)).all())


def test_inviting_again_ends_the_older_link(people: Session, olga: Actor) -> None:
    account_id = invited(people, olga)
    first = link(people)
    invite_again(people, olga, account_id=account_id, site_url="https://x.example", now_utc=AT)
    with pytest.raises(InvitationRefused, match="link-dead"):
        take_up(people, first, name="Eva")
    take_up(people, link(people), name="Eva")


def test_an_organiser_reaches_no_other_edition(people: Session, olga: Actor) -> None:
    other = organiser(people, "otra@ejemplo.mx", REAL)
    new = NewRole("eva@ejemplo.mx", Role.EVALUATOR, REAL)
    grant = people.scalars(select(RoleGrant.id).where(RoleGrant.account_id == other.account_id)).one()
    for act in (
        lambda: invite(people, olga, new=new, site_url="", language=SPANISH, now_utc=AT),
        lambda: close_account(people, olga, account_id=other.account_id, now_utc=AT),
        lambda: reopen_account(people, olga, account_id=other.account_id, site_url="", now_utc=AT),
        lambda: reset_second_factor(people, olga, account_id=other.account_id, now_utc=AT),
        lambda: take_role(people, olga, grant_id=grant, now_utc=AT),
    ):
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.REVIEWER, Role.DEPUTY])
def test_nobody_but_an_organiser_manages_accounts(people: Session, olga: Actor, role: Role) -> None:
    other = actor(people, make_account(people, Grant(DEMO, role), email="otra@ejemplo.mx").id)
    with pytest.raises(NotAllowed):
        invited(people, other)
    with pytest.raises(NotAllowed):
        close_account(people, other, account_id=olga.account_id, now_utc=AT)


def test_the_last_organiser_stays_and_nobody_closes_herself(people: Session, olga: Actor) -> None:
    grant = people.scalars(select(RoleGrant.id).where(RoleGrant.account_id == olga.account_id)).one()
    with pytest.raises(InvitationRefused, match="last-organiser"):
        take_role(people, olga, grant_id=grant, now_utc=AT)
    with pytest.raises(InvitationRefused, match="own-account"):
        close_account(people, olga, account_id=olga.account_id, now_utc=AT)
    second = organiser(people, "oscar@ejemplo.mx")
    close_account(people, second, account_id=olga.account_id, now_utc=AT)
    with pytest.raises(InvitationRefused, match="last-organiser"):
        take_role(people, second, grant_id=grant + 1, now_utc=AT)


def test_two_organisers_who_take_each_others_role_leave_one(people: Session, olga: Actor) -> None:
    oscar, ready = organiser(people, "oscar@ejemplo.mx"), threading.Barrier(2)
    people.commit()

    def take(who: Actor, whose: Actor) -> str:
        with Session(people.get_bind(), expire_on_commit=False) as session:
            grant = session.scalars(select(RoleGrant.id).where(RoleGrant.account_id == whose.account_id)).one()
            session.rollback()
            ready.wait(30)
            try:
                take_role(session, who, grant_id=grant, now_utc=AT)
            except InvitationRefused as refused:
                return refused.code
            session.commit()
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, (olga, oscar), (oscar, olga))) == ["last-organiser", "taken"]


def test_a_liaison_is_on_one_side_of_the_table(people: Session, olga: Actor) -> None:
    invited(people, olga)
    office = NewRole("eva@ejemplo.mx", Role.OFFICE, DEMO, municipality="brumares")
    with pytest.raises(InvitationRefused, match="both-sides"):
        invite(people, olga, new=office, site_url="", language=SPANISH, now_utc=AT)


@pytest.mark.parametrize(
    ("role", "municipality"),
    [(Role.OFFICE, None), (Role.OFFICE, "no-existe"), (Role.OFFICE, "monterrey"), (Role.EVALUATOR, "brumares")],
)
def test_an_office_has_a_municipality_of_its_edition_and_nobody_else_has(
    people: Session, olga: Actor, role: Role, municipality: str | None
) -> None:
    new = NewRole("eva@ejemplo.mx", role, DEMO, municipality=municipality)
    with pytest.raises(InvitationRefused, match="place-of-role"):
        invite(people, olga, new=new, site_url="", language=SPANISH, now_utc=AT)


def give_role(session: Session, by: Actor, account_id: int) -> None:
    address = session.get_one(Account, account_id).email or ""
    invite(session, by, new=NewRole(address, Role.REVIEWER, DEMO), site_url="", language=SPANISH, now_utc=AT)


def drop_role(session: Session, by: Actor, account_id: int) -> None:
    grant = session.scalars(select(RoleGrant.id).where(RoleGrant.account_id == account_id)).one()
    take_role(session, by, grant_id=grant, now_utc=AT)


def close(session: Session, by: Actor, account_id: int) -> None:
    close_account(session, by, account_id=account_id, now_utc=AT)


def reset(session: Session, by: Actor, account_id: int) -> None:
    reset_second_factor(session, by, account_id=account_id, now_utc=AT)


@pytest.mark.parametrize(
    ("act", "reason"), [(give_role, "roles"), (drop_role, "roles"), (close, "closed"), (reset, "factor")]
)
def test_whoever_is_changed_is_signed_out_everywhere_and_the_log_says_so(
    people: Session, olga: Actor, act: Callable[[Session, Actor, int], None], reason: str
) -> None:
    account_id = invited(people, olga)
    sign_in(people, account_id)
    sign_in(people, olga.account_id)
    act(people, olga, account_id)
    assert opened(people, account_id) == [reason]
    assert opened(people, olga.account_id) == [""]
    query = select(AuditEvent.action).where(AuditEvent.subject == f"account:{account_id}")
    assert "sessions_ended" in set(people.scalars(query))


def test_a_closed_account_is_nobody_until_it_is_opened_again(people: Session, olga: Actor) -> None:
    account_id = invited(people, olga)
    close_account(people, olga, account_id=account_id, now_utc=AT)
    assert find_actor(people, account_id) is None
    reopen_account(people, olga, account_id=account_id, site_url="", now_utc=AT)
    assert actor(people, account_id).roles(DEMO) == {Role.EVALUATOR}


def test_invented_people_get_no_role_in_a_real_edition(people: Session) -> None:
    account = make_account(people, Grant(DEMO, Role.EVALUATOR), email="eva@ejemplo.mx")
    account.is_demonstration = True
    system, manager = act_as_system(people, AT), organiser(people, "otra@ejemplo.mx", REAL)
    for role in (Role.ORGANISER, Role.EVALUATOR, Role.REVIEWER, Role.DEPUTY, Role.OFFICE):
        place = "monterrey" if role is Role.OFFICE else None
        new = NewRole("eva@ejemplo.mx", role, REAL, municipality=place)
        with pytest.raises(InvitationRefused, match="demonstration-only"):
            invite(people, system, new=new, site_url="", language=SPANISH, now_utc=AT)
    with pytest.raises(DeputyRefused, match="demonstration-only"):
        name_deputy(people, manager, edition=REAL, email="eva@ejemplo.mx", site_url="", now_utc=AT)
    with pytest.raises(NotOfEdition):
        assign(people, manager, edition=REAL, new=NewDuties(account.id, frozenset(), ""), now_utc=AT)
    assert {grant.edition for grant in actor(people, account.id).grants} == {DEMO}
