"""Who may sign in an edition, since when, and who let them. Staff only."""

import json
from collections.abc import Iterable

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from app.domain.signatures import SIGNING_ROLES, Power
from app.models.accounts import Account, RoleGrant
from app.models.audit import AuditEvent
from app.models.editions import Edition

_OF_AN_ACCOUNT = ("role_granted", "account_reopened", "demonstration_account_added")
_DEPUTY_NAMED = "deputy.named"


def list_signers(session: Session, slug: str) -> tuple[Account, ...]:
    """The open accounts that may sign in an edition, oldest first."""
    query = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Edition, Edition.id == RoleGrant.edition_id)
        .where(Edition.slug == slug, RoleGrant.role.in_(SIGNING_ROLES), Account.closed_at_utc.is_(None))
        .distinct()
        .order_by(Account.id)
    )
    return tuple(session.scalars(query))


def map_powers(session: Session, slug: str) -> dict[int, Power]:
    """Of every account that may sign in an edition since when, and who let it, as the audit log tells. Two queries.

    The first of her roles counts; an account that was closed and opened again signs by whoever opened it.
    """
    query = (
        select(RoleGrant)
        .join(Edition, Edition.id == RoleGrant.edition_id)
        .where(Edition.slug == slug, RoleGrant.role.in_(SIGNING_ROLES))
        .order_by(RoleGrant.granted_at_utc.desc(), RoleGrant.id.desc())
    )
    first = {row.account_id: row for row in session.scalars(query)}
    events = _events(session, slug, first)
    return {account_id: _power(slug, row, events) for account_id, row in first.items()}


def _events(session: Session, slug: str, account_ids: Iterable[int]) -> list[tuple[AuditEvent, Account]]:
    """What the log tells of these people's power to sign, newest first, each with who did it."""
    subjects = [f"account:{account_id}" for account_id in account_ids]
    query = (
        select(AuditEvent, Account)
        .join(Account, Account.id == AuditEvent.account_id)
        .where(
            or_(
                and_(AuditEvent.subject.in_(subjects), AuditEvent.action.in_(_OF_AN_ACCOUNT)),
                and_(AuditEvent.subject == f"{slug}/deputy", AuditEvent.action == _DEPUTY_NAMED),
            )
        )
        .order_by(AuditEvent.id.desc())
    )
    return [(event, account) for event, account in session.execute(query)]


def _power(slug: str, grant: RoleGrant, events: list[tuple[AuditEvent, Account]]) -> Power:
    event, giver = next(((event, giver) for event, giver in events if _tells(event, grant, slug)), (None, None))
    if event is None or giver is None:
        return Power(grant.granted_at_utc)
    since = max(grant.granted_at_utc, event.at_utc)
    if giver.kind == "system":
        return Power(since, by_operator=True)
    return Power(since, giver.id, giver.name)


def _tells(event: AuditEvent, grant: RoleGrant, slug: str) -> bool:
    """Whether that event gave this role (the newest that did, did), or opened its holder's account again since."""
    facts = json.loads(event.after) if event.after else {}
    if event.action == _DEPUTY_NAMED:
        return bool(facts.get("account") == grant.account_id)
    if event.subject != f"account:{grant.account_id}":
        return False
    if event.action == "account_reopened":
        return event.at_utc > grant.granted_at_utc
    return bool(facts.get("role") == grant.role and facts.get("edition", slug) == slug)
