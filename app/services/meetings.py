"""Noting which municipalities came to a round's meeting."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.offices import Desk
from app.domain.permissions import Actor, NotAllowed, Permission
from app.domain.stages import Stage, require_stage
from app.models.replies import Meeting
from app.queries.decisions import list_meetings
from app.queries.desks import list_desks_of_round
from app.queries.locks import lock_round
from app.services.audit import record_event


def may_note_meetings(actor: Actor, edition: str) -> bool:
    """Whether it is the actor's to say who came: a reviewer's or an organiser's."""
    return actor.may(Permission.DECIDE, edition) or actor.may(Permission.MOVE_ROUND, edition)


def note_meetings(
    session: Session,
    actor: Actor,
    *,
    edition: str,
    number: int,
    attended: Mapping[str, bool | None],
    now_utc: datetime,
) -> int:
    """Note of each municipality, by address name, whether it came (None: not known); how many changed."""
    if not may_note_meetings(actor, edition):
        raise NotAllowed(edition=edition)
    row = lock_round(session, edition, number)
    if row is None:
        return 0
    require_stage(Stage(row.stage), *(stage for stage in Stage if stage not in {Stage.PLANNED, Stage.PUBLISHED}))
    known = {meeting.entry_id: meeting for meeting in list_meetings(session, row.id)}
    changed = 0
    for desk in list_desks_of_round(session, edition, number):
        if desk.slug in attended:
            before = known.get(desk.entry_id)
            changed += _note(session, actor, desk, before, attended=attended[desk.slug], now_utc=now_utc)
    return changed


def _note(
    session: Session, actor: Actor, desk: Desk, known: Meeting | None, *, attended: bool | None, now_utc: datetime
) -> bool:
    """Write one; whether it changed anything."""
    before = known.attended if known else None
    if attended is before:
        return False
    if attended is None:
        session.delete(known)
    elif known is None:
        row = Meeting(entry_id=desk.entry_id, attended=attended, noted_at_utc=now_utc, account_id=actor.account_id)
        session.add(row)
    else:
        known.attended, known.noted_at_utc, known.account_id = attended, now_utc, actor.account_id
    session.flush()
    record_event(
        session,
        actor,
        action="meeting.noted",
        subject=desk.audit_name,
        at_utc=now_utc,
        before={"attended": before},
        after={"attended": attended},
    )
    return True
