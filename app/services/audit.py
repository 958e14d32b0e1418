"""Writing the audit log."""

import json
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.models.audit import AuditEvent


def record_event(
    session: Session,
    actor: Actor,
    *,
    action: str,
    subject: str,
    at_utc: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Add one row: who did what to which row, from which value to which."""
    session.add(
        AuditEvent(
            at_utc=at_utc,
            account_id=actor.account_id,
            action=action,
            subject=subject,
            before=_json(before),
            after=_json(after),
        )
    )
    session.flush()


def _json(values: Mapping[str, object] | None) -> str:
    return "" if values is None else json.dumps(values, ensure_ascii=False, sort_keys=True, default=str)
