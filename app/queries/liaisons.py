"""Reading who answers for a municipality."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.permissions import Role
from app.models.accounts import Account, RoleGrant
from app.models.places import Municipality


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


def count_liaisons(session: Session, edition_id: int) -> dict[int, int]:
    """How many liaisons with an open account each municipality has, by its id."""
    counts: dict[int, int] = {}
    for place, _ in list_liaisons_of_all(session, edition_id):
        counts[place.id] = counts.get(place.id, 0) + 1
    return counts


def list_liaisons_of_all(session: Session, edition_id: int) -> tuple[tuple[Municipality, Account], ...]:
    """The liaisons of an edition whose accounts are open, with their municipalities."""
    query = (
        select(Municipality, Account)
        .join(RoleGrant, RoleGrant.municipality_id == Municipality.id)
        .join(Account, Account.id == RoleGrant.account_id)
        .where(RoleGrant.edition_id == edition_id, RoleGrant.role == Role.OFFICE, Account.closed_at_utc.is_(None))
        .order_by(Municipality.cvegeo, Account.id)
    )
    return tuple((place, account) for place, account in session.execute(query))
