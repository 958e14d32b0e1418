"""Reading rounds as reviewers check them: the queue, and one municipality with all its cells."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.cells import CellState, ReviewKind
from app.domain.editions import Demand, Edition, Period
from app.domain.reviews import (
    CellUnderReview,
    EvidenceGiven,
    PastScore,
    QueueRow,
    ReviewQueue,
    ReviewSheet,
    ThreadLine,
)
from app.domain.scores import Score
from app.domain.stages import Stage
from app.models.accounts import Account
from app.models.assignments import Bar
from app.models.cells import Review, ScoreNote
from app.models.editions import Demand as DemandRow
from app.models.editions import Edition as EditionRow
from app.models.editions import Round, RoundEntry
from app.models.evidence import EvidenceCopy
from app.models.places import Municipality
from app.models.scores import Evidence
from app.models.scores import Score as ScoreRow
from app.queries.cells import Cell, get_cells, get_cells_of_entry
from app.queries.clarifications import list_clarifications
from app.queries.past import get_past_scores
from app.queries.rows import value_of


def list_queues(session: Session, slugs: Iterable[str]) -> tuple[ReviewQueue, ...]:
    """The rounds under way of these editions, newest first; published and planned ones have nothing to check."""
    idle = (Stage.PLANNED.value, Stage.PUBLISHED.value)
    query = (
        select(EditionRow.slug, Round.number)
        .join(Round, Round.edition_id == EditionRow.id)
        .where(EditionRow.slug.in_(list(slugs)), Round.stage.not_in(idle))
        .order_by(EditionRow.slug, Round.number.desc())
    )
    queues = (find_queue(session, slug, number) for slug, number in session.execute(query).all())
    return tuple(queue for queue in queues if queue is not None)


def find_queue(session: Session, slug: str, number: int) -> ReviewQueue | None:
    """One round with the state of every cell, municipalities in Spanish order; None where there is no such round."""
    found = find_round(session, slug, number)
    if found is None:
        return None
    edition, row = found
    cells = get_cells(session, row.id)
    demands = list_demands(session, edition.id)
    entries = session.scalars(
        select(RoundEntry)
        .join(RoundEntry.municipality)
        .where(RoundEntry.round_id == row.id)
        .options(joinedload(RoundEntry.municipality))
        .order_by(Municipality.sort_key, Municipality.cvegeo)
    ).all()
    return ReviewQueue(
        edition=value_of(Edition, edition),
        period=value_of(Period, row),
        stage=Stage(row.stage),
        rows=tuple(
            QueueRow(
                entry.municipality.slug,
                entry.municipality.name,
                tuple((demand.number, _state(cells.get((entry.id, demand.id)))) for demand in demands),
            )
            for entry in entries
        ),
    )


def find_round(session: Session, slug: str, number: int) -> tuple[EditionRow, Round] | None:
    """The working rows of an edition and one of its rounds."""
    query = (
        select(EditionRow, Round)
        .join(Round, Round.edition_id == EditionRow.id)
        .where(EditionRow.slug == slug, Round.number == number)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else (row[0], row[1])


def list_demands(session: Session, edition_id: int) -> tuple[DemandRow, ...]:
    """The working demands of an edition with their themes, by number."""
    query = select(DemandRow).where(DemandRow.edition_id == edition_id).order_by(DemandRow.number)
    return tuple(session.scalars(query.options(joinedload(DemandRow.theme))))


def find_entry(session: Session, round_id: int, municipality: str) -> RoundEntry | None:
    """A municipality's part in a round, with its mandate."""
    query = (
        select(RoundEntry)
        .join(RoundEntry.municipality)
        .where(RoundEntry.round_id == round_id, Municipality.slug == municipality)
        .options(joinedload(RoundEntry.municipality), joinedload(RoundEntry.mandate))
    )
    return session.scalar(query)


def is_barred(session: Session, account_id: int, edition_id: int, municipality_id: int) -> bool:
    """Whether an account may not rate or review a municipality."""
    query = select(Bar.id).where(
        Bar.account_id == account_id, Bar.edition_id == edition_id, Bar.municipality_id == municipality_id
    )
    return session.scalar(query) is not None


def list_rated(session: Session, account_id: int, entry_id: int) -> frozenset[int]:
    """The demands of an entry of which an account wrote any revision."""
    query = select(ScoreRow.demand_id).where(ScoreRow.entry_id == entry_id, ScoreRow.account_id == account_id)
    return frozenset(session.scalars(query))


def find_sheet(session: Session, slug: str, number: int, municipality: str, account_id: int) -> ReviewSheet | None:
    """One municipality with all its cells as this reviewer sees it; None where there is no such thing."""
    found = find_round(session, slug, number)
    entry = find_entry(session, found[1].id, municipality) if found else None
    if found is None or entry is None:
        return None
    edition, row = found
    cells = get_cells_of_entry(session, entry.id)
    seen = {cell.score_id: cell for cell in cells.values() if cell.state is not CellState.SAVED}
    facts = _Facts(session, entry.id, list(seen), account_id)
    past = get_past_scores(session, slug, number, entry.municipality.cvegeo, entry.mandate.starts_on)
    return ReviewSheet(
        edition=value_of(Edition, edition),
        period=value_of(Period, row),
        stage=Stage(row.stage),
        municipality=entry.municipality.slug,
        name=entry.municipality.name,
        mayor=entry.mandate.mayor,
        is_barred=is_barred(session, account_id, edition.id, entry.municipality_id),
        jump_limit=Score(edition.jump_limit_tenths),
        cells=tuple(
            facts.cell(demand, cells.get(demand.id), past.get(demand.number))
            for demand in list_demands(session, edition.id)
        ),
        clarifications=list_clarifications(session, edition),
    )


def _state(cell: Cell | None) -> CellState:
    return cell.state if cell else CellState.EMPTY


class _Facts:
    """What stands round the cells of one entry, read once: threads, evidence, notes, names, and which are one's own."""

    def __init__(self, session: Session, entry_id: int, score_ids: list[int], account_id: int) -> None:
        self.own = list_rated(session, account_id, entry_id)
        self.threads = _threads(session, entry_id)
        self.evidence = get_evidence(session, score_ids)
        notes = select(ScoreNote.score_id, ScoreNote.body).where(ScoreNote.score_id.in_(score_ids))
        self.notes: Mapping[int, str] = dict(session.execute(notes).all())
        names = (
            select(ScoreRow.id, Account.name)
            .join(Account, Account.id == ScoreRow.account_id)
            .where(ScoreRow.id.in_(score_ids))
        )
        self.names: Mapping[int, str] = dict(session.execute(names).all())

    def cell(self, row: DemandRow, cell: Cell | None, past: PastScore | None) -> CellUnderReview:
        """One cell; what an evaluator only saved for herself is not shown."""
        demand = value_of(Demand, row, theme=row.theme.key)
        thread = self.threads.get(row.id, ())
        if cell is None or cell.state is CellState.SAVED:
            return CellUnderReview(demand=demand, state=_state(cell), past=past, thread=thread)
        return CellUnderReview(
            demand=demand,
            state=cell.state,
            revision=cell.revision,
            rating=cell.rating,
            reason=cell.reason,
            institution=cell.institution,
            conflict=cell.conflict,
            note=self.notes.get(cell.score_id, ""),
            evaluator=self.names.get(cell.score_id, ""),
            is_own=row.id in self.own,
            recorded_at_utc=cell.recorded_at_utc,
            evidence=self.evidence.get(cell.score_id, ()),
            past=past,
            thread=thread,
        )


def _threads(session: Session, entry_id: int) -> dict[int, tuple[ThreadLine, ...]]:
    query = (
        select(Review, ScoreRow.demand_id, ScoreRow.revision, Account.name)
        .join(ScoreRow, ScoreRow.id == Review.score_id)
        .join(Account, Account.id == Review.account_id)
        .where(ScoreRow.entry_id == entry_id)
        .order_by(Review.id)
    )
    threads: dict[int, tuple[ThreadLine, ...]] = {}
    for row, demand_id, revision, name in session.execute(query):
        line = ThreadLine(ReviewKind(row.kind), row.words, name, revision, _utc(row.reviewed_at_utc))
        threads[demand_id] = (*threads.get(demand_id, ()), line)
    return threads


def get_evidence(session: Session, score_ids: Iterable[int]) -> dict[int, tuple[EvidenceGiven, ...]]:
    """The evidence behind revisions of scores, by the score's id, in its order."""
    query = (
        select(Evidence, EvidenceCopy)
        .outerjoin(EvidenceCopy, EvidenceCopy.evidence_id == Evidence.id)
        .where(Evidence.score_id.in_(list(score_ids)))
        .options(joinedload(Evidence.title), joinedload(Evidence.url), joinedload(EvidenceCopy.words))
        .order_by(Evidence.score_id, Evidence.position)
    )
    found: dict[int, tuple[EvidenceGiven, ...]] = {}
    for row, copy in session.execute(query):
        given = EvidenceGiven(row.title.body or "", row.url.body or "", row.dated_on, *_file(copy))
        found[row.score_id] = (*found.get(row.score_id, ()), given)
    return found


def _file(copy: EvidenceCopy | None) -> tuple[str, str]:
    """The checksum and the name of a kept file, or two empty texts."""
    if copy is None:
        return "", ""
    return copy.file_sha256, (copy.words.body or "").split(" ", 2)[-1]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)
