"""Reading who is signed in."""

import json
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.parking import Parked
from app.domain.sessions import SessionState, SignedIn
from app.models.accounts import Account
from app.models.sessions import KnownBrowser, ParkedForm, StaffSession


def find_signed_in(session: Session, key_sha256: str) -> SignedIn | None:
    """The session behind a browser's key, however it stands; None where there is none or its account is closed."""
    query = (
        select(StaffSession, Account.fs_uniquifier)
        .join(Account, Account.id == StaffSession.account_id)
        .where(StaffSession.key_sha256 == key_sha256, Account.closed_at_utc.is_(None))
    )
    found = session.execute(query).one_or_none()
    return None if found is None else _signed_in(*found)


def list_signed_in(session: Session, account_id: int, now_utc: datetime) -> tuple[SignedIn, ...]:
    """The live, full sessions of an account, the one seen last first."""
    query = (
        select(StaffSession, Account.fs_uniquifier)
        .join(Account, Account.id == StaffSession.account_id)
        .where(StaffSession.account_id == account_id, StaffSession.kind == "full", StaffSession.ended_at_utc.is_(None))
        .order_by(StaffSession.last_seen_at_utc.desc(), StaffSession.id.desc())
    )
    rows = (_signed_in(row, owner) for row, owner in session.execute(query))
    return tuple(row for row in rows if row.state(now_utc) is SessionState.LIVE)


def knows_browser(session: Session, who: int | str, key_sha256: str) -> bool:
    """Whether an account, by its id or its e-mail address, has signed in before from the browser with this key."""
    is_hers = Account.email == who if isinstance(who, str) else Account.id == who
    query = (
        select(KnownBrowser.id)
        .join(Account, Account.id == KnownBrowser.account_id)
        .where(is_hers, KnownBrowser.key_sha256 == key_sha256)
    )
    return session.scalar(query) is not None


def find_parked_form(session: Session, account_id: int) -> Parked | None:
    """What an account had typed last when its session expired, or None."""
    query = select(ParkedForm).where(ParkedForm.account_id == account_id).order_by(ParkedForm.id.desc()).limit(1)
    row = session.scalar(query)
    if row is None:
        return None
    fields = tuple((str(name), str(value)) for name, value in json.loads(row.fields))
    return Parked(row.id, row.path, fields, row.parked_at_utc)


def _signed_in(row: StaffSession, owner: str | None) -> SignedIn:
    """The row as a value. A session of before the account's last change of password counts as ended."""
    values = json.loads(row.values)
    return SignedIn(
        id=row.id,
        account_id=row.account_id,
        is_full=row.kind == "full",
        has_second_factor=row.has_second_factor,
        values=values,
        browser=row.browser,
        created_at_utc=row.created_at_utc,
        last_seen_at_utc=row.last_seen_at_utc,
        expires_at_utc=row.expires_at_utc,
        idle_minutes=row.idle_minutes,
        is_ended=row.ended_at_utc is not None or values.get("_user_id", values.get("tf_user_id")) != owner,
    )
