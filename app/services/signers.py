"""Telling everybody who may sign in an edition that one more may, or that somebody has signed first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.gates import GateKey
from app.domain.mail import Mail
from app.domain.permissions import Actor, Role
from app.domain.signatures import named_in_mail
from app.exports.mails import power_mail, signature_mail, withdrawal_mail
from app.language import LANGUAGES, SPANISH, Language
from app.models.accounts import Account
from app.queries.accounts import find_actor
from app.queries.drafts import find_edition
from app.queries.signers import list_signers
from app.services.mail import queue_mail

N_ = str
UNNAMED = N_("alguien que también califica")


@dataclass(frozen=True)
class NewPower:
    """In which edition which account may sign now, and as what."""

    edition: str
    account: Account
    role: Role


def tell_of_power(session: Session, actor: Actor, *, power: NewPower, site_url: str, now_utc: datetime) -> None:
    """Lay a mail to every other signer into the outbox: who may sign now, and who let her."""
    account, edition = power.account, power.edition
    person = find_actor(session, account.id)
    is_named = person is not None and named_in_mail(person)

    def _mail(language: Language, name: str) -> Mail:
        return power_mail(
            language,
            name=name,
            giver=_name(language, actor),
            receiver=f"{account.name} ({account.email})" if is_named else language.gettext(UNNAMED),
            edition=_edition_name(session, edition),
            role=power.role,
            link=f"{site_url}/coordinacion/{edition}/",
        )

    _tell(session, edition, account.id, _mail, now_utc)


def tell_of_signature(session: Session, actor: Actor, *, key: GateKey, site_url: str, now_utc: datetime) -> None:
    """Lay a mail to every other signer into the outbox: what was signed by one, and waits for another."""
    case = f"correcciones/{key.case}/" if key.case else ""
    link = f"{site_url}/coordinacion/{key.edition}/evaluaciones/{key.number}/{case}publicar/"

    def _mail(language: Language, name: str) -> Mail:
        return signature_mail(
            language,
            name=name,
            signer=_name(language, actor),
            edition=_edition_name(session, key.edition),
            number=key.number,
            is_correction=key.case is not None,
            link=link,
        )

    _tell(session, key.edition, actor.account_id, _mail, now_utc)


def tell_of_withdrawal(
    session: Session, actor: Actor, *, edition: str, number: int, site_url: str, now_utc: datetime
) -> None:
    """Lay a mail to every other signer into the outbox: one asks for a text to go, and another has to confirm it."""
    part = f"evaluaciones/{number}/retiros/" if number else "retiros/"

    def _mail(language: Language, name: str) -> Mail:
        return withdrawal_mail(
            language,
            name=name,
            signer=_name(language, actor),
            edition=_edition_name(session, edition),
            link=f"{site_url}/coordinacion/{edition}/{part}",
        )

    _tell(session, edition, actor.account_id, _mail, now_utc)


def _name(language: Language, actor: Actor) -> str:
    if actor.is_system:
        return language.gettext(N_("Quien administra el sitio"))
    return actor.name if named_in_mail(actor) else language.gettext(UNNAMED)


def _edition_name(session: Session, slug: str) -> str:
    edition = find_edition(session, slug)
    return edition.name_es if edition else slug


def _tell(
    session: Session, edition: str, of: int, mail_for: Callable[[Language, str], Mail], now_utc: datetime
) -> None:
    """One mail to each signer but the one whom it is about, in her language."""
    for account in list_signers(session, edition):
        if account.id == of or account.email is None:
            continue
        language = LANGUAGES.get(account.language, SPANISH)
        queue_mail(
            session,
            to_address=account.email,
            account_id=account.id,
            language=language,
            mail=mail_for(language, account.name),
            now_utc=now_utc,
        )
