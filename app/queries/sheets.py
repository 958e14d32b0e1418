"""The sheet that an evaluator fills in, with all that stands beside its fields. Staff only."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.cells import CellHistory, CellState, ReviewKind, may_be_rated
from app.domain.editions import Period
from app.domain.rankings import Part
from app.domain.ratings import Content, Typed
from app.domain.sheets import Place, Remark, Sheet, SheetCell
from app.domain.stages import Stage
from app.models.cells import CellDraft, Review, ScoreNote
from app.models.scores import Score
from app.queries.cells import Cell, get_cells_of_entries
from app.queries.chains import Chain, get_chain
from app.queries.clarifications import list_sealed_clarifications
from app.queries.drafts import find_edition, find_round
from app.queries.evidence import list_pieces, list_waiting
from app.queries.precedents import get_reasons, last_score, list_precedents, newest_of
from app.queries.publications import get_edition_frame
from app.queries.ratings import Assigned, find_stage, list_assigned
from app.queries.rows import rating_of, value_of

Key = tuple[int, int]
"""An entry and a demand."""


CELLS_OF_A_PAGE = 30
"""How many cells a browser sends at once, at most: it bounds what is sent, and what a session that ends must keep."""


def find_sheet(
    session: Session,
    account_id: int,
    edition: str,
    number: int,
    municipality: str = "",
    demand: int = 0,
    *,
    keys: Collection[tuple[str, int]] | None = None,
    page: int | None = None,
) -> Sheet | None:
    """The cells of a round that are assigned to her: all, or of one municipality, of one demand, or of those keys.

    ``page`` cuts them into pages; without it all come. None where there are none, or where the rules of the edition are
    not sealed yet. A fixed number of queries.
    """
    row = find_edition(session, edition)
    round_row = find_round(session, row.id, number) if row else None
    stage = find_stage(session, edition, number)
    chain = get_chain(session, edition)
    rules = chain.find(0)
    assigned = [
        cell
        for cell in list_assigned(session, account_id, edition, number)
        if municipality in {"", cell.slug} and demand in {0, cell.demand}
        if keys is None or (cell.slug, cell.demand) in keys
    ]
    if round_row is None or stage is None or rules is None or not assigned:
        return None
    part = Part(page or 1, -(-len(assigned) // CELLS_OF_A_PAGE) if page else 1, len(assigned))
    shown = assigned[(page - 1) * CELLS_OF_A_PAGE : page * CELLS_OF_A_PAGE] if page else assigned
    if not shown:
        return None
    frame, clarified = get_edition_frame(session, rules.id), list_sealed_clarifications(session, rules.id)
    empty = Sheet(
        frame["edition"], frame["method"], frame["demands"], value_of(Period, round_row), stage, (), part, clarified
    )
    return _filled(session, account_id, empty, chain, shown)


def _filled(session: Session, account_id: int, sheet: Sheet, chain: Chain, assigned: Sequence[Assigned]) -> Sheet:
    entry_ids = {cell.entry_id for cell in assigned}
    cells = get_cells_of_entries(session, entry_ids)
    revisions = _revisions(session, entry_ids)
    drafts = _drafts(session, account_id, entry_ids)
    threads = _threads(session, account_id, entry_ids)
    pieces = list_pieces(session, {cell.score_id for cell in cells.values()})
    waiting = list_waiting(session, account_id, entry_ids)
    precedents = list_precedents(
        session, chain, sheet.period.number, {cell.cvegeo for cell in assigned}, {cell.demand for cell in assigned}
    )
    reasons = get_reasons(session, [rows[-1] for rows in precedents.values()])
    demands = {demand.number: demand for demand in sheet.demands}

    def filled(at: Assigned) -> SheetCell:
        key = (at.entry_id, at.demand_id)
        cell, earlier = cells.get(key), precedents.get((at.cvegeo, at.demand), ())
        state = cell.state if cell else CellHistory().state
        return SheetCell(
            place=Place(at.slug, at.name, at.mayor),
            demand=demands[at.demand],
            state=state,
            is_open=_is_open(state, sheet.stage, cell),
            limit=sheet.method.jump_limit,
            revisions=revisions.get(key, {}),
            newest_is_mine=cell is not None and cell.account_id == account_id,
            newest_at_utc=cell.recorded_at_utc if cell else None,
            draft=drafts.get(key),
            evidence=(*(pieces.get(cell.score_id, ()) if cell else ()), *waiting.get(key, ())),
            thread=threads.get(key, ()),
            published=newest_of(earlier, at.mandate_starts_on, reasons),
            jump_from=last_score(earlier, at.mandate_starts_on),
        )

    return sheet.filled([filled(at) for at in assigned if at.demand in demands])


def _is_open(state: CellState, stage: Stage, cell: Cell | None) -> bool:
    return may_be_rated(state, stage, was_returned=cell is not None and cell.was_returned)


def _revisions(session: Session, entry_ids: Collection[int]) -> dict[Key, dict[int, Content]]:
    query = (
        select(Score, ScoreNote.body)
        .outerjoin(ScoreNote, ScoreNote.score_id == Score.id)
        .where(Score.entry_id.in_(entry_ids))
        .options(joinedload(Score.reason))
        .order_by(Score.entry_id, Score.demand_id, Score.revision)
    )
    found: dict[Key, dict[int, Content]] = {}
    for row, note in session.execute(query):
        content = Content(rating_of(row), (row.reason.body or "") if row.reason else "", note or "")
        found.setdefault((row.entry_id, row.demand_id), {})[row.revision] = content
    return found


def _drafts(session: Session, account_id: int, entry_ids: Collection[int]) -> dict[Key, Typed]:
    query = select(CellDraft).where(CellDraft.account_id == account_id, CellDraft.entry_id.in_(entry_ids))
    return {
        (row.entry_id, row.demand_id): Typed(
            score=row.score_text,
            absence=row.absence,
            reason=row.reason,
            note=row.note,
            reply=row.reply,
            base_revision=row.base_revision,
        )
        for row in session.scalars(query)
    }


def _threads(session: Session, account_id: int, entry_ids: Collection[int]) -> dict[Key, tuple[Remark, ...]]:
    query = (
        select(Review, Score.entry_id, Score.demand_id)
        .join(Score, Score.id == Review.score_id)
        .where(Score.entry_id.in_(entry_ids))
        .order_by(Review.id)
    )
    found: dict[Key, tuple[Remark, ...]] = {}
    for row, entry_id, demand_id in session.execute(query):
        remark = Remark(ReviewKind(row.kind), row.words, row.reviewed_at_utc, row.account_id == account_id)
        found[entry_id, demand_id] = (*found.get((entry_id, demand_id), ()), remark)
    return found


def find_draft(session: Session, account_id: int, entry_id: int, demand_id: int) -> CellDraft | None:
    """The row of what she typed into a cell."""
    query = select(CellDraft).where(
        CellDraft.account_id == account_id, CellDraft.entry_id == entry_id, CellDraft.demand_id == demand_id
    )
    return session.scalar(query)
