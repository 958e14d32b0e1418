"""Accounts, and how Flask-Security reaches them."""

from datetime import datetime
from typing import Any

from flask_security import SQLAlchemySessionUserDatastore, UserMixin
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.models.accounts import SYSTEM_NAME, Account, RoleGrant
from app.queries.accounts import find_system_account


def act_as_system(session: Session, now_utc: datetime) -> Actor:
    """The actor behind commands; its account is created the first time."""
    account = find_system_account(session)
    if account is None:
        account = Account(kind="system", name=SYSTEM_NAME, email=None, created_at_utc=now_utc)
        session.add(account)
        session.flush()
    return Actor(account.id, account.name, is_system=True)


class Datastore(SQLAlchemySessionUserDatastore):
    """How Flask-Security reads and writes accounts, on the session of the request."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> UserMixin | None:  # noqa: ANN401, FBT001, FBT002
        """A person, or None. The transaction ends here: nobody holds the write lock while a password is hashed."""
        user: UserMixin | None = super().find_user(case_insensitive, **kwargs)
        if not (self.db.session.new or self.db.session.dirty):
            self.db.session.commit()
        return user


def open_datastore(session: Session) -> Datastore:
    """The accounts as Flask-Security sees them; ``session`` leads to that of the request at hand."""
    return Datastore(session, Account, RoleGrant)  # type: ignore[arg-type]  # it never asks for a role


def use_code(session: Session, account_id: int, *, counter: int) -> bool:
    """Note the half minute of a right code; false where that code, or a later one, was used before."""
    newer = update(Account).where(Account.id == account_id, Account.tf_counter < counter).values(tf_counter=counter)
    used = session.scalars(newer.returning(Account.id)).all()
    return bool(used)
