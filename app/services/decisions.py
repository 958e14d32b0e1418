"""Deciding on a request of a municipality: the score is kept, changed, or what was said is taken note of."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.cells import ReviewKind
from app.domain.errors import RuleBroken
from app.domain.permissions import Actor, Permission, require
from app.domain.replies import Verdict
from app.domain.requests import NewDecision, Request, check_decision, rating_decided
from app.domain.scores import Absence, Rating
from app.domain.stages import Stage, require_stage
from app.models.cells import Review, Submission
from app.models.replies import Decision
from app.queries.cells import Cell, find_cell
from app.queries.decisions import find_request
from app.queries.desks import find_desk
from app.queries.evidence import list_pieces
from app.queries.locks import lock_entry
from app.services.audit import record_event
from app.services.scores import EditConflict, NewEvidence, NewScore, record_score
from app.services.texts import keep_any_text, new_salt


def decide_reply(
    session: Session,
    actor: Actor,
    *,
    edition: str,
    number: int,
    municipality: str,
    demand: int,
    new: NewDecision,
    now_utc: datetime,
) -> Request:
    """Add a decision, with the score that it leaves, approved; the request as it then is.

    Raise StageWrong outside the stage of decisions, EditConflict where it was decided (or asked) anew meanwhile, and
    DecisionRefused.
    """
    require(actor, Permission.DECIDE, edition)
    desk = find_desk(session, edition, municipality, number)
    if desk is not None:
        lock_entry(session, desk.entry_id)
    request = find_request(session, edition, number, municipality, demand, actor.account_id)
    if request is None:
        raise RuleBroken("request-unknown", municipality=municipality, demand=demand)
    require_stage(request.desk.stage, Stage.DECISION)
    if (request.reply.id, request.known) != (new.reply_id, new.known):
        raise EditConflict(revision=request.known, base=new.known)
    check_decision(request, new)
    revision = _leave(session, actor, request, rating_decided(request, new), new.reason, now_utc)
    _add_decision(session, actor, request, new, revision, now_utc)
    decided = find_request(session, edition, number, municipality, demand, actor.account_id)
    return decided or request


def _leave(session: Session, actor: Actor, request: Request, rating: Rating, reason: str, now_utc: datetime) -> int:
    """Let the cell hold that score, and give its revision. Evaluator's reason, evidence and institution stay."""
    entry_id, demand_id = request.desk.entry_id, request.reply.demand_id
    cell = find_cell(session, entry_id, demand_id)
    if cell is None:
        raise RuleBroken("request-unknown", municipality=request.desk.slug, demand=request.demand.number)
    if cell.rating == rating:
        return cell.revision
    needs_reason = rating is Absence.NOT_APPLICABLE and not cell.reason
    new = NewScore(
        entry_id=entry_id,
        demand_id=demand_id,
        base_revision=cell.revision,
        rating=rating,
        reason=reason if needs_reason else cell.reason,
        institution=cell.institution,
        conflict=cell.conflict,
        evidence=_carried(session, cell),
    )
    revision = record_score(session, actor, new=new, now_utc=now_utc)
    _approve(session, actor, entry_id, demand_id, now_utc)
    return revision


def _carried(session: Session, cell: Cell) -> list[NewEvidence]:
    """The evidence of a revision, to stand behind the next."""
    return [
        NewEvidence(
            title=piece.title,
            url=piece.url,
            dated_on=piece.dated_on,
            file_sha256=piece.file.sha256 if piece.file else None,
            file_words=piece.file.words if piece.file else "",
        )
        for piece in list_pieces(session, [cell.score_id]).get(cell.score_id, ())
    ]


def _approve(session: Session, actor: Actor, entry_id: int, demand_id: int, now_utc: datetime) -> None:
    """Hand in and approve the newest revision: a decision is the last word on it."""
    cell = find_cell(session, entry_id, demand_id)
    if cell is None:
        raise LookupError("a score that was just recorded is not there")
    session.add(Submission(score_id=cell.score_id, account_id=actor.account_id, submitted_at_utc=now_utc))
    session.add(
        Review(
            score_id=cell.score_id,
            kind=ReviewKind.APPROVE.value,
            words="",
            account_id=actor.account_id,
            reviewed_at_utc=now_utc,
        )
    )
    session.flush()


def _add_decision(
    session: Session, actor: Actor, request: Request, new: NewDecision, revision: int, now_utc: datetime
) -> None:
    session.add(
        Decision(
            reply_id=request.reply.id,
            revision=request.known + 1,
            verdict=new.verdict.value,
            after_revision=revision if new.verdict is Verdict.CHANGED else None,
            reason_sha256=keep_any_text(session, new.reason, new_salt()),
            account_id=actor.account_id,
            decided_at_utc=now_utc,
        )
    )
    session.flush()
    before = request.decision
    record_event(
        session,
        actor,
        action="reply.decided",
        subject=f"{request.desk.audit_name}/{request.demand.number}",
        at_utc=now_utc,
        before={"verdict": before.verdict, "after": before.after and str(before.after)} if before else None,
        after={"verdict": new.verdict, "after": str(new.rating) if new.verdict is Verdict.CHANGED else None},
    )
