"""Reading who rates what, and who may not. Staff only: no public page reads these."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.duties import BarRow, Coverage, CoverageRow, DutySheet, Place, Rater, ThemeRow
from app.domain.permissions import Role
from app.models.accounts import Account, RoleGrant
from app.models.assignments import Assignment, Bar
from app.models.editions import Demand, Edition, EditionMunicipality, Organisation, Theme
from app.models.places import Municipality
from app.queries.drafts import find_edition

RATING_ROLES = (Role.EVALUATOR, Role.REVIEWER)


def list_places(session: Session, edition_id: int) -> tuple[Place, ...]:
    """The municipalities of an edition by name."""
    query = (
        select(Municipality.id, Municipality.slug, Municipality.name)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
        .where(EditionMunicipality.edition_id == edition_id)
        .order_by(Municipality.sort_key, Municipality.cvegeo)
    )
    return tuple(Place(*row) for row in session.execute(query))


def list_theme_rows(session: Session, edition_id: int) -> tuple[ThemeRow, ...]:
    """The themes of an edition in their order, each with the numbers of its demands."""
    demands: dict[int, list[int]] = {}
    numbers = select(Demand.theme_id, Demand.number).where(Demand.edition_id == edition_id).order_by(Demand.number)
    for theme_id, number in session.execute(numbers):
        demands.setdefault(theme_id, []).append(number)
    themes = session.scalars(select(Theme).where(Theme.edition_id == edition_id).order_by(Theme.position))
    return tuple(ThemeRow(row.id, row.key, row.name_es, row.name_en, tuple(demands.get(row.id, ()))) for row in themes)


def find_coverage(session: Session, slug: str) -> Coverage | None:
    """Who rates what in an edition, and what is nobody's; None where there is no such edition. Six statements."""
    edition = find_edition(session, slug)
    if edition is None:
        return None
    themes = list_theme_rows(session, edition.id)
    names: dict[tuple[int, int], list[str]] = {}
    query = (
        select(Assignment.municipality_id, Assignment.theme_id, Account.name)
        .join(Account, Account.id == Assignment.account_id)
        .join(Theme, Theme.id == Assignment.theme_id)
        .where(Theme.edition_id == edition.id)
        .order_by(Account.name, Account.id)
    )
    for place_id, theme_id, name in session.execute(query):
        names.setdefault((place_id, theme_id), []).append(name)
    rows = tuple(
        CoverageRow(place, tuple((theme, tuple(names.get((place.id, theme.id), ()))) for theme in themes))
        for place in list_places(session, edition.id)
    )
    return Coverage(list_raters(session, edition.id), rows)


def list_raters(session: Session, edition_id: int) -> tuple[Rater, ...]:
    """Who rates or reviews in an edition, by name. Three statements."""
    cells = _cells_by_account(session, edition_id)
    barred: dict[int, list[str]] = {}
    bars = (
        select(Bar.account_id, Municipality.name)
        .join(Municipality, Municipality.id == Bar.municipality_id)
        .where(Bar.edition_id == edition_id)
        .order_by(Municipality.sort_key)
    )
    for account_id, place in session.execute(bars):
        barred.setdefault(account_id, []).append(place)
    query = (
        select(Account.id, Account.name, RoleGrant.role, Organisation.name)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .outerjoin(Organisation, Organisation.id == RoleGrant.organisation_id)
        .where(RoleGrant.edition_id == edition_id, RoleGrant.role.in_(RATING_ROLES))
        .order_by(Account.name, Account.id, RoleGrant.role)
    )
    found: dict[int, Rater] = {}
    for account_id, name, role, institution in session.execute(query):
        before = found.get(account_id)
        found[account_id] = Rater(
            account_id=account_id,
            name=name,
            roles=(before.roles if before else frozenset()) | {Role(role)},
            institution=institution or (before.institution if before else ""),
            cells=cells.get(account_id, 0),
            barred=tuple(barred.get(account_id, ())),
        )
    return tuple(found.values())


def _cells_by_account(session: Session, edition_id: int) -> dict[int, int]:
    query = (
        select(Assignment.account_id)
        .join(Demand, Demand.theme_id == Assignment.theme_id)
        .where(Demand.edition_id == edition_id)
    )
    counts: dict[int, int] = {}
    for account_id in session.scalars(query):
        counts[account_id] = counts.get(account_id, 0) + 1
    return counts


def find_duty_sheet(session: Session, slug: str, account_id: int) -> DutySheet | None:
    """What can be assigned to an evaluator of the edition, and what is; None where she is none."""
    edition = find_edition(session, slug)
    raters = list_raters(session, edition.id) if edition else ()
    rater = next((row for row in raters if row.account_id == account_id and row.is_evaluator), None)
    if edition is None or rater is None:
        return None
    assigned = session.execute(
        select(Municipality.slug, Theme.key, Assignment.conflict_es)
        .join(Municipality, Municipality.id == Assignment.municipality_id)
        .join(Theme, Theme.id == Assignment.theme_id)
        .where(Assignment.account_id == account_id, Theme.edition_id == edition.id)
    ).all()
    organisations = session.execute(
        select(Organisation.key, Organisation.name)
        .where(Organisation.edition_id == edition.id)
        .order_by(Organisation.name)
    )
    return DutySheet(
        rater=rater,
        institution_key=find_institution(session, edition.id, account_id),
        places=list_places(session, edition.id),
        themes=list_theme_rows(session, edition.id),
        organisations=tuple((key, name) for key, name in organisations),
        assigned=frozenset((place, theme) for place, theme, _ in assigned),
        conflicts={place: conflict for place, _, conflict in assigned},
        barred=map_bars(session, edition.id, account_id),
    )


def find_institution(session: Session, edition_id: int, account_id: int) -> str:
    """The key of the organisation beside an evaluator's scores, or an empty text."""
    query = (
        select(Organisation.key)
        .join(RoleGrant, RoleGrant.organisation_id == Organisation.id)
        .where(RoleGrant.edition_id == edition_id, RoleGrant.account_id == account_id)
    )
    return session.scalar(query.where(RoleGrant.role == Role.EVALUATOR)) or ""


def map_bars(session: Session, edition_id: int, account_id: int) -> Mapping[str, str]:
    """The reasons for which somebody is barred, by municipality."""
    query = (
        select(Municipality.slug, Bar.reason)
        .join(Bar, Bar.municipality_id == Municipality.id)
        .where(Bar.edition_id == edition_id, Bar.account_id == account_id)
    )
    return {row.slug: row.reason for row in session.execute(query)}


def list_bars(session: Session, slug: str) -> tuple[BarRow, ...]:
    """Every bar of an edition, by person and municipality."""
    query = (
        select(Bar.id, Account.name, Municipality.name, Bar.reason)
        .join(Account, Account.id == Bar.account_id)
        .join(Municipality, Municipality.id == Bar.municipality_id)
        .join(Edition, Edition.id == Bar.edition_id)
        .where(Edition.slug == slug)
        .order_by(Account.name, Municipality.sort_key)
    )
    return tuple(BarRow(*row) for row in session.execute(query))


def find_bar(session: Session, edition_id: int, bar_id: int) -> Bar | None:
    """The row of a bar of an edition."""
    return session.scalar(select(Bar).where(Bar.id == bar_id, Bar.edition_id == edition_id))


def list_assignments(session: Session, edition_id: int, account_id: int) -> tuple[Assignment, ...]:
    """The rows of what is assigned to somebody in an edition."""
    query = (
        select(Assignment)
        .join(Theme, Theme.id == Assignment.theme_id)
        .where(Theme.edition_id == edition_id, Assignment.account_id == account_id)
        .order_by(Assignment.id)
    )
    return tuple(session.scalars(query))


def find_evaluator_grant(session: Session, edition_id: int, account_id: int) -> RoleGrant | None:
    """The row that makes somebody an evaluator of the edition."""
    query = select(RoleGrant).where(RoleGrant.edition_id == edition_id, RoleGrant.account_id == account_id)
    return session.scalar(query.where(RoleGrant.role == Role.EVALUATOR))


def find_organisation(session: Session, edition_id: int, key: str) -> Organisation | None:
    """The row of an organisation of the edition."""
    return session.scalar(select(Organisation).where(Organisation.edition_id == edition_id, Organisation.key == key))
