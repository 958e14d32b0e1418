"""Keeping what somebody had typed when her session expired, until she has signed in again."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.domain.parking import worth_keeping
from app.models.sessions import ParkedForm

KEPT_FOR = timedelta(days=7)


def park_form(
    session: Session, *, account_id: int, path: str, pairs: Iterable[tuple[str, str]], now_utc: datetime
) -> bool:
    """Keep a form for the owner of an expired session; false where there was nothing worth keeping."""
    fields = worth_keeping(pairs)
    if not fields:
        return False
    session.execute(delete(ParkedForm).where(ParkedForm.account_id == account_id, ParkedForm.path == path))
    session.add(ParkedForm(account_id=account_id, path=path, fields=_json(fields), parked_at_utc=now_utc))
    session.flush()
    return True


def drop_parked_form(session: Session, *, account_id: int, form_id: int) -> None:
    """Forget a form of the account: it was sent again, or is not wanted any more."""
    session.execute(delete(ParkedForm).where(ParkedForm.id == form_id, ParkedForm.account_id == account_id))


def forget_parked_forms(session: Session, now_utc: datetime) -> None:
    """Forget what nobody came back for in a week."""
    session.execute(delete(ParkedForm).where(ParkedForm.parked_at_utc < now_utc - KEPT_FOR))


def _json(fields: tuple[tuple[str, str], ...]) -> str:
    """ASCII throughout: NUL and halves of characters are kept as they were typed, on every database."""
    return json.dumps(fields)
