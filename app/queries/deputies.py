"""Who signs in the place of an organiser. Staff only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.editions import Edition
from app.domain.permissions import Role
from app.models.accounts import Account, RoleGrant
from app.models.editions import Edition as EditionRow
from app.queries.drafts import find_edition
from app.queries.rows import value_of


@dataclass(frozen=True)
class Deputy:
    """One person named to sign, and since when."""

    grant_id: int
    name: str
    email: str
    granted_at_utc: datetime


def find_edition_value(session: Session, slug: str) -> Edition | None:
    """An edition as its working row states it, or None."""
    row = find_edition(session, slug)
    return value_of(Edition, row) if row else None


def list_deputies(session: Session, edition: str) -> tuple[Deputy, ...]:
    """The deputies of an edition, by name."""
    query = (
        select(RoleGrant, Account)
        .join(Account, Account.id == RoleGrant.account_id)
        .join(EditionRow, EditionRow.id == RoleGrant.edition_id)
        .where(EditionRow.slug == edition, RoleGrant.role == Role.DEPUTY.value)
        .order_by(Account.name, Account.id)
    )
    rows = session.execute(query)
    return tuple(Deputy(row.id, account.name, account.email or "", row.granted_at_utc) for row, account in rows)


def find_account_by_email(session: Session, email: str) -> Account | None:
    """The person with that address, or None."""
    return session.scalar(select(Account).where(Account.email == email, Account.kind == "person"))


def find_deputy_row(session: Session, edition: str, grant_id: int) -> RoleGrant | None:
    """The grant of a deputy of that edition, or None."""
    query = (
        select(RoleGrant)
        .join(EditionRow, EditionRow.id == RoleGrant.edition_id)
        .where(EditionRow.slug == edition, RoleGrant.id == grant_id, RoleGrant.role == Role.DEPUTY.value)
    )
    return session.scalar(query)
