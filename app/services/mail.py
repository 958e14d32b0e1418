"""Writing mail into the outbox, in the transaction of the act that it tells of."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from app.domain.mail import Mail
from app.language import Language
from app.models.mail import OutboxMail


def queue_mail(
    session: Session, *, to_address: str, account_id: int | None, language: Language, mail: Mail, now_utc: datetime
) -> None:
    """Lay a mail into the outbox; ``flask mail send`` takes it from there once this transaction is committed."""
    _add(session, "letter", to_address, account_id, language, mail, now_utc)


def queue_new_password(session: Session, *, to_address: str, language: Language, now_utc: datetime) -> None:
    """Note that somebody asked for a new password. Whether the address is an account's is asked when it is sent."""
    if to_address.isprintable() and "@" in to_address:
        _add(session, "new_password", to_address[:254], None, language, Mail("", ""), now_utc)


def _add(
    session: Session,
    kind: str,
    to_address: str,
    account_id: int | None,
    language: Language,
    mail: Mail,
    now_utc: datetime,
) -> None:
    session.add(
        OutboxMail(
            message_id=uuid4().hex,
            kind=kind,
            to_address=to_address,
            account_id=account_id,
            language=language.code,
            subject=mail.subject,
            body=mail.body or None,
            created_at_utc=now_utc,
            due_at_utc=now_utc,
            sent_at_utc=None,
        )
    )
    session.flush()
