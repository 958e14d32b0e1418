"""Reading rounds at work. Staff only: no public page reads these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.domain.cells import CellState
from app.domain.editions import Mandate
from app.domain.rounds import RESOLVED, CellAtWork, Obstacle, PartAtWork, Progress, RoundAtWork, lacking_of
from app.domain.stages import Stage
from app.models.accounts import Account
from app.models.assignments import Assignment
from app.models.editions import Demand, Edition, EditionMunicipality, Round, RoundEntry
from app.models.mandates import Mandate as MandateRow
from app.models.places import Municipality
from app.models.replies import Letter, Notice
from app.models.signatures import ScheduledPublication
from app.queries import drafts
from app.queries.cells import Cell, get_cells
from app.queries.liaisons import count_liaisons
from app.queries.rows import value_of


@dataclass(frozen=True)
class RoundLine:
    """One round of an edition's calendar with its stage."""

    number: int
    starts_on: date
    ends_on: date
    publication_due_on: date | None
    stage: Stage
    reply_due_at_utc: datetime | None


def list_rounds(session: Session, slug: str) -> tuple[RoundLine, ...]:
    """The calendar of an edition, in the order of its rounds."""
    query = select(Round).join(Edition, Edition.id == Round.edition_id).where(Edition.slug == slug)
    rows = session.scalars(query.order_by(Round.number))
    return tuple(
        RoundLine(
            row.number, row.starts_on, row.ends_on, row.publication_due_on, Stage(row.stage), row.reply_due_at_utc
        )
        for row in rows
    )


def find_round_at_work(session: Session, slug: str, number: int) -> RoundAtWork | None:
    """A round with all its parts, or None where there is none. A fixed number of statements."""
    edition = drafts.find_edition(session, slug)
    row = drafts.find_round(session, edition.id, number) if edition else None
    if edition is None or row is None:
        return None
    return RoundAtWork(
        edition=slug,
        number=number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        stage=Stage(row.stage),
        parts=_parts(session, edition.id, row.id),
        publication_due_on=row.publication_due_on,
        reply_due_at_utc=row.reply_due_at_utc,
        is_scheduled=_is_scheduled(session, row.id),
        lacking=_lacking(session, edition, row) if row.stage == Stage.PLANNED else (),
    )


def _lacking(session: Session, edition: Edition, row: Round) -> tuple[Obstacle, ...]:
    mandates = [value_of(Mandate, held, cvegeo=cvegeo) for cvegeo, held in drafts.list_mandates(session, edition)]
    return lacking_of(drafts.get_edition_content(session, edition, row.ends_on), mandates, row.ends_on)


def _is_scheduled(session: Session, round_id: int) -> bool:
    waiting = (ScheduledPublication.round_id == round_id) & (ScheduledPublication.state == "waiting")
    return session.scalar(select(ScheduledPublication.id).where(waiting).limit(1)) is not None


def _parts(session: Session, edition_id: int, round_id: int) -> tuple[PartAtWork, ...]:
    numbers = list_demand_numbers(session, edition_id)
    cells = get_cells(session, round_id)
    liaisons = count_liaisons(session, edition_id)
    of_round = select(RoundEntry.id).where(RoundEntry.round_id == round_id)
    notices = {row.entry_id: row for row in session.scalars(select(Notice).where(Notice.entry_id.in_(of_round)))}
    answered = _first_letters(session, of_round)
    parts = []
    for entry in session.scalars(_entries(round_id)):
        notice = notices.get(entry.id)
        parts.append(
            PartAtWork(
                entry_id=entry.id,
                cvegeo=entry.municipality.cvegeo,
                slug=entry.municipality.slug,
                name=entry.municipality.name,
                mayor=entry.mandate.mayor,
                cells={number: _state(cells, entry.id, demand_id) for demand_id, number in numbers.items()},
                liaisons=liaisons.get(entry.municipality_id, 0),
                notified_at_utc=notice.notified_at_utc if notice else None,
                due_at_utc=notice.due_at_utc if notice else None,
                answered_at_utc=answered.get(entry.id),
            )
        )
    return tuple(parts)


def _state(cells: Mapping[tuple[int, int], Cell], entry_id: int, demand_id: int) -> CellState:
    cell = cells.get((entry_id, demand_id))
    return cell.state if cell else CellState.EMPTY


def list_demand_numbers(session: Session, edition_id: int) -> dict[int, int]:
    """The numbers of an edition's demands by their ids, in their order."""
    query = select(Demand.id, Demand.number).where(Demand.edition_id == edition_id).order_by(Demand.number)
    return {row.id: row.number for row in session.execute(query)}


def _first_letters(session: Session, entries: Select[int]) -> dict[int, datetime]:
    query = (
        select(Letter.entry_id, func.min(Letter.submitted_at_utc).label("first_at_utc"))
        .where(Letter.entry_id.in_(entries))
        .group_by(Letter.entry_id)
    )
    return {row.entry_id: row.first_at_utc for row in session.execute(query)}


def _entries(round_id: int) -> Select[RoundEntry]:
    return (
        select(RoundEntry)
        .join(RoundEntry.municipality)
        .where(RoundEntry.round_id == round_id)
        .options(joinedload(RoundEntry.municipality), joinedload(RoundEntry.mandate))
        .order_by(Municipality.sort_key, Municipality.cvegeo)
    )


def list_progress(session: Session, at_work: RoundAtWork) -> tuple[Progress, ...]:
    """Each evaluator with the cells assigned to her that are still to be handed in, the most first. One statement."""
    states = {(part.slug, demand): state for part in at_work.parts for demand, state in part.cells.items()}
    names: dict[int, str] = {}
    pending: dict[int, int] = {}
    totals: dict[int, int] = {}
    for account_id, name, place, demand in session.execute(_assigned_cells(at_work.edition)):
        names[account_id] = name
        totals[account_id] = totals.get(account_id, 0) + 1
        is_pending = states.get((place, demand), CellState.EMPTY) not in RESOLVED[Stage.RATING]
        pending[account_id] = pending.get(account_id, 0) + is_pending
    found = (Progress(account, names[account], pending[account], totals[account]) for account in names)
    return tuple(sorted(found, key=lambda row: (-row.pending, row.name, row.account_id)))


def _assigned_cells(slug: str) -> Select[int, str, str, int]:
    """Account, name, municipality and demand of every cell that is somebody's to rate."""
    return (
        select(Account.id, Account.name, Municipality.slug, Demand.number)
        .join(Assignment, Assignment.account_id == Account.id)
        .join(Municipality, Municipality.id == Assignment.municipality_id)
        .join(Demand, Demand.theme_id == Assignment.theme_id)
        .join(Edition, Edition.id == Demand.edition_id)
        .where(Edition.slug == slug)
    )


def list_cells_at_work(session: Session, at_work: RoundAtWork, part: PartAtWork) -> tuple[CellAtWork, ...]:
    """The cells of one municipality with the names of the demands and of those who rate them. Two statements."""
    raters: dict[int, list[str]] = {}
    for _, name, _, demand in session.execute(_assigned_cells(at_work.edition).where(Municipality.slug == part.slug)):
        raters.setdefault(demand, []).append(name)
    query = (
        select(Demand.number, Demand.name_es, Demand.name_en)
        .join(Edition, Edition.id == Demand.edition_id)
        .where(Edition.slug == at_work.edition)
        .order_by(Demand.number)
    )
    return tuple(
        CellAtWork(number, name_es, name_en, part.cells[number], tuple(sorted(raters.get(number, ()))))
        for number, name_es, name_en in session.execute(query)
    )


def list_municipality_ids(session: Session, edition_id: int) -> tuple[int, ...]:
    """The ids of an edition's municipalities, in the order of their INEGI codes."""
    query = (
        select(Municipality.id)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
        .where(EditionMunicipality.edition_id == edition_id)
        .order_by(Municipality.cvegeo)
    )
    return tuple(session.scalars(query))


def map_mandates_in_office(session: Session, edition_id: int, day: date) -> dict[int, int]:
    """The id of the mandate in office on a day, by the id of its municipality."""
    query = (
        select(MandateRow.municipality_id, MandateRow.id)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == MandateRow.municipality_id)
        .where(
            EditionMunicipality.edition_id == edition_id,
            MandateRow.starts_on <= day,
            or_(MandateRow.ends_on.is_(None), MandateRow.ends_on > day),
        )
        .order_by(MandateRow.id)
    )
    return {row.municipality_id: row.id for row in session.execute(query)}


def list_entries(session: Session, round_id: int) -> tuple[RoundEntry, ...]:
    """The working rows of a round's entries, in the order in which they were made."""
    return tuple(session.scalars(select(RoundEntry).where(RoundEntry.round_id == round_id).order_by(RoundEntry.id)))
