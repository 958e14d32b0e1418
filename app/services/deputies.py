"""Naming, in advance, who may sign in the place of an organiser."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.permissions import Actor, Permission, Role, clashes, require
from app.domain.sessions import EndReason
from app.models.accounts import RoleGrant
from app.queries.accounts import find_actor
from app.queries.deputies import find_account_by_email, find_deputy_row
from app.queries.drafts import find_edition
from app.services.audit import record_event
from app.services.sessions import end_sessions
from app.services.signers import NewPower, tell_of_power


class DeputyRefused(RuleBroken):
    """That person cannot be a deputy; the code says why."""

    code = "no-such-account"


def name_deputy(session: Session, actor: Actor, *, edition: str, email: str, site_url: str, now_utc: datetime) -> None:
    """Let a person sign in an edition, and tell all who may; raise DeputyRefused where she may not, or may already."""
    require(actor, Permission.PREPARE_PUBLICATION, edition)
    row = find_edition(session, edition)
    account = find_account_by_email(session, email)
    person = find_actor(session, account.id) if account else None
    if row is None or account is None or person is None:
        raise DeputyRefused
    if person.may(Permission.SIGN, edition):
        raise DeputyRefused("already-signs")
    if account.is_demonstration and row.kind != "demonstration":
        raise DeputyRefused("demonstration-only")
    if clashes({*person.roles(edition), Role.DEPUTY}):
        raise DeputyRefused("office-clash")
    grant = RoleGrant(account_id=account.id, edition_id=row.id, role=Role.DEPUTY.value, granted_at_utc=now_utc)
    session.add(grant)
    session.flush()
    end_sessions(session, actor, account_id=account.id, reason=EndReason.ROLES, now_utc=now_utc)
    _note(session, actor, edition, "deputy.named", account.id, now_utc)
    power = NewPower(edition, account, Role.DEPUTY)
    tell_of_power(session, actor, power=power, site_url=site_url, now_utc=now_utc)


def end_deputy(session: Session, actor: Actor, *, edition: str, grant_id: int, now_utc: datetime) -> None:
    """End a deputy's right to sign; her signatures no longer count. What is not there is no error."""
    require(actor, Permission.PREPARE_PUBLICATION, edition)
    grant = find_deputy_row(session, edition, grant_id)
    if grant is not None:
        account_id = grant.account_id
        session.delete(grant)
        session.flush()
        end_sessions(session, actor, account_id=account_id, reason=EndReason.ROLES, now_utc=now_utc)
        _note(session, actor, edition, "deputy.ended", account_id, now_utc)


def _note(session: Session, actor: Actor, edition: str, action: str, account_id: int, now_utc: datetime) -> None:
    record_event(
        session, actor, action=action, subject=f"{edition}/deputy", at_utc=now_utc, after={"account": account_id}
    )
