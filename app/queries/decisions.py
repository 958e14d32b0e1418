"""Reading the requests of a round with what was decided on them. Reviewers only."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.editions import Demand
from app.domain.offices import Desk, SentReply, replies_in_force
from app.domain.replies import Verdict
from app.domain.requests import Answered, Decided, Request, RequestsOfRound
from app.domain.stages import Stage
from app.models.accounts import Account
from app.models.assignments import Bar
from app.models.editions import RoundEntry
from app.models.replies import Decision, Meeting
from app.models.scores import Score
from app.queries.clarifications import list_clarifications_of
from app.queries.desks import find_desk, list_desks_of_round
from app.queries.evidence import list_pieces
from app.queries.letters import list_letters, list_replies
from app.queries.office_sheets import list_demands
from app.queries.rows import rating_of


@dataclass(frozen=True)
class _Round:
    """What the requests of some entries are made of. ``scores`` are by entry, demand and revision."""

    demands: Mapping[int, Demand]
    scores: Mapping[tuple[int, int, int], Score]
    decisions: Mapping[int, Sequence[tuple[Decision, str]]]
    barred: frozenset[int]
    account_id: int


def find_requests(session: Session, edition: str, number: int, account_id: int) -> RequestsOfRound | None:
    """All municipalities of a round as this reviewer sees them, by name; None where there is no such round."""
    desks = list_desks_of_round(session, edition, number)
    if not desks:
        return None
    return RequestsOfRound(
        edition=desks[0].edition,
        period=desks[0].period,
        stage=desks[0].stage,
        rows=_answered(session, desks, account_id),
    )


def find_request(
    session: Session, edition: str, number: int, municipality: str, demand: int, account_id: int
) -> Request | None:
    """One request in force, with the evidence of the score; None where there is none."""
    desk = find_desk(session, edition, municipality, number)
    rows = _answered(session, [desk], account_id) if desk and desk.stage is not Stage.PLANNED else ()
    request = next((row for answered in rows for row in answered.requests if row.demand.number == demand), None)
    if request is None:
        return None
    cell = (Score.entry_id == request.desk.entry_id) & (Score.demand_id == request.reply.demand_id)
    seen = select(Score.id).where(cell, Score.revision == request.reply.before_revision)
    score_id = session.scalars(seen).one()
    evidence = list_pieces(session, [score_id]).get(score_id, ())
    return replace(request, evidence=evidence, clarifications=list_clarifications_of(session, edition))


def _answered(session: Session, desks: Sequence[Desk], account_id: int) -> tuple[Answered, ...]:
    letters = list_letters(session, [desk.entry_id for desk in desks])
    sent = list_replies(session, letters)
    decisions = _decisions(session, [row.id for row in sent])
    in_force = replies_in_force(sent, decisions)
    asked = [row for row in in_force.values() if row.is_request]
    found = _Round(
        demands=list_demands(session, desks[0].edition_id),
        scores=_scores(session, asked),
        decisions=decisions,
        barred=_barred(session, account_id, desks[0].edition_id),
        account_id=account_id,
    )
    attended = _attended(session, desks[0].round_id)
    return tuple(
        Answered(
            desk=desk,
            letters=tuple(row for row in letters if row.entry_id == desk.entry_id),
            agreements=sum(not row.is_request for (entry, _), row in in_force.items() if entry == desk.entry_id),
            requests=_requests(desk, asked, found),
            attended=attended.get(desk.entry_id),
        )
        for desk in desks
    )


def _requests(desk: Desk, asked: Collection[SentReply], found: _Round) -> tuple[Request, ...]:
    own = [row for row in asked if row.letter.entry_id == desk.entry_id]
    requests = (_request(desk, row, found) for row in own)
    return tuple(sorted(requests, key=lambda request: request.demand.number))


def _request(desk: Desk, reply: SentReply, found: _Round) -> Request:
    cell = (desk.entry_id, reply.demand_id)
    seen = found.scores[*cell, reply.before_revision]
    return Request(
        desk=desk,
        demand=found.demands[reply.demand_id],
        reply=reply,
        before=rating_of(seen),
        reason=(seen.reason.body or "") if seen.reason else "",
        institution=seen.institution,
        conflict=seen.conflict,
        evidence=(),
        decisions=tuple(_decided(row, name, cell, found) for row, name in found.decisions.get(reply.id, ())),
        is_own=_wrote(found, cell, reply.before_revision),
        is_barred=desk.municipality_id in found.barred,
    )


def _wrote(found: _Round, cell: tuple[int, int], revision: int) -> bool:
    """Whether this reviewer rated the cell herself, up to the revision that the office answered."""
    rows = (found.scores.get((*cell, number)) for number in range(1, revision + 1))
    return any(row is not None and row.account_id == found.account_id for row in rows)


def _decided(row: Decision, name: str, cell: tuple[int, int], found: _Round) -> Decided:
    return Decided(
        revision=row.revision,
        verdict=Verdict(row.verdict),
        after=None if row.after_revision is None else rating_of(found.scores[*cell, row.after_revision]),
        reason=row.reason.body or "",
        name=name,
        decided_at_utc=row.decided_at_utc,
    )


def _scores(session: Session, asked: Collection[SentReply]) -> dict[tuple[int, int, int], Score]:
    entries = {row.letter.entry_id for row in asked}
    query = select(Score).where(Score.entry_id.in_(entries)).options(joinedload(Score.reason))
    rows = session.scalars(query.order_by(Score.id))
    return {(row.entry_id, row.demand_id, row.revision): row for row in rows}


def _decisions(session: Session, reply_ids: Collection[int]) -> dict[int, list[tuple[Decision, str]]]:
    """The decisions on these replies with the names of those who made them, oldest first."""
    query = (
        select(Decision, Account.name)
        .join(Account, Account.id == Decision.account_id)
        .where(Decision.reply_id.in_(reply_ids))
        .options(joinedload(Decision.reason))
        .order_by(Decision.reply_id, Decision.revision)
    )
    found: dict[int, list[tuple[Decision, str]]] = {}
    for row, name in session.execute(query):
        found.setdefault(row.reply_id, []).append((row, name))
    return found


def _barred(session: Session, account_id: int, edition_id: int) -> frozenset[int]:
    query = select(Bar.municipality_id).where(Bar.account_id == account_id, Bar.edition_id == edition_id)
    return frozenset(session.scalars(query))


def _attended(session: Session, round_id: int) -> dict[int, bool]:
    return {row.entry_id: row.attended for row in list_meetings(session, round_id)}


def list_meetings(session: Session, round_id: int) -> tuple[Meeting, ...]:
    """Which municipalities of a round are known to have come to its meeting, or not. One query."""
    entries = select(RoundEntry.id).where(RoundEntry.round_id == round_id)
    query = select(Meeting).where(Meeting.entry_id.in_(entries)).order_by(Meeting.entry_id)
    return tuple(session.scalars(query.execution_options(populate_existing=True)))
