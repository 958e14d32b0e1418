"""Corrections of a published round: begun, filled cell by cell, dropped or written when they are published."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.amendments import carried_evidence
from app.domain.errors import RuleBroken
from app.domain.gates import Cell, GateClosed, RoundToSeal
from app.domain.permissions import Actor, Permission, require
from app.domain.publications import CORRECTION_TEXT_KEY, RoundContent, SealedText, text_sha256
from app.domain.scores import Rating, Score
from app.domain.stages import Stage, require_stage
from app.models.signatures import CorrectionCase, CorrectionItem
from app.queries.amendments import Case, find_case, find_case_row, find_item_row
from app.queries.cells import find_cell, get_round_name
from app.queries.copies import map_copies
from app.queries.locks import lock_round
from app.queries.sealings import get_round_to_seal
from app.services.audit import record_event
from app.services.scores import NewEvidence, NewScore, record_score
from app.services.texts import new_salt

OPEN = "open"


class CaseConflict(RuleBroken):
    """Somebody changed the correction meanwhile."""

    code = "case-changed"


@dataclass(frozen=True)
class CaseSeen:
    """A correction as whoever writes into it had it before her."""

    edition: str
    number: int
    case: int
    version: int


def open_case(session: Session, actor: Actor, *, edition: str, number: int, reason: str, now_utc: datetime) -> int:
    """Begin a correction of a published round, with the reason that will be published; give its number."""
    require(actor, Permission.PREPARE_PUBLICATION, edition)
    row = lock_round(session, edition, number)
    if row is None:
        raise RuleBroken("round-unknown", edition=edition, round=number)
    require_stage(Stage(row.stage), Stage.PUBLISHED)
    case = CorrectionCase(
        round_id=row.id, reason=reason, state=OPEN, version=1, account_id=actor.account_id, opened_at_utc=now_utc
    )
    session.add(case)
    session.flush()
    _note(session, actor, case, "correction.opened", now_utc, after={"round": number, "reason": reason})
    return case.id


def reword_case(
    session: Session,
    actor: Actor,
    *,
    seen: CaseSeen,
    reason: str,
    now_utc: datetime,
) -> None:
    """Change the published reason of an open correction."""
    row = _open_row(session, actor, seen)
    before, row.reason = row.reason, reason
    row.version += 1
    session.flush()
    _note(session, actor, row, "correction.reworded", now_utc, before={"reason": before}, after={"reason": reason})


def propose(
    session: Session,
    actor: Actor,
    *,
    seen: CaseSeen,
    cell: tuple[int, int],
    rating: Rating,
    reason: str,
    now_utc: datetime,
) -> None:
    """Put a rating for one cell (ids of entry and demand) into an open correction, in the place of an earlier one.

    Raise GateClosed where the cell holds nothing, or exactly that rating already.
    """
    row = _open_row(session, actor, seen)
    now = find_cell(session, *cell)
    if now is None:
        raise GateClosed("nothing-to-correct")
    if now.rating == rating:
        raise GateClosed("nothing-changes")
    item = find_item_row(session, seen.case, *cell)
    if item is None:
        item = CorrectionItem(correction_id=seen.case, entry_id=cell[0], demand_id=cell[1])
        session.add(item)
    item.base_revision = now.revision
    item.value_tenths = rating.tenths if isinstance(rating, Score) else None
    item.absence = None if isinstance(rating, Score) else rating.value
    item.reason, item.account_id, item.proposed_at_utc = reason, actor.account_id, now_utc
    row.version += 1
    session.flush()
    facts = {"entry": cell[0], "demand": cell[1], "rating": str(rating), "reason": reason}
    _note(session, actor, row, "correction.proposed", now_utc, before={"rating": str(now.rating)}, after=facts)


def take_back(
    session: Session,
    actor: Actor,
    *,
    seen: CaseSeen,
    cell: tuple[int, int],
    now_utc: datetime,
) -> None:
    """Take one cell out of an open correction; what is not in it is no error."""
    row = _open_row(session, actor, seen)
    item = find_item_row(session, seen.case, *cell)
    if item is not None:
        session.delete(item)
        row.version += 1
        session.flush()
        _note(session, actor, row, "correction.taken-back", now_utc, before={"entry": cell[0], "demand": cell[1]})


def drop_case(session: Session, actor: Actor, *, seen: CaseSeen, now_utc: datetime) -> None:
    """Give an open correction up; nothing of it becomes public."""
    _open_row(session, actor, seen)
    close_case(session, actor, case=seen.case, state="dropped", now_utc=now_utc)


def close_case(session: Session, actor: Actor, *, case: int, state: str, now_utc: datetime) -> None:
    """Note that a correction was published or dropped."""
    row = find_case_row(session, case)
    row.state = state
    row.version += 1
    session.flush()
    _note(session, actor, row, f"correction.{state}", now_utc)


def write_corrections(
    session: Session, actor: Actor, *, case: Case, gate: RoundToSeal, now_utc: datetime
) -> RoundToSeal:
    """Write the revisions of a correction into their cells, and give what is to be sealed now.

    Whoever publishes compares it with what was signed: nothing but salts may differ.
    """
    slug, number = gate.content.edition.slug, gate.content.period.number
    reason = _reason(case)
    now = get_round_to_seal(session, slug, number, now_utc, reason=reason, case=case.id).content
    for item in case.items:
        cell = find_cell(session, item.entry_id, item.demand_id)
        if cell is None:
            raise GateClosed("nothing-to-correct")
        new = NewScore(
            entry_id=item.entry_id,
            demand_id=item.demand_id,
            base_revision=item.proposal.base_revision,
            rating=item.proposal.rating,
            reason=item.proposal.reason,
            institution=cell.institution,
            conflict=cell.conflict,
            evidence=_carried(session, now, (item.proposal.cvegeo, item.proposal.demand), cell.score_id),
        )
        record_score(session, actor, new=new, now_utc=now_utc)
    return get_round_to_seal(session, slug, number, now_utc, reason=reason, case=case.id)


def _carried(session: Session, content: RoundContent, cell: Cell, score_id: int) -> tuple[NewEvidence, ...]:
    """The evidence of a cell for its next revision, each with the file that was saved of it."""
    copies = map_copies(session, score_id)
    return tuple(
        _again(row.dated_on, words, copies.get(row.position)) for row, words in carried_evidence(content, cell)
    )


def _again(dated_on: date, words: tuple[SealedText, ...], copy: tuple[str, str] | None) -> NewEvidence:
    bodies = {text.field: text.body or "" for text in words}
    file_sha256, file_words = copy or (None, "")
    return NewEvidence(bodies["title"], bodies["url"], dated_on, file_sha256, file_words)


def _reason(case: Case) -> SealedText:
    salt = new_salt()
    return SealedText(CORRECTION_TEXT_KEY, "reason", text_sha256(salt, case.reason), salt, case.reason)


def _open_row(session: Session, actor: Actor, seen: CaseSeen) -> CorrectionCase:
    """The row of a correction that is still open and as the writer knew it, its round held."""
    require(actor, Permission.PREPARE_PUBLICATION, seen.edition)
    lock_round(session, seen.edition, seen.number)
    found = find_case(session, seen.edition, seen.number, seen.case)
    if found is None or found.state != OPEN:
        raise GateClosed("case-closed")
    if found.version != seen.version:
        raise CaseConflict
    return find_case_row(session, seen.case)


def _note(
    session: Session,
    actor: Actor,
    case: CorrectionCase,
    action: str,
    now_utc: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    subject = f"{get_round_name(session, case.round_id)}/correction/{case.id}"
    record_event(session, actor, action=action, subject=subject, at_utc=now_utc, before=before, after=after)
