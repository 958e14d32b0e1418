"""Reading the saved copies behind evidence. Staff only."""

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from app.models.editions import Edition, Round, RoundEntry
from app.models.evidence import EvidenceCopy, EvidenceDraft, EvidenceFile
from app.models.scores import Evidence, Score, Text


def map_copies(session: Session, score_id: int) -> dict[int, tuple[str, str]]:
    """The saved file of each evidence of a revision, by position: its SHA-256 and the words that tell of it."""
    query = (
        select(Evidence.position, EvidenceCopy)
        .join(EvidenceCopy, EvidenceCopy.evidence_id == Evidence.id)
        .where(Evidence.score_id == score_id)
        .options(joinedload(EvidenceCopy.words))
        .order_by(Evidence.position)
    )
    return {position: (copy.file_sha256, copy.words.body or "") for position, copy in session.execute(query)}


def list_files_gone(session: Session, others: Sequence[str] = ()) -> tuple[str, ...]:
    """The saved files that no evidence keeps any more because its words were withdrawn, and those of ``others``."""
    stands = exists().where(EvidenceCopy.file_sha256 == EvidenceFile.sha256, EvidenceCopy.words_sha256 == Text.sha256)
    is_kept = or_(
        stands.where(Text.body.is_not(None)), exists().where(EvidenceDraft.file_sha256 == EvidenceFile.sha256)
    )
    went = or_(EvidenceFile.sha256.in_(others), stands.where(Text.body.is_(None)))
    query = select(EvidenceFile.sha256).where(went, ~is_kept).order_by(EvidenceFile.sha256)
    return tuple(session.scalars(query))


def list_files_withdrawn(session: Session) -> frozenset[str]:
    """The saved files of evidence whose words were withdrawn."""
    query = select(EvidenceCopy.file_sha256).join(Text, Text.sha256 == EvidenceCopy.words_sha256)
    return frozenset(session.scalars(query.where(Text.body.is_(None))))


def count_saved_files(session: Session, slug: str) -> int:
    """How many saved files stand behind the scores of an edition."""
    query = (
        select(func.count(EvidenceCopy.file_sha256.distinct()))
        .join(Evidence, Evidence.id == EvidenceCopy.evidence_id)
        .join(Score, Score.id == Evidence.score_id)
        .join(RoundEntry, RoundEntry.id == Score.entry_id)
        .join(Round, Round.id == RoundEntry.round_id)
        .join(Edition, Edition.id == Round.edition_id)
        .where(Edition.slug == slug)
    )
    return session.scalar(query) or 0
