"""A municipality's part in a round as its office meets it: where the round stands, and until when it may answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from app.domain.editions import Edition, Period
from app.domain.offices import Desk
from app.domain.stages import Stage
from app.models import editions
from app.models.places import Municipality
from app.models.replies import Letter, Notice
from app.queries.rows import value_of

Found = Row[editions.Edition, editions.Round, int, Municipality, datetime | None, datetime | None]


def find_desk(session: Session, edition: str, municipality: str, number: int) -> Desk | None:
    """One entry by its address, read afresh; None where the working tables have none. Two queries."""
    query = _desks().where(
        editions.Edition.slug == edition, Municipality.slug == municipality, editions.Round.number == number
    )
    return next(iter(_read(session, query)), None)


def list_desks(session: Session, edition: str, municipality: str) -> tuple[Desk, ...]:
    """The entries of a municipality in all rounds that have begun, newest first. Two queries."""
    begun = editions.Round.stage != Stage.PLANNED.value
    query = _desks().where(editions.Edition.slug == edition, Municipality.slug == municipality, begun)
    return _read(session, query.order_by(editions.Round.number.desc()))


def list_desks_of_round(session: Session, edition: str, number: int) -> tuple[Desk, ...]:
    """All entries of a round, by name. Two queries."""
    query = _desks().where(editions.Edition.slug == edition, editions.Round.number == number)
    return _read(session, query.order_by(Municipality.sort_key, Municipality.cvegeo))


def _desks() -> Select[editions.Edition, editions.Round, int, Municipality, datetime | None, datetime | None]:
    return (
        select(
            editions.Edition,
            editions.Round,
            editions.RoundEntry.id,
            Municipality,
            Notice.notified_at_utc,
            Notice.due_at_utc,
        )
        .join(editions.Round, editions.Round.edition_id == editions.Edition.id)
        .join(editions.RoundEntry, editions.RoundEntry.round_id == editions.Round.id)
        .join(Municipality, Municipality.id == editions.RoundEntry.municipality_id)
        .outerjoin(Notice, Notice.entry_id == editions.RoundEntry.id)
        .execution_options(populate_existing=True)
    )


def _read(
    session: Session,
    query: Select[editions.Edition, editions.Round, int, Municipality, datetime | None, datetime | None],
) -> tuple[Desk, ...]:
    rows = session.execute(query).all()
    sent = _late(session, [row[2] for row in rows])
    return tuple(_desk(row, sent.get(row[2], ())) for row in rows)


def _desk(row: Found, late: tuple[bool, ...]) -> Desk:
    edition, edition_round, entry_id, place, notified_at_utc, due_at_utc = row
    return Desk(
        edition=value_of(Edition, edition),
        edition_id=edition.id,
        round_id=edition_round.id,
        entry_id=entry_id,
        municipality_id=place.id,
        municipality=place.name,
        slug=place.slug,
        period=value_of(Period, edition_round),
        stage=Stage(edition_round.stage),
        notified_at_utc=notified_at_utc,
        due_at_utc=due_at_utc,
        late=late,
    )


def _late(session: Session, entry_ids: Sequence[int]) -> dict[int, tuple[bool, ...]]:
    """Of each letter of these entries whether it was late, oldest first."""
    query = select(Letter.entry_id, Letter.is_late).where(Letter.entry_id.in_(entry_ids))
    found: dict[int, tuple[bool, ...]] = {}
    for entry_id, is_late in session.execute(query.order_by(Letter.entry_id, Letter.number)):
        found[entry_id] = (*found.get(entry_id, ()), is_late)
    return found
