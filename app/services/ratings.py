"""What an evaluator does: save the cells of a page, hand them in."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Actor
from app.domain.ratings import Act, Typed, decide, said
from app.domain.sheets import TO_DO, Outcome, SheetCell
from app.models.cells import Submission
from app.queries.cells import find_cell, get_cell_name
from app.services.audit import record_event
from app.services.sheets import Desk, Key, forget_draft, keep_draft, lock_desk, read_sheet, record_cell

_OUTCOMES = {
    Act.NOTHING: Outcome.UNTOUCHED,
    Act.RECORD: Outcome.SAVED,
    Act.KEEP: Outcome.DRAFT,
    Act.CONFLICT: Outcome.CONFLICT,
    Act.CLOSED: Outcome.CLOSED,
}


def save_sheet(
    session: Session,
    actor: Actor,
    *,
    edition: str,
    number: int,
    typed: Mapping[Key, Typed],
    hand_in: bool,
    now_utc: datetime,
) -> dict[Key, Outcome]:
    """Store every cell of a page, and hand in those that are whole where she asks for it.

    A cell that is whole and new becomes a revision; one that is not, or that somebody else wrote meanwhile, is kept as
    typed. Each cell stands for itself. Raise NotAllowed unless all of them are hers.
    """
    desk = lock_desk(session, actor, edition=edition, number=number, keys=typed.keys())
    outcomes = {key: _save(session, actor, desk, key, typed[key], now_utc) for key in sorted(typed)}
    if hand_in:
        sheet = read_sheet(session, actor, edition=edition, number=number, keys=typed.keys())
        outcomes |= {
            key: _hand_in(session, actor, desk, key, cell, saved, now_utc)
            for key, saved in outcomes.items()
            if (cell := sheet.find(*key))
        }
    return outcomes


def _save(session: Session, actor: Actor, desk: Desk, key: Key, typed: Typed, now_utc: datetime) -> Outcome:
    cell, at = desk.cell(key), desk.assigned[key]
    act, settled = decide(typed, cell.revisions, is_open=cell.is_open, has_new_evidence=bool(cell.waiting))
    if act is Act.NOTHING:
        forget_draft(session, actor, at)
    elif act is Act.RECORD and (content := said(settled, cell.newest)):
        record_cell(session, actor, desk=desk, key=key, content=content, reply=settled.reply, now_utc=now_utc)
        forget_draft(session, actor, at)
    else:
        keep_draft(session, actor, at, settled, now_utc)
    return _OUTCOMES[act]


def _hand_in(
    session: Session, actor: Actor, desk: Desk, key: Key, cell: SheetCell, saved: Outcome, now_utc: datetime
) -> Outcome:
    if not cell.may_be_handed_in:
        is_missing = saved in {Outcome.SAVED, Outcome.UNTOUCHED} and cell.is_open and cell.state in TO_DO
        return Outcome.LACKING if is_missing else saved
    at = desk.assigned[key]
    recorded = find_cell(session, at.entry_id, at.demand_id)
    if recorded is None:
        raise LookupError("a cell that may be handed in has a revision")
    session.add(Submission(score_id=recorded.score_id, account_id=actor.account_id, submitted_at_utc=now_utc))
    session.flush()
    record_event(
        session,
        actor,
        action="score.handed-in",
        subject=get_cell_name(session, at.entry_id, at.demand_id),
        at_utc=now_utc,
        after={"revision": recorded.revision},
    )
    return Outcome.HANDED_IN
