"""Accounts for tests, and browsers that are signed in without the way through the forms."""

import json
import re
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.permissions import Grant
from app.domain.sessions import SessionLimits
from app.extensions import database
from app.models.accounts import Account, RoleGrant
from app.models.editions import Edition
from app.models.places import Municipality
from app.models.sessions import StaffSession
from app.services.sessions import open_session

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "tres tristes sapos"  # noqa: S105 - of people who do not exist
TOKEN = re.compile(r'name="csrf_token"\s+value="([^"]+)"')


def make_account(session: Session, *grants: Grant, name: str = "Ana Ruiz", email: str = "ana@ejemplo.mx") -> Account:
    """A person with these roles and no password. Flushes, commits nothing."""
    account = Account(kind="person", name=name, email=email, created_at_utc=AT)
    session.add(account)
    session.flush()
    for grant in grants:
        municipality = select(Municipality.id).where(Municipality.slug == grant.municipality)
        session.add(
            RoleGrant(
                account_id=account.id,
                edition_id=session.scalars(select(Edition.id).where(Edition.slug == grant.edition)).one(),
                municipality_id=session.scalars(municipality).one() if grant.municipality else None,
                role=grant.role.value,
                granted_at_utc=AT,
            )
        )
    session.flush()
    return account


def sign_in(client: FlaskClient, account: Account | int, *, second_factor: bool = True) -> None:
    """Sign a browser in as an account that is committed, as if with both steps of the sign-in."""
    account_id = account if isinstance(account, int) else account.id
    app: Flask = client.application
    with app.app_context():
        session = database.writing_session
        owner = session.get_one(Account, account_id).fs_uniquifier
        now = datetime.now(UTC).replace(microsecond=0)
        values = {"_user_id": owner, "_fresh": True, "fs_paa": now.timestamp()}
        opened = open_session(session, values=values, browser="Prueba", limits=SessionLimits(), now_utc=now)
        assert opened is not None
        row = session.get_one(StaffSession, opened.id)
        row.has_second_factor = second_factor
        assert json.loads(row.values)["_user_id"] == owner
        session.commit()
    client.set_cookie("sesion", opened.key)


def token(client: FlaskClient, page: str) -> str:
    """The token of the first form of a page."""
    found = TOKEN.search(client.get(page).text)
    assert found is not None, f"{page} has no form"
    return found[1]
