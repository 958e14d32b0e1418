"""Letters of the municipalities with their replies, and what offices have written so far. Staff and offices only."""

from collections.abc import Collection

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from app.domain.letters import TypedReply
from app.domain.offices import SavedDraft, SentLetter, SentReply
from app.domain.replies import Stance
from app.domain.scores import Absence, Rating, Score
from app.models import replies
from app.models.scores import Text
from app.queries.evidence import kept_file


def list_letters(session: Session, entry_ids: Collection[int]) -> tuple[SentLetter, ...]:
    """The letters of these entries, by entry and oldest first. One query."""
    query = _letters().where(replies.Letter.entry_id.in_(entry_ids))
    rows = session.execute(query.order_by(replies.Letter.entry_id, replies.Letter.number))
    return tuple(_letter(row) for row in rows)


def _letters() -> Select[replies.Letter, str | None, str | None, str | None]:
    signatory, position, words = aliased(Text), aliased(Text), aliased(Text)
    return (
        select(replies.Letter, signatory.body, position.body, words.body)
        .join(signatory, signatory.sha256 == replies.Letter.signatory_sha256)
        .join(position, position.sha256 == replies.Letter.position_sha256)
        .outerjoin(words, words.sha256 == replies.Letter.words_sha256)
    )


def _letter(row: Row[replies.Letter, str | None, str | None, str | None]) -> SentLetter:
    letter, signatory, position, words = row
    return SentLetter(
        id=letter.id,
        entry_id=letter.entry_id,
        number=letter.number,
        code=letter.code,
        signatory=signatory or "",
        position=position or "",
        words=words or "",
        submitted_at_utc=letter.submitted_at_utc,
        is_late=letter.is_late,
        account_id=letter.account_id,
    )


def list_replies(session: Session, letters: Collection[SentLetter]) -> tuple[SentReply, ...]:
    """The replies of these letters, by entry, demand and letter. One query."""
    by_id = {letter.id: letter for letter in letters}
    query = (
        select(replies.Reply)
        .join(replies.Letter, replies.Letter.id == replies.Reply.letter_id)
        .where(replies.Reply.letter_id.in_(by_id))
        .options(
            joinedload(replies.Reply.reason),
            joinedload(replies.Reply.file).options(
                joinedload(replies.ReplyFile.kept), joinedload(replies.ReplyFile.words)
            ),
        )
        .order_by(replies.Letter.entry_id, replies.Reply.demand_id, replies.Letter.number)
    )
    return tuple(_reply(row, by_id[row.letter_id]) for row in session.scalars(query))


def list_decided(session: Session, sent: Collection[SentReply]) -> frozenset[int]:
    """Which of these replies are decided, by id. One query."""
    table = replies.Decision
    return frozenset(session.scalars(select(table.reply_id).where(table.reply_id.in_([row.id for row in sent]))))


def _reply(row: replies.Reply, letter: SentLetter) -> SentReply:
    return SentReply(
        id=row.id,
        demand_id=row.demand_id,
        letter=letter,
        stance=Stance(row.stance),
        requested=_requested(row),
        reason=(row.reason.body or "") if row.reason else "",
        evidence_title=row.evidence_title,
        evidence_url=row.evidence_url,
        before_revision=row.before_revision,
        file=kept_file(row.file.kept) if row.file and row.file.words.body is not None else None,
    )


def _requested(row: replies.Reply) -> Rating | None:
    if row.requested_absence is not None:
        return Absence(row.requested_absence)
    return None if row.requested_tenths is None else Score(row.requested_tenths)


def list_saved_drafts(session: Session, entry_id: int) -> dict[int, SavedDraft]:
    """What the office of an entry has written so far, by demand. One query."""
    rows = session.scalars(_drafts(entry_id))
    return {row.demand_id: _saved(row) for row in rows}


def _saved(row: replies.ReplyDraft) -> SavedDraft:
    return SavedDraft(row.version, _typed(row), row.saved_at_utc, row.account_id, kept_file(row.file))


def list_draft_rows(session: Session, entry_id: int) -> dict[int, replies.ReplyDraft]:
    """The rows themselves, for the service that writes them."""
    return {row.demand_id: row for row in session.scalars(_drafts(entry_id))}


def _drafts(entry_id: int) -> Select[replies.ReplyDraft]:
    table = replies.ReplyDraft
    chosen = select(table).where(table.entry_id == entry_id).options(joinedload(table.file)).order_by(table.demand_id)
    return chosen.execution_options(populate_existing=True)


def _typed(row: replies.ReplyDraft) -> TypedReply:
    return TypedReply(
        stance=Stance(row.stance) if row.stance else None,
        requested=row.requested_text,
        reason=row.reason,
        evidence_title=row.evidence_title,
        evidence_url=row.evidence_url,
    )


def next_letter_number(session: Session, entry_id: int) -> int:
    """The receipt number of the next letter of an entry."""
    return (session.scalar(select(func.max(replies.Letter.number)).where(replies.Letter.entry_id == entry_id)) or 0) + 1
