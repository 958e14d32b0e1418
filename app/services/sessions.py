"""Opening and ending the sessions of signed-in browsers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.domain.sessions import EndReason, SessionLimits, SignedIn
from app.models.accounts import Account
from app.models.sessions import KnownBrowser, StaffSession
from app.queries.accounts import find_account_by_uniquifier, find_actor
from app.services.audit import record_event
from app.services.keys import fingerprint, new_key
from app.services.upserts import insert_into

SEEN_EVERY = timedelta(seconds=60)
"""How exactly the last moment of a session is kept: one small write a minute at most."""


@dataclass(frozen=True)
class OpenedSession:
    """A session that was just opened: its row, its owner, and the key that only her browser gets."""

    id: int
    actor: Actor
    key: str


def open_session(
    session: Session,
    *,
    values: Mapping[str, object],
    browser: str,
    limits: SessionLimits,
    now_utc: datetime,
    replaces: SignedIn | None = None,
) -> OpenedSession | None:
    """Open a session for whom its values name and give back the browser's key; None where that is nobody.

    ``values`` with a ``_user_id`` are a whole sign-in; with a ``tf_user_id`` only, the second factor is still to come.
    An account with a second factor never gets a whole one without it: Flask-Security asks for it first. The session
    that this one ``replaces`` ends.
    """
    account = find_account_by_uniquifier(session, str(values.get("_user_id") or values.get("tf_user_id")))
    actor = find_actor(session, account.id) if account else None
    if account is None or actor is None:
        return None
    if replaces is not None:
        _end(session, now_utc, EndReason.REPLACED, StaffSession.id == replaces.id)
    key = new_key()
    row = StaffSession(
        key_sha256=fingerprint(key),
        account_id=account.id,
        kind="full" if "_user_id" in values else "password",
        has_second_factor="_user_id" in values and account.tf_primary_method is not None,
        values=json.dumps(dict(values)),
        browser=browser,
        idle_minutes=limits.idle_for(actor.roles()),
        created_at_utc=now_utc,
        last_seen_at_utc=now_utc,
        expires_at_utc=now_utc + timedelta(hours=limits.hours),
    )
    session.add(row)
    session.flush()
    if row.kind == "full":
        _note_sign_in(session, actor, account, now_utc)
    return OpenedSession(row.id, actor, key)


def _note_sign_in(session: Session, actor: Actor, account: Account, now_utc: datetime) -> None:
    account.last_signed_in_at_utc = now_utc
    record_event(session, actor, action="signed_in", subject=_subject(account.id), at_utc=now_utc)


def keep_values(session: Session, signed_in: SignedIn, values: Mapping[str, object]) -> None:
    """Write what the sign-in keeps in its session."""
    row = session.get_one(StaffSession, signed_in.id)
    row.values = json.dumps(dict(values))
    session.flush()


def note_second_factor(session: Session, signed_in: SignedIn) -> None:
    """Note that a second factor was set up, and proven, in this session."""
    session.get_one(StaffSession, signed_in.id).has_second_factor = True
    session.flush()


def remember_browser(session: Session, actor: Actor, *, key: str, now_utc: datetime) -> str:
    """Note that the actor has signed in from the browser that holds this key, and give back its new key.

    The key changes at every sign-in, for everybody whom the browser knows: one planted by a stranger is worth nothing.
    """
    new = new_key()
    moved = update(KnownBrowser).where(KnownBrowser.key_sha256 == fingerprint(key))
    session.execute(moved.values(key_sha256=fingerprint(new)).execution_options(synchronize_session=False))
    session.execute(
        insert_into(session, KnownBrowser)
        .values(account_id=actor.account_id, key_sha256=fingerprint(new), seen_at_utc=now_utc)
        .on_conflict_do_update(index_elements=["account_id", "key_sha256"], set_={"seen_at_utc": now_utc})
    )
    return new


def note_seen(session: Session, signed_in: SignedIn, now_utc: datetime) -> bool:
    """Push the idle limit of a live session on; true where something was written."""
    if now_utc - signed_in.last_seen_at_utc < SEEN_EVERY:
        return False
    still_open = StaffSession.ended_at_utc.is_(None)
    session.execute(
        update(StaffSession).where(StaffSession.id == signed_in.id, still_open).values(last_seen_at_utc=now_utc)
    )
    return True


def close_session(session: Session, signed_in: SignedIn, now_utc: datetime) -> None:
    """End the session of this browser: its key opens nothing again, whoever copied it."""
    ended = _end(session, now_utc, EndReason.SIGNED_OUT, StaffSession.id == signed_in.id)
    actor = find_actor(session, signed_in.account_id)
    if ended and actor is not None and signed_in.is_full:
        record_event(session, actor, action="signed_out", subject=_subject(actor.account_id), at_utc=now_utc)


def revoke_session(session: Session, actor: Actor, *, session_id: int, now_utc: datetime) -> bool:
    """End another session of one's own; false where the actor has no such session."""
    own = (StaffSession.id == session_id, StaffSession.account_id == actor.account_id)
    ended = _end(session, now_utc, EndReason.REVOKED, *own)
    if ended:
        subject = _subject(actor.account_id)
        record_event(session, actor, action="session_revoked", subject=subject, at_utc=now_utc)
    return ended > 0


def end_sessions(
    session: Session,
    actor: Actor,
    *,
    account_id: int,
    reason: EndReason,
    now_utc: datetime,
    but: int | None = None,
) -> int:
    """End every session of an account, but for the one named; how many were ended.

    Whoever changes a password, a role or a second factor, or closes an account, calls this in the same transaction.
    """
    others = (StaffSession.account_id == account_id,) + ((StaffSession.id != but,) if but is not None else ())
    ended = _end(session, now_utc, reason, *others)
    if ended:
        facts = {"reason": reason.value, "count": ended}
        record_event(session, actor, action="sessions_ended", subject=_subject(account_id), at_utc=now_utc, after=facts)
    return ended


def _end(session: Session, now_utc: datetime, reason: EndReason, *which: ColumnElement[bool]) -> int:
    """End the open sessions among these; how many there were."""
    ending = (
        update(StaffSession)
        .where(StaffSession.ended_at_utc.is_(None), *which)
        .values(ended_at_utc=now_utc, end_reason=reason.value)
        .returning(StaffSession.id)
    )
    return len(session.scalars(ending).all())


def _subject(account_id: int) -> str:
    return f"account:{account_id}"
