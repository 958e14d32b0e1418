"""The municipality's office answers: it writes, another of the office writes too, and one of them sends the letter."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.letters import (
    CODE_LENGTH,
    CODE_SIGNS,
    LetterRefused,
    Merge,
    NotNotified,
    RequestDecided,
    Signing,
    TypedReply,
    WholeReply,
    Writing,
    is_late,
    merged,
    says_something,
)
from app.domain.offices import Desk, OfficeSheet, ScoreSeen
from app.domain.permissions import Actor, Permission, require
from app.domain.scores import Absence, Score
from app.domain.stages import Stage, require_stage
from app.models.replies import Letter, Reply, ReplyDraft, ReplyFile
from app.queries.cells import get_entry_name
from app.queries.desks import find_desk
from app.queries.letters import list_draft_rows, next_letter_number
from app.queries.locks import lock_entry
from app.queries.office_sheets import get_office_sheet
from app.services.audit import record_event
from app.services.receipts import mail_receipt
from app.services.texts import keep_any_text, keep_text, new_salt


class DraftConflict(RuleBroken):
    """Somebody else of the office wrote meanwhile; ``stored`` is what stands now, by demand number."""

    code = "draft-conflict"

    def __init__(self, stored: Mapping[int, TypedReply]) -> None:
        """Keep what the other wrote."""
        super().__init__(demands=sorted(stored))
        self.stored = stored


@dataclass(frozen=True)
class Seat:
    """Whose letter it is: a municipality in a round of an edition."""

    edition: str
    municipality: str
    number: int


def save_drafts(
    session: Session, actor: Actor, *, seat: Seat, writings: Mapping[int, Writing], now_utc: datetime
) -> int:
    """Store what was typed, by demand number, and give how many of them changed.

    Raise DraftConflict, and store nothing, where another person of the office changed what this one also changed, and
    RequestDecided where something was typed about a score that is decided.
    """
    sheet = open_sheet(session, actor, seat)
    closed = {score.demand.number for score in sheet.scores if score.is_closed}
    if late := [number for number in sorted(closed & writings.keys()) if writings[number].says_more]:
        raise RequestDecided(demands=late)
    scores = {score.demand.number: score for score in sheet.scores if score.may_be_answered}
    stored = {number: scores[number].typed for number in writings if number in scores}
    outcomes = {
        number: merged(known=writings[number].known, typed=writings[number].typed, stored=stored[number])
        for number in stored
    }
    conflicts = {number: stored[number] for number, outcome in outcomes.items() if outcome is Merge.CONFLICT}
    if conflicts:
        raise DraftConflict(conflicts)
    rows = list_draft_rows(session, sheet.desk.entry_id)
    written = [number for number, outcome in outcomes.items() if outcome is Merge.WRITE]
    for number in written:
        _write(session, actor, sheet.desk, scores[number], writings[number].typed, rows, now_utc)
    return len(written)


def lay_file(
    session: Session, actor: Actor, *, desk: Desk, score: ScoreSeen, sha256: str | None, now_utc: datetime
) -> None:
    """Lay that kept file beside what the office has written about a score, in place of any other; None: none."""
    row = _draft_row(session, desk, score, list_draft_rows(session, desk.entry_id))
    row.file_sha256 = sha256
    _save(session, actor, desk, score, row, now_utc)


def open_sheet(session: Session, actor: Actor, seat: Seat) -> OfficeSheet:
    """The draft of the actor's own municipality, held until this transaction ends, while letters are taken.

    Raise NotAllowed, NotNotified or StageWrong.
    """
    require(actor, Permission.ANSWER, seat.edition, seat.municipality)
    desk = find_desk(session, seat.edition, seat.municipality, seat.number)
    if desk is None or lock_entry(session, desk.entry_id) is None:
        raise NotNotified
    desk = find_desk(session, seat.edition, seat.municipality, seat.number)
    if desk is None or desk.notified_at_utc is None:
        raise NotNotified
    require_stage(desk.stage, Stage.REPLY)
    return get_office_sheet(session, desk)


def _write(
    session: Session,
    actor: Actor,
    desk: Desk,
    score: ScoreSeen,
    typed: TypedReply,
    rows: Mapping[int, ReplyDraft],
    now_utc: datetime,
) -> None:
    row = _draft_row(session, desk, score, rows)
    row.stance = typed.stance.value if typed.stance else None
    row.requested_text, row.reason = typed.requested, typed.reason
    row.evidence_title, row.evidence_url = typed.evidence_title, typed.evidence_url
    _save(session, actor, desk, score, row, now_utc)


def _draft_row(session: Session, desk: Desk, score: ScoreSeen, rows: Mapping[int, ReplyDraft]) -> ReplyDraft:
    """The row of what is written about a score; a new one, of version 0, where nothing is."""
    row = rows.get(score.demand_id)
    if row is None:
        row = ReplyDraft(entry_id=desk.entry_id, demand_id=score.demand_id, version=0)
        session.add(row)
    return row


def _save(session: Session, actor: Actor, desk: Desk, score: ScoreSeen, row: ReplyDraft, now_utc: datetime) -> None:
    before = row.version
    row.version = before + 1
    row.account_id, row.saved_at_utc = actor.account_id, now_utc
    session.flush()
    # What an office has not sent is its own business: the log says that it wrote, and not what.
    record_event(
        session,
        actor,
        action="reply.drafted",
        subject=f"{desk.audit_name}/{score.demand.number}",
        at_utc=now_utc,
        before={"version": before} if before else None,
        after={"version": before + 1},
    )


def send_letter(
    session: Session,
    actor: Actor,
    *,
    seat: Seat,
    signing: Signing,
    seen: str,
    address_of: Callable[[int], str],
    now_utc: datetime,
) -> Letter:
    """Send what the office has written as one signed letter, and give it with its number and code.

    ``seen`` is the digest of the letter that the signatory was shown; ``address_of`` gives a receipt's page by its
    number, for the mail to everybody of the office. Raise LetterRefused: ``changed`` where it is
    another one by now, ``incomplete``, or ``empty`` where it says nothing. What was written about a score that is
    decided meanwhile is not sent, and stays.
    """
    sheet = open_sheet(session, actor, seat)
    answers = sheet.answers
    if sheet.digest != seen:
        raise LetterRefused("changed")
    if not says_something(answers, signing.words):
        raise LetterRefused("empty")
    letter = _add_letter(session, actor, sheet.desk, signing, now_utc)
    for score in sheet.scores:
        if reply := answers.get(score.demand.number):
            _add_reply(session, letter, score, reply)
    drafts = list_draft_rows(session, sheet.desk.entry_id)
    for score in sheet.scores:
        if score.demand_id in drafts and not score.is_closed:
            session.delete(drafts[score.demand_id])
    session.flush()
    mail_receipt(session, desk=sheet.desk, letter=letter, address=address_of(letter.number), now_utc=now_utc)
    _record_letter(session, actor, letter, signing, answers)
    return letter


def _record_letter(
    session: Session, actor: Actor, letter: Letter, signing: Signing, answers: Mapping[int, WholeReply]
) -> None:
    record_event(
        session,
        actor,
        action="letter.sent",
        subject=f"{get_entry_name(session, letter.entry_id)}/letter/{letter.number}",
        at_utc=letter.submitted_at_utc,
        after={
            "late": letter.is_late,
            "signatory": signing.signatory,
            "replies": {number: f"{row.stance} {row.requested or ''}".strip() for number, row in answers.items()},
            **({"files": files} if (files := _files_of(answers)) else {}),
        },
    )


def _files_of(answers: Mapping[int, WholeReply]) -> dict[int, str]:
    """The SHA-256 of the files that back what was asked for, by demand number."""
    return {number: row.file.sha256 for number, row in answers.items() if row.file}


def _add_letter(session: Session, actor: Actor, desk: Desk, signing: Signing, now_utc: datetime) -> Letter:
    salt = new_salt()
    letter = Letter(
        entry_id=desk.entry_id,
        number=next_letter_number(session, desk.entry_id),
        code="".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH)),
        words_sha256=keep_text(session, signing.words, salt),
        signatory_sha256=keep_any_text(session, signing.signatory, salt),
        position_sha256=keep_any_text(session, signing.position, salt),
        submitted_at_utc=now_utc,
        is_late=desk.due_at_utc is not None and is_late(now_utc, desk.due_at_utc),
        account_id=actor.account_id,
    )
    session.add(letter)
    session.flush()
    return letter


def _add_reply(session: Session, letter: Letter, score: ScoreSeen, reply: WholeReply) -> None:
    requested = reply.requested
    row = Reply(
        letter_id=letter.id,
        demand_id=score.demand_id,
        stance=reply.stance.value,
        requested_tenths=requested.tenths if isinstance(requested, Score) else None,
        requested_absence=requested.value if isinstance(requested, Absence) else None,
        reason_sha256=keep_text(session, reply.reason, new_salt()),
        before_revision=score.revision,
        evidence_title=reply.evidence_title,
        evidence_url=reply.evidence_url,
    )
    session.add(row)
    session.flush()
    if reply.file is not None:
        words = keep_any_text(session, reply.file.words, new_salt())
        session.add(ReplyFile(reply_id=row.id, file_sha256=reply.file.sha256, words_sha256=words))
        session.flush()
