"""Reading the replies of a round out of the working tables, as sealing needs them. No public page reads these."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.publications import SealedText, text_sha256
from app.domain.replies import (
    PublishedAnswer,
    PublishedReply,
    Stance,
    Verdict,
    answer_status,
    letter_text_key,
    place_in_force,
    reply_text_key,
)
from app.domain.scores import Absence, Rating, Score
from app.models import replies, scores
from app.models.editions import Demand, Edition, Round, RoundEntry
from app.models.publications import Withdrawal
from app.queries.rows import rating_of

Cell = tuple[int, int]
_EVIDENCE = ("evidence_title", "evidence_url")


@dataclass(frozen=True)
class ReplyDrafts:
    """What a round's publication takes from letters, decisions, notices and meetings, as of one moment."""

    replies: tuple[PublishedReply, ...]
    answers: tuple[PublishedAnswer, ...]
    texts: tuple[SealedText, ...]


@dataclass(frozen=True)
class _InForce:
    """The reply in force to one score, the letter that holds it, and the newest decision on it."""

    letter: replies.Letter
    reply: replies.Reply
    demand: int
    decision: replies.Decision | None

    @property
    def is_withdrawn(self) -> bool:
        """Whether its reason is gone, and its evidence with it."""
        return self.reply.reason is not None and self.reply.reason.salt is None


def get_reply_drafts(
    session: Session, round_id: int, cvegeos: Mapping[int, str], as_of_utc: datetime, zone: tzinfo
) -> ReplyDrafts:
    """The replies and answers of a round as they stood at that moment; ``cvegeos`` are its entries' codes by id.

    A letter is sealed unless later ones replaced all that it said; one that speaks of no score stays, and so does one
    whose agreement came after a decision. A round of which nobody was notified, wrote or met has none.
    """
    letters = _list_letters(session, round_id, as_of_utc)
    sent = _list_replies(session, letters)
    in_force = _in_force(session, letters, sent, as_of_utc)
    ratings = _list_ratings(session, in_force)
    shown = tuple(_reply(row, cvegeos[row.letter.entry_id], ratings, zone) for row in in_force)
    gone = _map_withdrawn_evidence(session, round_id) if any(row.is_withdrawn for row in in_force) else {}
    overtaken = _overtaken(letters, sent, in_force)
    return ReplyDrafts(
        replies=shown,
        answers=tuple(_answers(session, round_id, letters, cvegeos, as_of_utc, zone)),
        texts=(
            *(text for row in in_force for text in _reply_texts(row, cvegeos[row.letter.entry_id], gone)),
            *(
                text
                for entry_id, rows in letters.items()
                for row in rows
                if row.id not in overtaken
                for text in _letter_texts(row, cvegeos[entry_id])
            ),
        ),
    )


def text_of(key: str, field: str, row: scores.Text) -> SealedText:
    """A stored text as a publication seals it."""
    return SealedText(key, field, row.sha256, row.salt, row.body)


def _list_letters(session: Session, round_id: int, as_of_utc: datetime) -> dict[int, list[replies.Letter]]:
    """The letters of a round by entry, oldest first."""
    table = replies.Letter
    query = (
        select(table)
        .join(RoundEntry, RoundEntry.id == table.entry_id)
        .where(RoundEntry.round_id == round_id, table.submitted_at_utc <= as_of_utc)
        .options(joinedload(table.words), joinedload(table.signatory), joinedload(table.position))
        .order_by(table.entry_id, table.number)
    )
    found: dict[int, list[replies.Letter]] = {}
    for row in session.scalars(query):
        found.setdefault(row.entry_id, []).append(row)
    return found


def _list_replies(
    session: Session, letters: Mapping[int, Sequence[replies.Letter]]
) -> Sequence[tuple[replies.Reply, int]]:
    """Every reply ever sent with the number of its demand, by entry and demand, oldest first."""
    query = (
        select(replies.Reply, Demand.number)
        .join(Demand, Demand.id == replies.Reply.demand_id)
        .join(replies.Letter, replies.Letter.id == replies.Reply.letter_id)
        .where(replies.Reply.letter_id.in_([row.id for rows in letters.values() for row in rows]))
        .options(joinedload(replies.Reply.reason), joinedload(replies.Reply.file).joinedload(replies.ReplyFile.words))
        .order_by(replies.Letter.entry_id, Demand.number, replies.Letter.number)
    )
    return [(row, number) for row, number in session.execute(query)]


def _in_force(
    session: Session,
    letters: Mapping[int, Sequence[replies.Letter]],
    sent: Sequence[tuple[replies.Reply, int]],
    as_of_utc: datetime,
) -> list[_InForce]:
    """The reply in force to each score, by entry and demand."""
    by_id = {row.id: row for rows in letters.values() for row in rows}
    decisions = _list_decisions(session, [row.id for row, _ in sent], as_of_utc)
    said: dict[tuple[int, int], list[replies.Reply]] = {}
    for row, number in sent:
        said.setdefault((by_id[row.letter_id].entry_id, number), []).append(row)
    found: list[_InForce] = []
    for (_, number), rows in said.items():
        row = rows[place_in_force([(Stance(row.stance), row.id in decisions) for row in rows])]
        found.append(_InForce(by_id[row.letter_id], row, number, decisions.get(row.id)))
    return found


def _overtaken(
    letters: Mapping[int, Sequence[replies.Letter]],
    sent: Sequence[tuple[replies.Reply, int]],
    in_force: Sequence[_InForce],
) -> set[int]:
    """The ids of the letters of which all that they said was replaced by later ones."""
    by_id = {row.id: row for rows in letters.values() for row in rows}
    last = {(row.letter.entry_id, row.demand): row.letter.number for row in in_force}
    stays = {
        row.letter_id
        for row, number in sent
        if by_id[row.letter_id].number >= last[by_id[row.letter_id].entry_id, number]
    }
    return {row.letter_id for row, _ in sent} - stays


def _list_decisions(session: Session, reply_ids: Sequence[int], as_of_utc: datetime) -> dict[int, replies.Decision]:
    """The newest decision on each reply."""
    table = replies.Decision
    query = (
        select(table)
        .where(table.reply_id.in_(reply_ids), table.decided_at_utc <= as_of_utc)
        .options(joinedload(table.reason))
        .order_by(table.reply_id, table.revision)
    )
    return {row.reply_id: row for row in session.scalars(query)}


def _list_ratings(session: Session, in_force: Sequence[_InForce]) -> dict[tuple[int, int, int], Rating]:
    """Every revision of the scores replied to, by entry, demand and revision."""
    table = scores.Score
    cells: set[Cell] = {(row.letter.entry_id, row.reply.demand_id) for row in in_force}
    query = select(table).where(table.entry_id.in_({entry_id for entry_id, _ in cells}))
    rows = session.scalars(query.order_by(table.id))
    return {
        (row.entry_id, row.demand_id, row.revision): rating_of(row)
        for row in rows
        if (row.entry_id, row.demand_id) in cells
    }


def _reply(row: _InForce, cvegeo: str, ratings: Mapping[tuple[int, int, int], Rating], zone: tzinfo) -> PublishedReply:
    reply, decision = row.reply, row.decision
    cell = (row.letter.entry_id, reply.demand_id)
    revision = decision.after_revision if decision else None
    return PublishedReply(
        cvegeo=cvegeo,
        demand=row.demand,
        letter=row.letter.number,
        stance=Stance(reply.stance),
        submitted_on=_day(row.letter.submitted_at_utc, zone),
        before=ratings[*cell, reply.before_revision],
        requested=_requested(reply),
        verdict=Verdict(decision.verdict) if decision else None,
        after=None if revision is None else ratings.get((*cell, revision)),
    )


def _requested(reply: replies.Reply) -> Rating | None:
    if reply.requested_absence is not None:
        return Absence(reply.requested_absence)
    return None if reply.requested_tenths is None else Score(reply.requested_tenths)


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def _map_withdrawn_evidence(session: Session, round_id: int) -> dict[tuple[str, str], str]:
    """The checksums of evidence of replies that was withdrawn, by key and field: no text of its own keeps them."""
    query = (
        select(Withdrawal.key, Withdrawal.field, Withdrawal.sha256)
        .join(Edition, Edition.slug == Withdrawal.edition_slug)
        .join(Round, (Round.edition_id == Edition.id) & (Round.number == Withdrawal.round_number))
        .where(Round.id == round_id, Withdrawal.field.in_(_EVIDENCE))
    )
    return {(key, field): sha256 for key, field, sha256 in session.execute(query)}


def _reply_texts(row: _InForce, cvegeo: str, gone: Mapping[tuple[str, str], str]) -> Iterator[SealedText]:
    """Reason and evidence of a reply under the reason's salt, its file, and the words of the decision."""
    key, reason = reply_text_key(cvegeo, row.demand), row.reply.reason
    if reason is not None:
        yield text_of(key, "reason", reason)
        for field in _EVIDENCE:
            body = getattr(row.reply, field)
            if body and reason.salt is not None:
                yield SealedText(key, field, text_sha256(reason.salt, body), reason.salt, body)
            elif (key, field) in gone:
                yield SealedText(key, field, gone[key, field])
    if row.reply.file is not None:
        yield text_of(key, "file", row.reply.file.words)
    if row.decision is not None:
        yield text_of(key, "decision", row.decision.reason)


def _letter_texts(row: replies.Letter, cvegeo: str) -> Iterator[SealedText]:
    key = letter_text_key(cvegeo, row.number)
    yield text_of(key, "signatory", row.signatory)
    yield text_of(key, "position", row.position)
    if row.words is not None:
        yield text_of(key, "words", row.words)


def _answers(
    session: Session,
    round_id: int,
    letters: Mapping[int, Sequence[replies.Letter]],
    cvegeos: Mapping[int, str],
    as_of_utc: datetime,
    zone: tzinfo,
) -> Iterator[PublishedAnswer]:
    """One answer per entry where anybody was notified, wrote or met; else none."""
    notice, meeting = replies.Notice, replies.Meeting
    of_round = select(RoundEntry.id).where(RoundEntry.round_id == round_id)
    notified = select(notice).where(notice.entry_id.in_(of_round), notice.notified_at_utc <= as_of_utc)
    met = select(meeting).where(meeting.entry_id.in_(of_round), meeting.noted_at_utc <= as_of_utc)
    notices = {row.entry_id: row for row in session.scalars(notified)}
    meetings = {row.entry_id: row.attended for row in session.scalars(met)}
    if not (notices or meetings or letters):
        return
    for entry_id, cvegeo in cvegeos.items():
        row, sent = notices.get(entry_id), letters.get(entry_id, ())
        yield PublishedAnswer(
            cvegeo=cvegeo,
            status=answer_status(is_notified=row is not None, letters_late=(letter.is_late for letter in sent)),
            notified_on=_day(row.notified_at_utc, zone) if row else None,
            due_on=_day(row.due_at_utc, zone) if row else None,
            answered_on=_day(sent[0].submitted_at_utc, zone) if sent else None,
            attended=meetings.get(entry_id),
        )
