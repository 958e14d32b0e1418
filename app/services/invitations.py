"""Inviting people to an edition, and the way in with the link of an invitation."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.domain.people import InvitationRefused, NewRole
from app.domain.permissions import Actor, Permission, Role, clashes, require
from app.domain.sessions import EndReason
from app.domain.signatures import SIGNING_ROLES
from app.exports.mails import invitation_mail, role_mail
from app.language import LANGUAGES, SPANISH, Language
from app.models.accounts import Account, RoleGrant, new_uniquifier
from app.models.invitations import Invitation
from app.queries.accounts import find_account_by_email, find_actor
from app.queries.locks import lock_account
from app.queries.people import find_invitation, find_place_of_role, get_edition, list_grants
from app.services.audit import record_event
from app.services.keys import fingerprint, new_key
from app.services.mail import queue_mail
from app.services.people import get_manageable
from app.services.sessions import end_sessions
from app.services.signers import NewPower, tell_of_power

N_ = str
VALID_FOR = timedelta(days=7)


def invite(
    session: Session, actor: Actor, *, new: NewRole, site_url: str, language: Language, now_utc: datetime
) -> int:
    """Give somebody a role and write to her; who has no account yet gets one, and a link to take it up. Her id.

    Where the role may sign, all others who may are told.
    """
    require(actor, Permission.MANAGE_ACCOUNTS, new.edition)
    account = find_account_by_email(session, new.email) or _new_account(session, new.email, language, now_utc)
    if account.closed_at_utc is not None:
        raise InvitationRefused("account-closed")
    _grant(session, actor, account, new, now_utc)
    _write(session, actor, account, edition=new.edition, role=new.role, site_url=site_url, now_utc=now_utc)
    if new.role in SIGNING_ROLES:
        power = NewPower(new.edition, account, new.role)
        tell_of_power(session, actor, power=power, site_url=site_url, now_utc=now_utc)
    return account.id


def invite_again(session: Session, actor: Actor, *, account_id: int, site_url: str, now_utc: datetime) -> None:
    """Send a new link to somebody who has not taken up the invitation; older links die."""
    account = get_manageable(session, actor, account_id)
    if account.password is not None:
        raise InvitationRefused("already-taken-up")
    row, edition = list_grants(session, account_id)[-1]
    _write(session, actor, account, edition=edition, role=Role(row.role), site_url=site_url, now_utc=now_utc)
    record_event(session, actor, action="invited_again", subject=f"account:{account_id}", at_utc=now_utc)


def take_up_invitation(
    session: Session, *, key: str, name: str, password_hash: str, language: Language, now_utc: datetime
) -> None:
    """Set name and password by a link that works once; raise InvitationRefused where it is dead."""
    found = find_invitation(session, fingerprint(key), now_utc)
    if found is None:
        raise InvitationRefused("link-dead")
    account = session.get_one(Account, found.account_id)
    account.name, account.password, account.fs_uniquifier = name, password_hash, new_uniquifier()
    account.language = language.code
    found.used_at_utc = now_utc
    session.flush()
    actor = find_actor(session, account.id) or Actor(account.id, name)
    record_event(session, actor, action="invitation_taken_up", subject=f"account:{account.id}", at_utc=now_utc)


def _new_account(session: Session, email: str, language: Language, now_utc: datetime) -> Account:
    name = email.partition("@")[0]
    account = Account(kind="person", name=name, email=email, created_at_utc=now_utc, language=language.code)
    session.add(account)
    session.flush()
    return account


def _grant(session: Session, actor: Actor, account: Account, new: NewRole, now_utc: datetime) -> None:
    lock_account(session, account.id)  # two who give her roles at once would put her on both sides
    held = [Role(row.role) for row, edition in list_grants(session, account.id) if edition == new.edition]
    if clashes([*held, new.role]):
        raise InvitationRefused("both-sides")
    place = find_place_of_role(session, new)
    if place is None:
        raise InvitationRefused("place-of-role")
    if account.is_demonstration and get_edition(session, new.edition).kind != "demonstration":
        raise InvitationRefused("demonstration-only")
    if any(
        row.role == new.role and row.municipality_id == place.municipality_id
        for row, edition in list_grants(session, account.id)
        if edition == new.edition
    ):
        raise InvitationRefused("already-granted")
    session.add(
        RoleGrant(
            account_id=account.id,
            edition_id=place.edition_id,
            municipality_id=place.municipality_id,
            organisation_id=place.organisation_id,
            role=new.role.value,
            granted_at_utc=now_utc,
        )
    )
    session.flush()
    facts = {"role": new.role.value, "edition": new.edition, "municipality": new.municipality, "email": account.email}
    record_event(session, actor, action="role_granted", subject=f"account:{account.id}", at_utc=now_utc, after=facts)
    end_sessions(session, actor, account_id=account.id, reason=EndReason.ROLES, now_utc=now_utc)


def _write(
    session: Session, actor: Actor, account: Account, *, edition: str, role: Role, site_url: str, now_utc: datetime
) -> None:
    language = LANGUAGES.get(account.language, SPANISH)
    name = get_edition(session, edition).name_es
    inviter = language.gettext(N_("Quien administra el sitio")) if actor.is_system else actor.name
    if account.password is None:
        link = f"{site_url}/acceso/invitacion/?enlace={_new_link(session, account, now_utc)}"
        mail = invitation_mail(language, inviter=inviter, edition=name, role=role, link=link)
    else:
        link = f"{site_url}/acceso/"
        mail = role_mail(language, name=account.name, inviter=inviter, edition=name, role=role, link=link)
    queue_mail(
        session,
        to_address=account.email or "",
        account_id=account.id,
        language=language,
        mail=mail,
        now_utc=now_utc,
    )


def _new_link(session: Session, account: Account, now_utc: datetime) -> str:
    session.execute(delete(Invitation).where(Invitation.account_id == account.id, Invitation.used_at_utc.is_(None)))
    key = new_key()
    session.add(
        Invitation(
            account_id=account.id,
            key_sha256=fingerprint(key),
            created_at_utc=now_utc,
            expires_at_utc=now_utc + VALID_FOR,
            used_at_utc=None,
        )
    )
    session.flush()
    return key
