"""The cells of an evaluator, held while she writes: recording a revision, keeping what is not one yet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.domain.cells import ReviewKind
from app.domain.errors import RuleBroken
from app.domain.permissions import Actor, NotAllowed, Permission, require
from app.domain.ratings import Content, Typed
from app.domain.sheets import Piece, Sheet, SheetCell
from app.models.cells import CellDraft, Review
from app.models.evidence import EvidenceDraft
from app.queries.cells import find_cell, get_cell_name
from app.queries.locks import lock_entry
from app.queries.ratings import Assigned, find_institution, list_assigned
from app.queries.sheets import find_draft, find_sheet
from app.services.audit import record_event
from app.services.scores import NewEvidence, NewScore, record_score

LONGEST_ABSENCE = 14

Key = tuple[str, int]
"""A municipality's address name and the number of a demand."""


class CellClosed(RuleBroken):
    """The cell is approved or its round has moved on: it can be read, not written."""

    code = "cell-closed"


@dataclass(frozen=True)
class Desk:
    """Her cells of a round, locked until the transaction ends, and where each of them stands in the tables."""

    sheet: Sheet
    assigned: Mapping[Key, Assigned]
    institution: str

    def cell(self, key: Key) -> SheetCell:
        """One of her cells."""
        cell = self.sheet.find(*key)
        if cell is None:
            raise NotAllowed(cell=key)
        return cell


def lock_desk(session: Session, actor: Actor, *, edition: str, number: int, keys: Collection[Key]) -> Desk:
    """Her cells with those keys, held against everybody else; raise NotAllowed unless each is assigned to her."""
    require(actor, Permission.RATE, edition)
    assigned = {(row.slug, row.demand): row for row in list_assigned(session, actor.account_id, edition, number)}
    if not keys or not set(keys) <= assigned.keys():
        raise NotAllowed(edition=edition, number=number)
    for entry_id in sorted({assigned[key].entry_id for key in keys}):
        lock_entry(session, entry_id)
    sheet = read_sheet(session, actor, edition=edition, number=number, keys=keys)
    return Desk(sheet, assigned, find_institution(session, actor.account_id, edition))


def read_sheet(session: Session, actor: Actor, *, edition: str, number: int, keys: Collection[Key]) -> Sheet:
    """The cells as they stand now; raise NotAllowed where there are none."""
    sheet = find_sheet(session, actor.account_id, edition, number, keys=set(keys))
    if sheet is None:
        raise NotAllowed(edition=edition, number=number)
    return sheet


def record_cell(
    session: Session,
    actor: Actor,
    *,
    desk: Desk,
    key: Key,
    content: Content,
    now_utc: datetime,
    reply: str = "",
    without: Piece | None = None,
) -> None:
    """Add a revision with the evidence that stays and what waited for it.

    ``without`` is the evidence that the revision leaves out; ``reply`` is said to the reviewer.
    """
    at, cell = desk.assigned[key], desk.cell(key)
    evidence = [_again(piece) for piece in (*cell.kept, *cell.waiting) if piece != without]
    new = NewScore(
        at.entry_id,
        at.demand_id,
        cell.revision,
        content.rating,
        content.reason,
        institution=desk.institution,
        conflict=at.conflict,
        note=content.note,
        evidence=evidence,
    )
    record_score(session, actor, new=new, now_utc=now_utc)
    if reply:
        _say(session, actor, at, reply, now_utc)
    session.execute(
        delete(EvidenceDraft).where(
            EvidenceDraft.entry_id == at.entry_id,
            EvidenceDraft.demand_id == at.demand_id,
            EvidenceDraft.account_id == actor.account_id,
        )
    )


def _again(piece: Piece) -> NewEvidence:
    if piece.file is None:
        return NewEvidence(piece.title, piece.url, piece.dated_on)
    return NewEvidence(piece.title, piece.url, piece.dated_on, piece.file.sha256, piece.file.words)


def _say(session: Session, actor: Actor, at: Assigned, words: str, now_utc: datetime) -> None:
    """Answer the reviewer in the thread of the cell."""
    cell = find_cell(session, at.entry_id, at.demand_id)
    if cell is None:
        raise LookupError("a revision was just recorded")
    session.add(
        Review(
            score_id=cell.score_id,
            kind=ReviewKind.COMMENT.value,
            words=words,
            account_id=actor.account_id,
            reviewed_at_utc=now_utc,
        )
    )
    session.flush()
    record_event(
        session,
        actor,
        action="review.answered",
        subject=get_cell_name(session, at.entry_id, at.demand_id),
        at_utc=now_utc,
        after={"words": words},
    )


def keep_draft(session: Session, actor: Actor, at: Assigned, typed: Typed, now_utc: datetime) -> None:
    """Keep the fields as typed, for her alone, until they are a score."""
    row = find_draft(session, actor.account_id, at.entry_id, at.demand_id)
    if row is None:
        row = CellDraft(entry_id=at.entry_id, demand_id=at.demand_id, account_id=actor.account_id)
        session.add(row)
    row.base_revision = typed.base_revision
    row.score_text, row.absence = typed.score, typed.absence[:LONGEST_ABSENCE]
    row.reason, row.note, row.reply = typed.reason, typed.note, typed.reply
    row.saved_at_utc = now_utc
    session.flush()
    record_event(
        session, actor, action="draft.kept", subject=get_cell_name(session, at.entry_id, at.demand_id), at_utc=now_utc
    )


def forget_draft(session: Session, actor: Actor, at: Assigned) -> None:
    """Drop what she typed: it has become a score, or she let it go."""
    row = find_draft(session, actor.account_id, at.entry_id, at.demand_id)
    if row is not None:
        session.delete(row)
        session.flush()
