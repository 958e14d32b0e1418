"""Accounts."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.models.accounts import SYSTEM_NAME, Account
from app.queries.accounts import find_system_account


def act_as_system(session: Session, now_utc: datetime) -> Actor:
    """The actor behind commands; its account is created the first time."""
    account = find_system_account(session)
    if account is None:
        account = Account(kind="system", name=SYSTEM_NAME, email=None, created_at_utc=now_utc)
        session.add(account)
        session.flush()
    return Actor(account.id, account.name, is_system=True)
