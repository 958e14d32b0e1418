"""Reading what organisers need to look after accounts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.people import EditionChoices, NewRole
from app.domain.permissions import Role
from app.models.accounts import Account, RoleGrant
from app.models.editions import Edition, EditionMunicipality, Organisation
from app.models.invitations import Invitation
from app.models.places import Municipality


@dataclass(frozen=True)
class PlaceOfRole:
    """Where a role belongs: the ids of its edition and, where the role has them, of municipality and organisation."""

    edition_id: int
    municipality_id: int | None
    organisation_id: int | None


def get_edition(session: Session, slug: str) -> Edition:
    """The working row of an edition."""
    return session.scalars(select(Edition).where(Edition.slug == slug)).one()


def find_demonstration(session: Session) -> EditionChoices | None:
    """The demonstration edition, the newest where there are several; or None."""
    query = select(Edition.slug).where(Edition.kind == "demonstration").order_by(Edition.starts_on.desc()).limit(1)
    slug = session.scalar(query)
    return find_edition_choices(session, slug) if slug is not None else None


def find_edition_choices(session: Session, slug: str) -> EditionChoices | None:
    """What an invitation to an edition may name; None where there is no such edition."""
    edition = session.scalar(select(Edition).where(Edition.slug == slug))
    if edition is None:
        return None
    places = session.execute(
        select(Municipality.slug, Municipality.name)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
        .where(EditionMunicipality.edition_id == edition.id)
        .order_by(Municipality.sort_key, Municipality.id)
    ).all()
    organisations = session.execute(
        select(Organisation.key, Organisation.name)
        .where(Organisation.edition_id == edition.id, Organisation.kind == "evaluator")
        .order_by(Organisation.id)
    ).all()
    return EditionChoices(
        edition.slug,
        edition.name_es,
        edition.name_en,
        edition.kind == "demonstration",
        tuple((slug, name) for slug, name in places),
        tuple((slug, name) for slug, name in organisations),
    )


def find_place_of_role(session: Session, new: NewRole) -> PlaceOfRole | None:
    """Where a new role belongs; None where edition, municipality or organisation do not fit it."""
    edition = session.scalar(select(Edition.id).where(Edition.slug == new.edition))
    if edition is None or (new.role is Role.OFFICE) != (new.municipality is not None):
        return None
    place = organisation = None
    if new.municipality is not None:
        place = session.scalar(
            select(Municipality.id)
            .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
            .where(EditionMunicipality.edition_id == edition, Municipality.slug == new.municipality)
        )
        if place is None:
            return None
    if new.role is Role.EVALUATOR and new.organisation is not None:
        organisation = session.scalar(
            select(Organisation.id).where(Organisation.edition_id == edition, Organisation.key == new.organisation)
        )
        if organisation is None:
            return None
    return PlaceOfRole(edition, place, organisation)


def list_grants(session: Session, account_id: int) -> list[tuple[RoleGrant, str]]:
    """Every role of an account with the address name of its edition, the newest last."""
    query = (
        select(RoleGrant, Edition.slug)
        .join(Edition, Edition.id == RoleGrant.edition_id)
        .where(RoleGrant.account_id == account_id)
        .order_by(RoleGrant.id)
    )
    return [(row, slug) for row, slug in session.execute(query)]


def count_other_organisers(session: Session, edition_id: int, account_id: int) -> int:
    """How many organisers an edition has who can sign in, beside this account."""
    query = (
        select(func.count(RoleGrant.id))
        .join(Account, Account.id == RoleGrant.account_id)
        .where(
            RoleGrant.edition_id == edition_id,
            RoleGrant.role == Role.ORGANISER.value,
            RoleGrant.account_id != account_id,
            Account.closed_at_utc.is_(None),
            Account.password.is_not(None),
        )
    )
    return session.scalars(query).one()


def find_invitation(session: Session, key_sha256: str, now_utc: datetime) -> Invitation | None:
    """The invitation behind a link that still works, of an account that is open and has no password yet."""
    query = (
        select(Invitation)
        .join(Account, Account.id == Invitation.account_id)
        .where(
            Invitation.key_sha256 == key_sha256,
            Invitation.used_at_utc.is_(None),
            Invitation.expires_at_utc > now_utc,
            Account.closed_at_utc.is_(None),
            Account.password.is_(None),
        )
        .with_for_update()
    )
    return session.scalar(query)
