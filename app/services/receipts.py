"""Mailing the receipt of a letter to everybody who answers for the municipality."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.offices import Desk
from app.exports.receipts import receipt_mail
from app.language import LANGUAGES, SPANISH
from app.models.replies import Letter
from app.queries.liaisons import list_liaisons
from app.services.mail import queue_mail


def mail_receipt(session: Session, *, desk: Desk, letter: Letter, address: str, now_utc: datetime) -> None:
    """Lay one mail for each liaison into the outbox; ``address`` is the receipt's page."""
    for account in list_liaisons(session, desk.edition_id, desk.municipality_id):
        language = LANGUAGES.get(account.language, SPANISH)
        mail = receipt_mail(
            language,
            edition=desk.edition,
            place=desk.municipality,
            number=letter.number,
            code=letter.code,
            sent_at_utc=letter.submitted_at_utc,
            address=address,
        )
        queue_mail(
            session,
            to_address=account.email or "",
            account_id=account.id,
            language=language,
            mail=mail,
            now_utc=now_utc,
        )
