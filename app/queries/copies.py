"""Reading the saved copies behind evidence. Staff only."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.models.evidence import EvidenceCopy
from app.models.scores import Evidence


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
