"""What organisers do with accounts: take roles, close and reopen accounts, reset a second factor."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.domain.people import InvitationRefused
from app.domain.permissions import Actor, Permission, Role, require
from app.domain.sessions import EndReason
from app.domain.signatures import SIGNING_ROLES
from app.models.accounts import Account, RoleGrant
from app.queries.accounts import find_actor
from app.queries.locks import lock_edition
from app.queries.people import count_other_organisers, get_edition, list_grants
from app.services.audit import record_event
from app.services.sessions import end_sessions
from app.services.signers import NewPower, tell_of_power


def take_role(session: Session, actor: Actor, *, grant_id: int, now_utc: datetime) -> None:
    """Take a role away; its owner is signed out everywhere."""
    row = session.get(RoleGrant, grant_id)
    if row is None:
        raise InvitationRefused("role-gone")
    edition = next(slug for held, slug in list_grants(session, row.account_id) if held.id == row.id)
    require(actor, Permission.MANAGE_ACCOUNTS, edition)
    lock_edition(session, edition)  # two who take each other's role would leave nobody
    if row.role == Role.ORGANISER and not count_other_organisers(session, row.edition_id, row.account_id):
        raise InvitationRefused("last-organiser")
    account_id, facts = row.account_id, {"role": row.role, "edition": edition}
    session.execute(delete(RoleGrant).where(RoleGrant.id == row.id))
    record_event(session, actor, action="role_taken", subject=f"account:{account_id}", at_utc=now_utc, before=facts)
    end_sessions(session, actor, account_id=account_id, reason=EndReason.ROLES, now_utc=now_utc)


def close_account(session: Session, actor: Actor, *, account_id: int, now_utc: datetime) -> None:
    """Close an account: its owner is signed out everywhere and cannot come in. Nobody closes her own."""
    account = get_manageable(session, actor, account_id)
    if account.id == actor.account_id:
        raise InvitationRefused("own-account")
    closing = find_actor(session, account.id)
    for edition in closing.editions(Permission.MANAGE_ACCOUNTS) if closing else ():
        lock_edition(session, edition)
        if not count_other_organisers(session, get_edition(session, edition).id, account.id):
            raise InvitationRefused("last-organiser")
    account.closed_at_utc = now_utc
    record_event(session, actor, action="account_closed", subject=f"account:{account_id}", at_utc=now_utc)
    end_sessions(session, actor, account_id=account.id, reason=EndReason.CLOSED, now_utc=now_utc)


def reopen_account(session: Session, actor: Actor, *, account_id: int, site_url: str, now_utc: datetime) -> None:
    """Open a closed account again, with the roles that it had; where it may sign again, all who may are told."""
    account = get_manageable(session, actor, account_id)
    if account.closed_at_utc is None:
        return
    account.closed_at_utc = None
    session.flush()
    record_event(session, actor, action="account_reopened", subject=f"account:{account_id}", at_utc=now_utc)
    for row, edition in list_grants(session, account_id):
        if row.role in SIGNING_ROLES:
            power = NewPower(edition, account, Role(row.role))
            tell_of_power(session, actor, power=power, site_url=site_url, now_utc=now_utc)


def reset_second_factor(session: Session, actor: Actor, *, account_id: int, now_utc: datetime) -> None:
    """Take the second factor off an account whose owner lost her telephone and her codes; she is signed out."""
    account = get_manageable(session, actor, account_id)
    if account.id == actor.account_id:
        raise InvitationRefused("own-account")
    account.tf_primary_method = account.tf_totp_secret = account.mf_recovery_codes = None
    record_event(session, actor, action="second_factor_reset", subject=f"account:{account_id}", at_utc=now_utc)
    end_sessions(session, actor, account_id=account.id, reason=EndReason.FACTOR, now_utc=now_utc)


def get_manageable(session: Session, actor: Actor, account_id: int) -> Account:
    """An account all of whose roles are in editions of the actor: no organiser reaches into another's edition."""
    account = session.get(Account, account_id)
    if account is None or account.kind != "person":
        raise InvitationRefused("no-such-account")
    editions = {edition for _, edition in list_grants(session, account_id)}
    if not editions:
        raise InvitationRefused("no-such-account")
    for edition in sorted(editions):
        require(actor, Permission.MANAGE_ACCOUNTS, edition)
    return account
