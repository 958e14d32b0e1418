"""Praise and reproach: written, reworded, put in order and removed while the round is not published."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.permissions import Actor, Permission, require
from app.domain.publications import DistinctionKind
from app.domain.stages import Stage, require_stage
from app.models.editions import Round
from app.models.scores import Distinction
from app.queries.cells import get_entry_name
from app.queries.distinctions import find_distinction_row, find_entry_id, list_distinction_rows
from app.queries.locks import lock_round
from app.services.audit import record_event
from app.services.texts import keep_text, new_salt

_UNDER_WAY = (Stage.RATING, Stage.REVIEW, Stage.REPLY, Stage.DECISION)


@dataclass(frozen=True)
class NewDistinction:
    """What is to be said, of whom, and who signs it; all of it is published."""

    municipality: str
    kind: DistinctionKind
    text: str
    signatory: str


def write_distinction(
    session: Session, actor: Actor, *, edition: str, number: int, new: NewDistinction, now_utc: datetime
) -> int:
    """Add a distinction after those that its municipality has in the round; give its id."""
    _held_round(session, actor, edition, number)
    entry_id = find_entry_id(session, edition, number, new.municipality)
    if entry_id is None:
        raise RuleBroken("municipality-unknown", municipality=new.municipality)
    text, signatory = _texts(session, new)
    row = Distinction(
        entry_id=entry_id,
        position=max((other.position for other in list_distinction_rows(session, entry_id)), default=0) + 1,
        kind=new.kind.value,
        text_sha256=text,
        signatory_sha256=signatory,
        recorded_at_utc=now_utc,
    )
    session.add(row)
    session.flush()
    _note(session, actor, row, "distinction.written", now_utc, kind=new.kind.value, text=text, signatory=new.signatory)
    return row.id


def reword_distinction(
    session: Session,
    actor: Actor,
    *,
    edition: str,
    number: int,
    distinction: int,
    new: NewDistinction,
    now_utc: datetime,
) -> None:
    """Say it otherwise; whom it is about stays."""
    row = _row(session, actor, edition, number, distinction)
    row.kind = new.kind.value
    row.text_sha256, row.signatory_sha256 = _texts(session, new)
    row.recorded_at_utc = now_utc
    session.flush()
    facts = {"kind": row.kind, "text": row.text_sha256, "signatory": new.signatory}
    _note(session, actor, row, "distinction.reworded", now_utc, **facts)


def remove_distinction(
    session: Session, actor: Actor, *, edition: str, number: int, distinction: int, now_utc: datetime
) -> None:
    """Take a distinction out of the round; those after it move up."""
    row = _row(session, actor, edition, number, distinction)
    rest = [other for other in list_distinction_rows(session, row.entry_id) if other.id != row.id]
    _note(session, actor, row, "distinction.removed", now_utc, kind=row.kind, text=row.text_sha256)
    session.delete(row)
    session.flush()
    for position, other in enumerate(rest, start=1):
        other.position = position
        session.flush()


def move_up(session: Session, actor: Actor, *, edition: str, number: int, distinction: int, now_utc: datetime) -> None:
    """Put a distinction before the one above it; the first stays where it is."""
    row = _row(session, actor, edition, number, distinction)
    rows = list_distinction_rows(session, row.entry_id)
    above = [other for other in rows if other.position < row.position]
    if not above:
        return
    other = above[-1]
    upper, lower = other.position, row.position
    row.position = max(each.position for each in rows) + 1
    session.flush()
    other.position = lower
    session.flush()
    row.position = upper
    session.flush()
    _note(session, actor, row, "distinction.moved", now_utc, position=upper)


def _held_round(session: Session, actor: Actor, edition: str, number: int) -> Round:
    require(actor, Permission.DISTINGUISH, edition)
    row = lock_round(session, edition, number)
    if row is None:
        raise RuleBroken("round-unknown", edition=edition, round=number)
    require_stage(Stage(row.stage), *_UNDER_WAY)
    return row


def _row(session: Session, actor: Actor, edition: str, number: int, distinction: int) -> Distinction:
    found = find_distinction_row(session, _held_round(session, actor, edition, number).id, distinction)
    if found is None:
        raise RuleBroken("distinction-unknown")
    return found


def _texts(session: Session, new: NewDistinction) -> tuple[str, str]:
    """The checksums of its words and its signatory, which share a salt: they are withdrawn together."""
    salt = new_salt()
    if not new.text or not new.signatory:
        raise RuleBroken("distinction-empty")
    stored = {body: keep_text(session, body, salt) for body in dict.fromkeys((new.text, new.signatory))}
    return str(stored[new.text]), str(stored[new.signatory])


def _note(session: Session, actor: Actor, row: Distinction, action: str, now_utc: datetime, **facts: object) -> None:
    subject = f"{get_entry_name(session, row.entry_id)}/distinction/{row.id}"
    record_event(session, actor, action=action, subject=subject, at_utc=now_utc, after=facts)
