"""Reading the outbox."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.mail import OutboxMail


def next_mail_due(session: Session, now_utc: datetime) -> OutboxMail | None:
    """The mail that has waited longest, locked for whoever asks; others skip it. None where nothing is due."""
    query = (
        select(OutboxMail)
        .where(OutboxMail.due_at_utc <= now_utc)
        .order_by(OutboxMail.due_at_utc, OutboxMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return session.scalar(query)


def count_waiting_mail(session: Session) -> int:
    """How many mails have not gone yet."""
    return session.scalars(select(func.count()).where(OutboxMail.sent_at_utc.is_(None))).one()
