"""People who do not exist, for the edition that does not either: to try the rooms of the staff on one's own machine."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.duties import NewDuties
from app.domain.errors import RuleBroken
from app.domain.people import EditionChoices, NewRole
from app.domain.permissions import NEEDS_SECOND_FACTOR, Actor, Role
from app.models.accounts import Account, RoleGrant
from app.queries.accounts import find_account_by_email
from app.queries.assignments import find_duty_sheet
from app.queries.people import find_place_of_role
from app.services.assignments import assign
from app.services.audit import record_event

DOMAIN = "demostracion.example"


@dataclass(frozen=True)
class Invented:
    """Somebody invented: her name, the first half of her address, and her role."""

    name: str
    address: str
    role: Role
    place: int | None = None
    """Which municipality of the edition, counted from 0, for an office."""

    @property
    def email(self) -> str:
        """The address with which she signs in. No mail ever arrives there."""
        return f"{self.address}@{DOMAIN}"


PEOPLE = (
    Invented("Olga Coordina", "coordinacion", Role.ORGANISER),
    Invented("Darío Suplente", "suplente", Role.DEPUTY),
    Invented("Eva Califica", "evaluacion", Role.EVALUATOR),
    Invented("Emilio Califica", "evaluacion2", Role.EVALUATOR),
    Invented("Rita Revisa", "revision", Role.REVIEWER),
    Invented("Lalo Enlace", "enlace", Role.OFFICE, 0),
    Invented("Lola Enlace", "enlace2", Role.OFFICE, 1),
)


def add_demonstration(
    session: Session,
    actor: Actor,
    *,
    edition: EditionChoices,
    password_hash: str,
    new_secret: Callable[[], str],
    now_utc: datetime,
) -> int:
    """Add the invented people who are missing, and give all of them this password; how many were added.

    Raise RuleBroken for a real edition: nobody invented works on one.
    """
    if not edition.is_demonstration:
        raise RuleBroken("demonstration-only", edition=edition.slug)
    added = 0
    for person in PEOPLE:
        account = find_account_by_email(session, person.email)
        if account is None:
            account = _account(session, person, new_secret, now_utc)
            _grant(session, account, person, edition, now_utc)
            if person.role is Role.EVALUATOR:
                _assign_everything(session, actor, account.id, edition, now_utc)
            facts = {"email": person.email, "role": person.role.value}
            record_event(
                session,
                actor,
                action="demonstration_account_added",
                subject=f"account:{account.id}",
                at_utc=now_utc,
                after=facts,
            )
            added += 1
        account.password = password_hash
    session.flush()
    return added


def _account(session: Session, person: Invented, new_secret: Callable[[], str], now_utc: datetime) -> Account:
    account = Account(
        kind="person", name=person.name, email=person.email, created_at_utc=now_utc, is_demonstration=True
    )
    if person.role in NEEDS_SECOND_FACTOR:
        account.tf_primary_method, account.tf_totp_secret = "authenticator", new_secret()
    session.add(account)
    session.flush()
    return account


def _grant(session: Session, account: Account, person: Invented, edition: EditionChoices, now_utc: datetime) -> None:
    municipality = edition.municipalities[person.place][0] if person.place is not None else None
    organisation = next((key for key, _ in edition.organisations), None) if person.role is Role.EVALUATOR else None
    place = find_place_of_role(session, NewRole(person.email, person.role, edition.slug, municipality, organisation))
    if place is not None:
        session.add(
            RoleGrant(
                account_id=account.id,
                edition_id=place.edition_id,
                municipality_id=place.municipality_id,
                organisation_id=place.organisation_id,
                role=person.role.value,
                granted_at_utc=now_utc,
            )
        )
        session.flush()


def _assign_everything(
    session: Session, actor: Actor, account_id: int, edition: EditionChoices, now_utc: datetime
) -> None:
    """Let an invented evaluator rate every municipality on every theme, as soon as a round opens."""
    sheet = find_duty_sheet(session, edition.slug, account_id)
    if sheet is not None:
        pairs = frozenset((place.slug, theme.key) for place in sheet.places for theme in sheet.themes)
        duties = NewDuties(account_id, pairs, sheet.institution_key)
        assign(session, actor, edition=edition.slug, new=duties, now_utc=now_utc)
