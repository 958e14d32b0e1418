"""Recording scores: every act adds a revision, whoever comes second is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.errors import RuleBroken
from app.domain.permissions import Actor
from app.domain.scores import Rating, Score
from app.models import scores
from app.models.cells import ScoreNote
from app.models.evidence import EvidenceCopy
from app.queries.cells import find_cell, get_cell_name
from app.queries.locks import lock_entry
from app.services.audit import record_event
from app.services.texts import keep_any_text, keep_text, new_salt


class EditConflict(RuleBroken):
    """Somebody wrote into the cell meanwhile: ``facts['revision']`` is the newest, ``facts['base']`` the one known."""

    code = "edit-conflict"


@dataclass(frozen=True)
class NewEvidence:
    """A dated link, a stored file (``file_words``: ``<sha256> <media type> <name>``), or both."""

    title: str
    url: str
    dated_on: date
    file_sha256: str | None = None
    file_words: str = ""


@dataclass(frozen=True)
class NewScore:
    """What is to stand in a cell. ``base_revision`` is the revision that the writer had before her, 0 for none."""

    entry_id: int
    demand_id: int
    base_revision: int
    rating: Rating
    reason: str
    institution: str = ""
    conflict: str = ""
    note: str = ""
    evidence: Sequence[NewEvidence] = ()


def record_score(session: Session, actor: Actor, *, new: NewScore, now_utc: datetime) -> int:
    """Add a revision to a cell and give its number. Who may do so, and when, is for the calling use case to ask.

    Raise EditConflict where the cell has a newer revision than the writer knew; nothing is written then.
    """
    lock_entry(session, new.entry_id)
    cell = find_cell(session, new.entry_id, new.demand_id)
    revision = cell.revision if cell else 0
    if revision != new.base_revision:
        raise EditConflict(revision=revision, base=new.base_revision)
    rated = isinstance(new.rating, Score)
    row = scores.Score(
        entry_id=new.entry_id,
        demand_id=new.demand_id,
        revision=revision + 1,
        value_tenths=new.rating.tenths if isinstance(new.rating, Score) else None,
        absence=None if rated else str(new.rating),
        reason_sha256=keep_text(session, new.reason, new_salt()),
        institution=new.institution,
        conflict=new.conflict,
        source="",
        account_id=actor.account_id,
        recorded_at_utc=now_utc,
    )
    session.add(row)
    session.flush()
    _add_evidence(session, row.id, new.evidence)
    if new.note:
        session.add(ScoreNote(score_id=row.id, body=new.note))
    record_event(
        session,
        actor,
        action="score.recorded",
        subject=get_cell_name(session, new.entry_id, new.demand_id),
        at_utc=now_utc,
        before={"revision": revision, "rating": str(cell.rating)} if cell else None,
        after={"revision": revision + 1, "rating": str(new.rating)},
    )
    return revision + 1


def _add_evidence(session: Session, score_id: int, evidence: Sequence[NewEvidence]) -> None:
    for position, new in enumerate(evidence, start=1):
        salt = new_salt()
        row = scores.Evidence(
            score_id=score_id,
            position=position,
            title_sha256=keep_any_text(session, new.title, salt),
            url_sha256=keep_any_text(session, new.url, salt),
            dated_on=new.dated_on,
        )
        session.add(row)
        session.flush()
        if new.file_sha256:
            words = keep_text(session, new.file_words, salt)
            session.add(EvidenceCopy(evidence_id=row.id, file_sha256=new.file_sha256, words_sha256=words))
    session.flush()
