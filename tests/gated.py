"""Round 3 of the valley on its way to publication: rated, approved, waiting for two signatures."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.gates import GateKey
from app.domain.permissions import Actor
from app.domain.scores import Rating, Score
from app.models.cells import Review, Submission
from app.models.editions import Demand, Edition, Round, RoundEntry
from app.models.places import Municipality
from app.queries.cells import find_cell
from app.queries.gates import Gate, find_gate
from app.services import gates
from app.services.scores import NewEvidence, NewScore, record_score
from tests.staff import actor_of, settle

SLUG = "valle-2020-2023"
ROUND = 3
NOW = datetime(2021, 6, 1, 18, tzinfo=UTC)
RATED_AT = datetime(2021, 5, 20, 18, tzinfo=UTC)
SITE = "https://alcalde.example"
REASON = "Se contó en el acta de mayo."
RATINGS = {
    ("98001", 1): "9",
    ("98001", 2): "7",
    ("98001", 3): "3",
    ("98002", 1): "7",
    ("98002", 2): "7.1",
    ("98002", 3): "9",
    ("98003", 1): "8",
    ("98003", 2): "8",
    ("98003", 3): "6",
}


def round_row(session: Session, slug: str = SLUG, number: int = ROUND) -> Round:
    query = select(Round).join(Edition, Edition.id == Round.edition_id)
    return session.scalars(query.where(Edition.slug == slug, Round.number == number)).one()


def cell_ids(session: Session, number: int, cvegeo: str, demand: int, slug: str = SLUG) -> tuple[int, int]:
    row = round_row(session, slug, number)
    entry = session.scalars(
        select(RoundEntry.id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .where(RoundEntry.round_id == row.id, Municipality.cvegeo == cvegeo)
    ).one()
    demands = select(Demand.id).where(Demand.edition_id == row.edition_id, Demand.number == demand)
    return entry, session.scalars(demands).one()


def rate(
    session: Session,
    actor: Actor,
    cell: tuple[int, int],
    rating: Rating,
    reason: str = REASON,
    evidence: tuple[NewEvidence, ...] = (),
) -> int:
    """Write a revision through the service; give its number."""
    before = find_cell(session, *cell)
    new = NewScore(cell[0], cell[1], before.revision if before else 0, rating, reason, evidence=evidence)
    return record_score(session, actor, new=new, now_utc=RATED_AT)


def approve(session: Session, reviewer: int, cell: tuple[int, int]) -> None:
    found = find_cell(session, *cell)
    assert found is not None
    session.add(Submission(score_id=found.score_id, account_id=found.account_id, submitted_at_utc=RATED_AT))
    session.flush()
    session.add(Review(score_id=found.score_id, kind="approve", account_id=reviewer, reviewed_at_utc=RATED_AT))
    session.flush()


def ready(session: Session) -> dict[str, int]:
    """Give the valley its people, rate and approve all of round 3 and lead it to the decision; the account ids."""
    ids = settle(session, SLUG)
    eva = actor_of(session, ids["eva"])
    for (cvegeo, demand), text in RATINGS.items():
        cell = cell_ids(session, ROUND, cvegeo, demand)
        rate(session, eva, cell, Score.from_text(text))
        approve(session, ids["rita"], cell)
    round_row(session).stage = "decision"
    session.flush()
    return ids


def gate(session: Session, number: int = ROUND, case: int | None = None) -> Gate:
    found = find_gate(session, GateKey(SLUG, number, case), NOW)
    assert found is not None
    return found


def sign(session: Session, account_id: int, number: int = ROUND, case: int | None = None, digest: str = "") -> None:
    """Sign what the gate shows now, or another digest."""
    seen = digest or gate(session, number, case).digest
    who = actor_of(session, account_id)
    gates.sign(session, who, key=GateKey(SLUG, number, case), digest=seen, site_url=SITE, now_utc=NOW)
