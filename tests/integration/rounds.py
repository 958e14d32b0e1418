"""A round of the valley on its way, quickly: cells handed in and approved, letters sent."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.cells import ReviewKind
from app.domain.scores import Score as Points
from app.models.cells import Review, Submission
from app.models.editions import Demand, Edition, Round, RoundEntry
from app.models.replies import Letter
from app.models.scores import Score
from app.queries.cells import find_cell
from app.services.texts import keep_text, new_salt
from tests.staff import AT


def entries_of(session: Session, slug: str, number: int) -> list[RoundEntry]:
    query = (
        select(RoundEntry)
        .join(Round, Round.id == RoundEntry.round_id)
        .join(Edition, Edition.id == Round.edition_id)
        .where(Edition.slug == slug, Round.number == number)
        .order_by(RoundEntry.id)
    )
    return list(session.scalars(query))


def resolve(session: Session, slug: str, number: int, people: dict[str, int], *, approve: bool) -> None:
    """Hand in every cell of a round (7 where there is none), and approve it."""
    demands = list(
        session.scalars(select(Demand.id).join(Edition, Edition.id == Demand.edition_id).where(Edition.slug == slug))
    )
    for entry in entries_of(session, slug, number):
        for demand_id in demands:
            resolve_cell(session, entry.id, demand_id, people, approve=approve)
    session.flush()


def resolve_cell(session: Session, entry_id: int, demand_id: int, people: dict[str, int], *, approve: bool) -> None:
    cell = find_cell(session, entry_id, demand_id)
    score_id = cell.score_id if cell else _new_score(session, entry_id, demand_id, people["eva"])
    if session.get(Submission, score_id) is None:
        session.add(Submission(score_id=score_id, account_id=people["eva"], submitted_at_utc=AT))
    if approve:
        approval = ReviewKind.APPROVE.value
        session.add(Review(score_id=score_id, kind=approval, words="", account_id=people["rita"], reviewed_at_utc=AT))
    session.flush()


def _new_score(session: Session, entry_id: int, demand_id: int, account_id: int) -> int:
    row = Score(
        entry_id=entry_id,
        demand_id=demand_id,
        revision=1,
        value_tenths=Points(70).tenths,
        absence=None,
        account_id=account_id,
        recorded_at_utc=AT,
    )
    session.add(row)
    session.flush()
    return row.id


def answer(session: Session, entry_id: int, account_id: int, at_utc: datetime) -> None:
    """A letter without a word on any demand."""
    salt = new_salt()
    session.add(
        Letter(
            entry_id=entry_id,
            number=1,
            code=f"{entry_id:016d}",
            words_sha256=None,
            signatory_sha256=keep_text(session, "Ana Alba", salt),
            position_sha256=keep_text(session, "Alcaldesa", salt),
            submitted_at_utc=at_utc,
            is_late=False,
            account_id=account_id,
        )
    )
    session.flush()
