"""Reading who answers for a municipality."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.permissions import Role
from app.models.accounts import Account, RoleGrant


def list_liaisons(session: Session, edition_id: int, municipality_id: int) -> tuple[Account, ...]:
    """The open accounts of a municipality's office in an edition, oldest first."""
    query = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(
            RoleGrant.edition_id == edition_id,
            RoleGrant.municipality_id == municipality_id,
            RoleGrant.role == Role.OFFICE.value,
            Account.closed_at_utc.is_(None),
        )
        .order_by(Account.id)
    )
    return tuple(session.scalars(query))
