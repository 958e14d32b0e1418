"""Reading the hours that were set for publications."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.permissions import Role
from app.models.accounts import Account, RoleGrant
from app.models.editions import Edition, Round
from app.models.signatures import ScheduledPublication

WAITING = "waiting"


@dataclass(frozen=True)
class Schedule:
    """The hour that was set last: waiting, or refused when it came, with the cause (a code)."""

    id: int
    publish_at_utc: datetime
    state: str
    cause: str
    digest: str
    set_by: str


@dataclass(frozen=True)
class Due:
    """A waiting publication whose hour has come."""

    schedule_id: int
    edition: str
    number: int
    case: int | None
    publish_at_utc: datetime


def find_schedule(session: Session, round_id: int, case: int | None) -> Schedule | None:
    """The hour set last for a round or a correction, whatever became of it; None where none ever was."""
    query = (
        select(ScheduledPublication, Account.name)
        .join(Account, Account.id == ScheduledPublication.account_id)
        .where(
            ScheduledPublication.round_id == round_id,
            ScheduledPublication.correction_id.is_not_distinct_from(case),
        )
        .order_by(ScheduledPublication.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row, name = found
    return Schedule(row.id, row.publish_at_utc, row.state, row.cause, row.digest, name)


def find_schedule_row(session: Session, schedule_id: int) -> ScheduledPublication | None:
    """The row of a scheduled publication, as it is now."""
    query = select(ScheduledPublication).where(ScheduledPublication.id == schedule_id)
    return session.scalar(query.execution_options(populate_existing=True))


def list_due(session: Session, now_utc: datetime) -> tuple[Due, ...]:
    """The waiting publications whose hour has come, the earliest first."""
    query = (
        select(ScheduledPublication, Edition.slug, Round.number)
        .join(Round, Round.id == ScheduledPublication.round_id)
        .join(Edition, Edition.id == Round.edition_id)
        .where(ScheduledPublication.state == WAITING, ScheduledPublication.publish_at_utc <= now_utc)
        .order_by(ScheduledPublication.publish_at_utc, ScheduledPublication.id)
    )
    rows = session.execute(query)
    return tuple(Due(row.id, slug, number, row.correction_id, row.publish_at_utc) for row, slug, number in rows)


def is_worked_on(session: Session, slug: str) -> bool:
    """Whether people hold roles in the edition: then its rounds are published by their signatures only."""
    query = select(RoleGrant.id).join(Edition, Edition.id == RoleGrant.edition_id).where(Edition.slug == slug).limit(1)
    return session.scalar(query) is not None


def list_organisers(session: Session, slug: str) -> tuple[Account, ...]:
    """The organisers of an edition, by name."""
    query = (
        select(Account)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .join(Edition, Edition.id == RoleGrant.edition_id)
        .where(Edition.slug == slug, RoleGrant.role == Role.ORGANISER.value)
        .order_by(Account.name, Account.id)
    )
    return tuple(session.scalars(query))
