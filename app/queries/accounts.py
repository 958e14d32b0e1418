"""Reading accounts."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.accounts import Account


def find_system_account(session: Session) -> Account | None:
    """The account that stands behind what commands write, or None before the first command."""
    return session.scalar(select(Account).where(Account.kind == "system").order_by(Account.id).limit(1))
