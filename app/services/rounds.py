"""Leading a round from stage to stage."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.permissions import Actor, Permission, require
from app.domain.rounds import MoveWrong, RoundAtWork, RoundUnknown, require_none, require_time_to_reply
from app.domain.stages import Stage, StageWrong, next_stage, require_stage, stage_before
from app.exports.mails import notice_mail
from app.language import LANGUAGES, SPANISH
from app.models.editions import Round, RoundEntry
from app.models.replies import Notice
from app.queries.drafts import find_edition
from app.queries.liaisons import list_liaisons_of_all
from app.queries.locks import lock_round
from app.queries.publications import list_publications
from app.queries.rounds import (
    find_round_at_work,
    list_entries,
    list_municipality_ids,
    map_mandates_in_office,
)
from app.services.audit import record_event
from app.services.mail import queue_mail
from app.services.publications import seal_edition


@dataclass(frozen=True)
class Move:
    """A step that an organiser asks for. ``origin`` is the stage that her page showed.

    ``reply_due_at_utc`` is needed on the way to the replies, ``reason`` on the way back; ``office_address`` is where
    the liaisons who are notified find their room.
    """

    edition: str
    number: int
    origin: Stage
    target: Stage
    reason: str = ""
    reply_due_at_utc: datetime | None = None
    office_address: str = ""


def lead_round(session: Session, actor: Actor, *, move: Move, now_utc: datetime) -> bool:
    """Lead a round one step on or back; False where it stands there already, as after a second click.

    The first rating that opens seals the edition in the same transaction. Raise RoundNotReady with all that stands in
    the way, StageWrong where the round is elsewhere meanwhile, MoveWrong where a reason is missing or the deadline
    leaves too little time.
    """
    require(actor, Permission.MOVE_ROUND, move.edition)
    row = lock_round(session, move.edition, move.number)
    at_work = find_round_at_work(session, move.edition, move.number)
    if row is None or at_work is None:
        raise RoundUnknown(round=move.number)
    if at_work.stage is move.target:
        return False
    require_stage(at_work.stage, move.origin)
    if move.target is next_stage(at_work.stage):
        require_none(at_work.obstacles(now_utc))
    elif move.target is stage_before(at_work.stage):
        require_none(at_work.obstacles_back())
        if not move.reason:
            raise MoveWrong("move-needs-reason")
    else:
        raise StageWrong(stage=at_work.stage.value, allowed=move.target.value)
    effect = _EFFECTS.get(move.target)
    done = effect(session, actor, row, at_work, move, now_utc) if effect else {}
    row.stage = move.target.value
    _record(session, actor, move, now_utc, done)
    return True


def _record(session: Session, actor: Actor, move: Move, now_utc: datetime, done: Mapping[str, object]) -> None:
    record_event(
        session,
        actor,
        action="round.moved",
        subject=f"{move.edition}/evaluaciones/{move.number}",
        at_utc=now_utc,
        before={"stage": move.origin.value},
        after={"stage": move.target.value, **({"reason": move.reason} if move.reason else {}), **done},
    )


Effect = Callable[[Session, Actor, Round, RoundAtWork, Move, datetime], Mapping[str, object]]


def _open_rating(
    session: Session, actor: Actor, row: Round, at_work: RoundAtWork, move: Move, now_utc: datetime
) -> Mapping[str, object]:
    """Name who answers for each municipality; the first opening seals the edition."""
    if at_work.stage is not Stage.PLANNED:
        return {}
    settle_entries(session, row)
    if list_publications(session, move.edition):
        return {}
    return {"edition_sha256": seal_edition(session, actor, slug=move.edition, sealed_at_utc=now_utc).sha256}


def settle_entries(session: Session, row: Round) -> None:
    """Give a round one entry per municipality, answered for by who is in office on the period's last day."""
    in_office = map_mandates_in_office(session, row.edition_id, row.ends_on)
    there = {entry.municipality_id: entry for entry in list_entries(session, row.id)}
    for place in list_municipality_ids(session, row.edition_id):
        mandate_id = in_office[place]
        if place in there:
            there[place].mandate_id = mandate_id
        else:
            session.add(RoundEntry(round_id=row.id, municipality_id=place, mandate_id=mandate_id))
    session.flush()


def _ask_for_replies(
    session: Session, actor: Actor, row: Round, at_work: RoundAtWork, move: Move, now_utc: datetime
) -> Mapping[str, object]:
    """Notify every municipality that has a liaison and was not notified; the others stay "no notificado".

    Who was notified before keeps the hour that stood in the notice: what comes later is late.
    """
    edition = find_edition(session, move.edition)
    if edition is None:
        raise RoundUnknown(round=move.number)
    due = require_time_to_reply(move.reply_due_at_utc, now_utc, edition.zone)
    heard = at_work.unheard()
    for part in heard:
        notice = Notice(entry_id=part.entry_id, notified_at_utc=now_utc, due_at_utc=due, account_id=actor.account_id)
        session.add(notice)
    row.reply_due_at_utc = due
    session.flush()
    _write_to_liaisons(session, row, {part.slug for part in heard}, move, now_utc)
    return {"reply_due_at_utc": due.isoformat(), "notified": [part.slug for part in heard]}


def _write_to_liaisons(session: Session, row: Round, heard: Collection[str], move: Move, now_utc: datetime) -> None:
    """Lay a mail to each liaison of a notified municipality into the outbox, in her language."""
    edition = find_edition(session, move.edition)
    for place, account in list_liaisons_of_all(session, row.edition_id):
        if place.slug not in heard or edition is None or row.reply_due_at_utc is None or account.email is None:
            continue
        language = LANGUAGES.get(account.language, SPANISH)
        mail = notice_mail(
            language,
            name=account.name,
            place=place.name,
            number=row.number,
            due=language.moment(row.reply_due_at_utc, edition.zone),
            link=move.office_address,
        )
        queue_mail(
            session, to_address=account.email, account_id=account.id, language=language, mail=mail, now_utc=now_utc
        )


_EFFECTS: Mapping[Stage, Effect] = {Stage.RATING: _open_rating, Stage.REPLY: _ask_for_replies}
