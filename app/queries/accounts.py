"""Reading accounts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.permissions import Actor, Grant, Role
from app.models.accounts import Account, RoleGrant
from app.models.editions import Edition
from app.models.places import Municipality


def find_system_account(session: Session) -> Account | None:
    """The account that stands behind what commands write, or None before the first command."""
    return session.scalar(select(Account).where(Account.kind == "system").order_by(Account.id).limit(1))


def find_actor(session: Session, account_id: int) -> Actor | None:
    """The person behind an account with every role granted to her, or None where there is no such person."""
    account = session.get(Account, account_id)
    if account is None or account.kind != "person":
        return None
    query = (
        select(RoleGrant.role, Edition.slug, Municipality.slug, Edition.second_factor_for_all)
        .join(Edition, Edition.id == RoleGrant.edition_id)
        .outerjoin(Municipality, Municipality.id == RoleGrant.municipality_id)
        .where(RoleGrant.account_id == account_id)
        .order_by(Edition.slug, RoleGrant.role, RoleGrant.id)
    )
    rows = session.execute(query).all()
    return Actor(
        account_id=account.id,
        name=account.name,
        grants=frozenset(Grant(edition, Role(role), municipality) for role, edition, municipality, _ in rows),
        strict_editions=frozenset(edition for _, edition, _, is_strict in rows if is_strict),
    )
