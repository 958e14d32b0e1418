"""Telling the organisers that a publication did not come about at the hour that was set."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.exports.mails import unpublished_mail
from app.language import LANGUAGES, SPANISH
from app.queries.deputies import find_edition_value
from app.queries.schedules import Due, list_organisers
from app.services.mail import queue_mail


def tell_organisers(session: Session, *, due: Due, cause: str, site_url: str, now_utc: datetime) -> int:
    """Lay a mail to every organiser of the edition into the outbox; how many."""
    edition = find_edition_value(session, due.edition)
    case = f"correcciones/{due.case}/" if due.case else ""
    link = f"{site_url}/coordinacion/{due.edition}/evaluaciones/{due.number}/{case}publicar/"
    organisers = list_organisers(session, due.edition)
    for account in organisers:
        language = LANGUAGES.get(account.language, SPANISH)
        mail = unpublished_mail(
            language,
            name=account.name,
            edition=edition.name_es if edition else due.edition,
            number=due.number,
            why=cause,
            link=link,
        )
        queue_mail(
            session,
            to_address=account.email or "",
            account_id=account.id,
            language=language,
            mail=mail,
            now_utc=now_utc,
        )
    return len(organisers)
