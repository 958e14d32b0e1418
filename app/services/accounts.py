"""Accounts, and how Flask-Security reaches them."""

from datetime import datetime
from typing import Any

from flask_security import SQLAlchemySessionUserDatastore, UserMixin
from flask_security.recoverable import generate_reset_password_token
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.domain.mail import Mail
from app.domain.permissions import Actor
from app.exports.mails import new_password_mail
from app.language import LANGUAGES, SPANISH
from app.models.accounts import SYSTEM_NAME, Account, RoleGrant
from app.models.mail import OutboxMail
from app.queries.accounts import find_account_by_email, find_system_account


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

    knows_the_invented = False
    """Whether the people of the demonstration may sign in: never in production."""

    def find_user(self, case_insensitive: bool = False, **kwargs: Any) -> UserMixin | None:  # noqa: ANN401, FBT001, FBT002
        """A person, or None. A transaction begun here ends here: nobody holds the write lock while hashing a password.

        One that a view began is the view's: templates ask for the user, too, after a view has written and been refused.
        """
        session: Session = self.db.session
        is_ours = not session.in_transaction()
        user: UserMixin | None = super().find_user(case_insensitive, **kwargs)
        if isinstance(user, Account) and user.is_demonstration and not self.knows_the_invented:
            user = None
        if is_ours:
            session.commit()
        return user


def open_datastore(session: Session, *, knows_the_invented: bool) -> Datastore:
    """The accounts as Flask-Security sees them; ``session`` leads to that of the request at hand."""
    datastore = Datastore(session, Account, RoleGrant)  # type: ignore[arg-type]  # it never asks for a role
    datastore.knows_the_invented = knows_the_invented
    return datastore


def use_code(session: Session, account_id: int, *, counter: int) -> bool:
    """Note the half minute of a right code; false where that code, or a later one, was used before."""
    newer = update(Account).where(Account.id == account_id, Account.tf_counter < counter).values(tf_counter=counter)
    used = session.scalars(newer.returning(Account.id)).all()
    return bool(used)


def write_new_password(session: Session, mail: OutboxMail, site_url: str) -> Mail | None:
    """The mail with the link to choose a new password; None where the address is no open account's."""
    account = find_account_by_email(session, mail.to_address)
    if account is None or not account.active or account.password is None:
        return None
    link = f"{site_url}/acceso/olvido/{_reset_token(account)}/"
    return new_password_mail(LANGUAGES.get(mail.language, SPANISH), name=account.name, link=link)


def _reset_token(account: Account) -> str:
    """A signed word that opens the page of the new password for two hours, and dies with the password of now."""
    return str(generate_reset_password_token(account))  # type: ignore[no-untyped-call]
