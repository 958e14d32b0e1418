"""A round of the valley that waits for its municipalities: every cell approved, notices sent."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.cells import ReviewKind
from app.domain.letters import Signing, TypedReply, Writing
from app.domain.replies import Stance
from app.domain.scores import Rating, Score
from app.domain.stages import Stage
from app.models import editions
from app.models.cells import Review, Submission
from app.models.replies import Letter, Notice
from app.models.scores import Score as ScoreRow
from app.queries.cells import find_cell
from app.queries.desks import find_desk
from app.queries.office_sheets import find_office_sheet
from app.services.letters import Seat, save_drafts, send_letter
from app.services.scores import NewEvidence, NewScore, record_score
from tests import staff
from tests.integration.sealing import SLUG

ROUND = 3
NOTIFIED = datetime(2021, 5, 12, 17, tzinfo=UTC)
DUE = datetime(2021, 5, 19, 23, tzinfo=UTC)
"""18:00 in Monterrey."""
BEFORE = datetime(2021, 5, 18, 15, tzinfo=UTC)
AFTER = datetime(2021, 5, 20, 15, tzinfo=UTC)
ALBA = Seat(SLUG, "alba", ROUND)
BRISA = Seat(SLUG, "brisa", ROUND)
NANDU = Seat(SLUG, "nandu", ROUND)
SIGNED = Signing("Sara Firma", "Síndica", "Agradecemos la revisión.")
PLACES = ("alba", "brisa", "nandu")


def open_replies(session: Session) -> dict[str, int]:
    """The valley's people at work, its third round in stage reply, Alba and Brisa notified, Ñandú not."""
    people = staff.settle(session, SLUG)
    for number, place in enumerate(PLACES):
        for demand in (1, 2, 3):
            approve(session, people, Seat(SLUG, place, ROUND), demand, Score(40 + 10 * number + demand))
    move(session, Stage.REPLY)
    for seat in (ALBA, BRISA):
        desk = find_desk(session, seat.edition, seat.municipality, seat.number)
        assert desk is not None
        session.add(Notice(entry_id=desk.entry_id, notified_at_utc=NOTIFIED, due_at_utc=DUE, account_id=people["olga"]))
    session.flush()
    return people


def approve(
    session: Session,
    people: dict[str, int],
    seat: Seat,
    demand: int,
    rating: Rating,
    *evidence: NewEvidence,
) -> None:
    """Rate, hand in and approve one cell; its words bear the names of municipality and demand."""
    entry_id, demand_id = ids(session, seat, demand)
    before = find_cell(session, entry_id, demand_id)
    marker = f"{seat.municipality}-{demand}"
    new = NewScore(
        entry_id=entry_id,
        demand_id=demand_id,
        base_revision=before.revision if before else 0,
        rating=rating,
        reason=f"MOTIVO-{marker}",
        institution="Colegio de Alba",
        note=f"NOTA-{marker}",
        evidence=[NewEvidence(f"PRUEBA-{marker}", f"https://ejemplo.invalid/{marker}", NOTIFIED.date()), *evidence],
    )
    revision = record_score(session, staff.actor_of(session, people["eva"]), new=new, now_utc=staff.AT)
    score_id = score_of(session, seat, demand, revision).id
    session.add(Submission(score_id=score_id, account_id=people["eva"], submitted_at_utc=staff.AT))
    session.add(
        Review(score_id=score_id, kind=ReviewKind.APPROVE.value, account_id=people["rita"], reviewed_at_utc=staff.AT)
    )
    session.flush()


def ids(session: Session, seat: Seat, demand: int) -> tuple[int, int]:
    """The ids of a municipality's entry and of a demand."""
    desk = find_desk(session, seat.edition, seat.municipality, seat.number)
    assert desk is not None
    demands = select(editions.Demand.id).where(
        editions.Demand.edition_id == desk.edition_id, editions.Demand.number == demand
    )
    return desk.entry_id, session.scalars(demands).one()


def score_of(session: Session, seat: Seat, demand: int, revision: int) -> ScoreRow:
    """One revision of a score."""
    entry_id, demand_id = ids(session, seat, demand)
    query = select(ScoreRow).where(ScoreRow.entry_id == entry_id, ScoreRow.demand_id == demand_id)
    return session.scalars(query.where(ScoreRow.revision == revision)).one()


def move(session: Session, stage: Stage) -> None:
    """Put the round into a stage."""
    of_valley = select(editions.Edition.id).where(editions.Edition.slug == SLUG).scalar_subquery()
    query = select(editions.Round).where(editions.Round.edition_id == of_valley, editions.Round.number == ROUND)
    session.scalars(query).one().stage = stage.value
    session.flush()


def asking(requested: str = "7,5", reason: str = "Faltó contar una lista.") -> TypedReply:
    """A request for a correction, as typed."""
    return TypedReply(Stance.CORRECTION, requested, reason, "Lista", "https://alba.example/lista.pdf")


AGREED = TypedReply(Stance.AGREE)
BLANK = TypedReply().fingerprint


def write(session: Session, account_id: int, seat: Seat, **typed: TypedReply) -> int:
    """Save what is typed over what is stored now; ``d1`` is the first demand."""
    sheet = find_office_sheet(session, seat.edition, seat.municipality, seat.number)
    assert sheet is not None
    known = {score.demand.number: score.typed.fingerprint for score in sheet.scores}
    writings = {int(key[1:]): Writing(known[int(key[1:])], row) for key, row in typed.items()}
    actor = staff.actor_of(session, account_id)
    return save_drafts(session, actor, seat=seat, writings=writings, now_utc=BEFORE)


def send(
    session: Session, account_id: int, seat: Seat, *, now_utc: datetime = BEFORE, signing: Signing = SIGNED
) -> Letter:
    """Send what is written."""
    sheet = find_office_sheet(session, seat.edition, seat.municipality, seat.number)
    assert sheet is not None
    actor = staff.actor_of(session, account_id)
    return send_letter(
        session, actor, seat=seat, signing=signing, seen=sheet.digest, address_of=address_of, now_utc=now_utc
    )


def address_of(letter: int) -> str:
    """Where a receipt would be."""
    return f"https://alcalde.example/recibo/{letter}"
