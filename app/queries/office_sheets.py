"""What an office is shown of a round before it is published: the draft of its own municipality, and nothing else."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.averages import Average, average
from app.domain.cells import CellState
from app.domain.editions import Demand, Method, Theme
from app.domain.evidence import KeptFile
from app.domain.offices import (
    Desk,
    OfficeSheet,
    SavedDraft,
    ScoreSeen,
    SentLetter,
    SentReply,
    ThemeSeen,
    replies_in_force,
)
from app.domain.scores import Absence
from app.domain.sheets import Piece
from app.domain.stages import Stage
from app.models import editions
from app.models.scores import Score
from app.queries.cells import Cell, get_cells_of_entry
from app.queries.clarifications import list_clarifications_of
from app.queries.desks import find_desk
from app.queries.evidence import list_pieces
from app.queries.letters import list_decided, list_letters, list_replies, list_saved_drafts
from app.queries.rows import method_of, rating_of, value_of


def find_office_sheet(session: Session, edition: str, municipality: str, number: int) -> OfficeSheet | None:
    """The draft of a municipality; None unless it was notified and the round is being answered or decided."""
    desk = find_desk(session, edition, municipality, number)
    return get_office_sheet(session, desk) if desk and desk.is_shown else None


def find_letter(
    session: Session, edition: str, municipality: str, number: int, letter: int
) -> tuple[OfficeSheet, SentLetter] | None:
    """A letter that was sent, with the sheet that its replies stand on; None where there is none."""
    desk = find_desk(session, edition, municipality, number)
    if desk is None or not desk.late:
        return None
    sheet = get_office_sheet(session, desk)
    return next(((sheet, row) for row in sheet.letters if row.number == letter), None)


def find_office_file(session: Session, edition: str, municipality: str, number: int, sha256: str) -> KeptFile | None:
    """A kept file that the office may open: behind its draft while that is shown, and what it sent itself for ever."""
    desk = find_desk(session, edition, municipality, number)
    if desk is None or not (desk.is_shown or desk.late):
        return None
    sheet = get_office_sheet(session, desk)
    return sheet.find_file(sha256) if desk.is_shown else sheet.find_sent_file(sha256)


def get_office_sheet(session: Session, desk: Desk) -> OfficeSheet:
    """The draft behind a desk. A fixed number of queries."""
    letters = list_letters(session, [desk.entry_id])
    sent = list_replies(session, letters)
    decided = list_decided(session, sent)
    in_force = {demand_id: row for (_, demand_id), row in replies_in_force(sent, decided).items()}
    closed = {demand_id for demand_id, row in in_force.items() if desk.is_open and row.id in decided}
    seen = _seen(session, desk, in_force)
    evidence = list_pieces(session, [row.id for row in seen.values()])
    drafts = list_saved_drafts(session, desk.entry_id)
    found = (
        _score(demand, demand_id, seen.get(demand_id), evidence, drafts.get(demand_id), in_force.get(demand_id))
        for demand_id, demand in list_demands(session, desk.edition_id).items()
    )
    scores = tuple(replace(score, is_closed=score.demand_id in closed) for score in found)
    method = _get_method(session, desk.edition_id)
    themes = tuple(_theme(theme, scores, method) for theme in _list_themes(session, desk.edition_id))
    return OfficeSheet(
        desk=desk,
        method=method,
        overall=ThemeSeen(None, _average(scores, method), scores) if method.overall else None,
        themes=tuple(theme for theme in themes if theme.scores),
        letters=letters,
        sent=sent,
        clarifications=list_clarifications_of(session, desk.edition.slug),
    )


def _seen(session: Session, desk: Desk, sent: Mapping[int, SentReply]) -> dict[int, Score]:
    """The revision of each score that the office is shown, by demand.

    While decisions are made it is the one that it answered to: what is decided is not told before it is published.
    """
    cells = get_cells_of_entry(session, desk.entry_id)
    shown = {demand_id: _revision(cell, desk, sent.get(demand_id)) for demand_id, cell in cells.items()}
    query = select(Score).where(Score.entry_id == desk.entry_id).options(joinedload(Score.reason))
    return {row.demand_id: row for row in session.scalars(query) if shown.get(row.demand_id) == row.revision}


def _revision(cell: Cell, desk: Desk, sent: SentReply | None) -> int:
    if sent is not None and desk.stage is Stage.DECISION:
        return sent.before_revision
    return cell.revision if cell.state is CellState.APPROVED else 0


def _score(
    demand: Demand,
    demand_id: int,
    row: Score | None,
    evidence: Mapping[int, tuple[Piece, ...]],
    draft: SavedDraft | None,
    sent: SentReply | None,
) -> ScoreSeen:
    return ScoreSeen(
        demand=demand,
        demand_id=demand_id,
        revision=row.revision if row else 0,
        rating=rating_of(row) if row else Absence.NOT_RATED,
        reason=(row.reason.body or "") if row and row.reason else "",
        institution=row.institution if row else "",
        conflict=row.conflict if row else "",
        evidence=evidence.get(row.id, ()) if row else (),
        draft=draft,
        sent=sent,
    )


def _theme(theme: Theme, scores: Collection[ScoreSeen], method: Method) -> ThemeSeen:
    own = tuple(score for score in scores if score.demand.theme == theme.key)
    return ThemeSeen(theme, _average(own, method), own)


def _average(scores: Collection[ScoreSeen], method: Method) -> Average:
    return average(((score.rating, score.demand.weight) for score in scores), method.refused_counts_as)


def list_demands(session: Session, edition_id: int) -> dict[int, Demand]:
    """The demands of an edition in their order, by id. One query."""
    query = (
        select(editions.Demand)
        .where(editions.Demand.edition_id == edition_id)
        .options(joinedload(editions.Demand.theme))
        .order_by(editions.Demand.number)
    )
    return {row.id: value_of(Demand, row, theme=row.theme.key) for row in session.scalars(query)}


def _list_themes(session: Session, edition_id: int) -> tuple[Theme, ...]:
    table = editions.Theme
    rows = session.scalars(select(table).where(table.edition_id == edition_id).order_by(table.position))
    return tuple(value_of(Theme, row) for row in rows)


def _get_method(session: Session, edition_id: int) -> Method:
    return method_of(session.scalars(select(editions.Edition).where(editions.Edition.id == edition_id)).one())
