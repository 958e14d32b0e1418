"""One person with two accounts cannot be told from two people: so every signer is told, and the gate shows it."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.gates import ConcernKind, GateKey
from app.domain.people import NewRole
from app.domain.permissions import Actor, Role
from app.language import SPANISH
from app.models.accounts import Account, RoleGrant
from app.models.editions import Edition
from app.models.mail import OutboxMail
from app.queries.accounts import find_system_account
from app.queries.signers import map_powers
from app.services.deputies import end_deputy, name_deputy
from app.services.gates import withdraw_signature
from app.services.invitations import invite
from app.services.people import close_account, reopen_account
from tests.gated import NOW, ROUND, SITE, SLUG, gate, ready, sign
from tests.staff import actor_of

DAYS_10, DAYS_31 = timedelta(days=10), timedelta(days=31)
SIGNERS = ["delia@ejemplo.mx", "olga@ejemplo.mx", "oscar@ejemplo.mx"]


@pytest.fixture
def ids(valley: Session) -> dict[str, int]:
    return ready(valley)


def mails(session: Session) -> dict[str, str]:
    """Subject and body of what waits, by address; and none waits any more."""
    found = {row.to_address: f"{row.subject}\n{row.body}" for row in session.scalars(select(OutboxMail))}
    session.execute(delete(OutboxMail))
    return found


def invited(session: Session, who: Actor, email: str, role: Role = Role.ORGANISER, *, ago: timedelta) -> int:
    new = NewRole(email, role, SLUG, None, None)
    return invite(session, who, new=new, site_url=SITE, language=SPANISH, now_utc=NOW - ago)


def test_every_other_signer_is_told_of_a_new_one(valley: Session, ids: dict[str, int]) -> None:
    invited(valley, actor_of(valley, ids["olga"]), "otra@ejemplo.mx", ago=DAYS_10)
    told = mails(valley)
    assert sorted(told) == sorted([*SIGNERS, "otra@ejemplo.mx"])
    for address in SIGNERS:
        assert "Olga Prueba dio el poder de firmar" in told[address]
        assert "otra (otra@ejemplo.mx)" in told[address]
        assert f"{SITE}/coordinacion/{SLUG}/" in told[address]
    assert "poder de firmar" not in told["otra@ejemplo.mx"]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EVALUATOR])
def test_a_role_that_does_not_sign_is_told_to_nobody_else(valley: Session, ids: dict[str, int], role: Role) -> None:
    invited(valley, actor_of(valley, ids["olga"]), "otra@ejemplo.mx", role, ago=DAYS_10)
    assert list(mails(valley)) == ["otra@ejemplo.mx"]


def test_a_deputy_who_rates_is_told_of_without_her_name(valley: Session, ids: dict[str, int]) -> None:
    olga = actor_of(valley, ids["olga"])
    name_deputy(valley, olga, edition=SLUG, email="eva@ejemplo.mx", site_url=SITE, now_utc=NOW)
    told = mails(valley)
    assert sorted(told) == SIGNERS
    assert all("alguien que también califica" in words for words in told.values())
    assert not any(name in words for name in ("Eva", "eva@") for words in told.values())


def test_an_account_that_is_opened_again_is_told_of_and_signs_by_who_opened_it(
    valley: Session, ids: dict[str, int]
) -> None:
    for name in ("olga", "oscar"):
        valley.get_one(Account, ids[name]).password = "x"  # noqa: S105 - of nobody
    oscar, olga = (actor_of(valley, ids[name]) for name in ("oscar", "olga"))
    close_account(valley, oscar, account_id=ids["delia"], now_utc=NOW)
    reopen_account(valley, olga, account_id=ids["delia"], site_url=SITE, now_utc=NOW + DAYS_10)
    told = mails(valley)
    assert sorted(told) == ["olga@ejemplo.mx", "oscar@ejemplo.mx"]
    assert "Delia Prueba (delia@ejemplo.mx)" in told["oscar@ejemplo.mx"]
    power = map_powers(valley, SLUG)[ids["delia"]]
    assert (power.giver_id, power.since_utc) == (ids["olga"], NOW + DAYS_10)


def test_of_the_first_signature_all_others_are_told_and_of_the_second_nobody(
    valley: Session, ids: dict[str, int]
) -> None:
    sign(valley, ids["olga"])
    told = mails(valley)
    assert sorted(told) == ["delia@ejemplo.mx", "oscar@ejemplo.mx"]
    assert "Falta una firma" in told["oscar@ejemplo.mx"]
    assert "Olga Prueba" in told["oscar@ejemplo.mx"]
    assert f"{SITE}/coordinacion/{SLUG}/evaluaciones/{ROUND}/publicar/" in told["oscar@ejemplo.mx"]
    sign(valley, ids["olga"])
    sign(valley, ids["delia"])
    assert mails(valley) == {}


def test_a_signature_given_once_more_is_told_once_only(valley: Session, ids: dict[str, int]) -> None:
    sign(valley, ids["olga"])
    mails(valley)
    withdraw_signature(valley, actor_of(valley, ids["olga"]), key=GateKey(SLUG, ROUND), now_utc=NOW)
    sign(valley, ids["olga"])
    assert mails(valley) == {}


@pytest.mark.parametrize(("ago", "pointed_at"), [(DAYS_10, True), (DAYS_31, False)])
def test_the_gate_points_at_a_signer_who_was_let_in_by_the_other(
    valley: Session, ids: dict[str, int], ago: timedelta, *, pointed_at: bool
) -> None:
    second = invited(valley, actor_of(valley, ids["olga"]), "otra@ejemplo.mx", ago=ago)
    sign(valley, ids["olga"])
    assert ConcernKind.SIGNER_BY_SIGNER not in {row.kind for row in gate(valley).concerns}
    sign(valley, second)
    found = gate(valley)
    assert (ConcernKind.SIGNER_BY_SIGNER in {row.kind for row in found.concerns}) is pointed_at
    assert not found.is_blocked
    powers = {row.name: row.power for row in found.signatures}
    assert powers["otra"] is not None
    assert (powers["otra"].giver, powers["otra"].since_utc) == ("Olga Prueba", NOW - ago)
    assert powers["Olga Prueba"] is not None
    assert powers["Olga Prueba"].giver_id is None


def test_who_was_let_in_is_known_for_organisers_and_deputies_and_by_the_operator(
    valley: Session, ids: dict[str, int]
) -> None:
    system = find_system_account(valley)
    assert system is not None
    first = invited(valley, Actor(system.id, system.name, is_system=True), "una@ejemplo.mx", ago=DAYS_31)
    olga = actor_of(valley, ids["olga"])
    name_deputy(valley, olga, edition=SLUG, email="rita@ejemplo.mx", site_url=SITE, now_utc=NOW)
    powers = map_powers(valley, SLUG)
    assert (powers[first].by_operator, powers[first].giver_id) == (True, None)
    assert (powers[ids["rita"]].giver_id, powers[ids["rita"]].since_utc) == (ids["olga"], NOW)
    assert powers[ids["delia"]].giver_id is None
    assert ids["eva"] not in powers


def test_the_newest_of_two_appointments_counts_once_the_first_was_ended(valley: Session, ids: dict[str, int]) -> None:
    def name(by: str, day: int) -> None:
        at = NOW + timedelta(days=day)
        name_deputy(valley, actor_of(valley, ids[by]), edition=SLUG, email="rita@ejemplo.mx", site_url=SITE, now_utc=at)

    name("olga", 0)
    of_valley = select(Edition.id).where(Edition.slug == SLUG).scalar_subquery()
    held = select(RoleGrant.id).where(
        RoleGrant.account_id == ids["rita"], RoleGrant.role == "deputy", RoleGrant.edition_id == of_valley
    )
    end_deputy(valley, actor_of(valley, ids["olga"]), edition=SLUG, grant_id=valley.scalars(held).one(), now_utc=NOW)
    name("oscar", 1)
    assert map_powers(valley, SLUG)[ids["rita"]].giver_id == ids["oscar"]
