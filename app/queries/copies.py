"""Reading the saved copies behind evidence, and the files behind requests. Staff only."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, func, or_, select, union
from sqlalchemy.orm import Session, joinedload

from app.models.editions import Edition, Round, RoundEntry
from app.models.evidence import EvidenceCopy, EvidenceDraft, EvidenceFile
from app.models.replies import Letter, Reply, ReplyDraft, ReplyFile
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
    """The saved files that nothing keeps any more because their words were withdrawn, and those of ``others``."""
    beside = (exists().where(table.file_sha256 == EvidenceFile.sha256) for table in (EvidenceDraft, ReplyDraft))
    is_kept = or_(*_stands(Text.body.is_not(None)), *beside)
    went = or_(EvidenceFile.sha256.in_(others), *_stands(Text.body.is_(None)))
    query = select(EvidenceFile.sha256).where(went, ~is_kept).order_by(EvidenceFile.sha256)
    return tuple(session.scalars(query))


def _stands(words: ColumnElement[bool]) -> tuple[ColumnElement[bool], ...]:
    """That a file stands behind a score, and that it stands behind a request, under such words."""
    return tuple(
        exists().where(table.file_sha256 == EvidenceFile.sha256, table.words_sha256 == Text.sha256, words)
        for table in (EvidenceCopy, ReplyFile)
    )


def list_files_withdrawn(session: Session) -> frozenset[str]:
    """The saved files whose words were withdrawn."""
    gone = (
        select(table.file_sha256).join(Text, Text.sha256 == table.words_sha256).where(Text.body.is_(None))
        for table in (EvidenceCopy, ReplyFile)
    )
    return frozenset(session.scalars(union(*gone)))


def count_saved_files(session: Session, slug: str) -> int:
    """How many saved files stand behind the scores of an edition and behind the requests of its municipalities."""
    entries = (
        select(RoundEntry.id)
        .join(Round, Round.id == RoundEntry.round_id)
        .join(Edition, Edition.id == Round.edition_id)
        .where(Edition.slug == slug)
    )
    scores = select(Evidence.id).join(Score, Score.id == Evidence.score_id).where(Score.entry_id.in_(entries))
    replies = select(Reply.id).join(Letter, Letter.id == Reply.letter_id).where(Letter.entry_id.in_(entries))
    saved = union(
        select(EvidenceCopy.file_sha256).where(EvidenceCopy.evidence_id.in_(scores)),
        select(ReplyFile.file_sha256).where(ReplyFile.reply_id.in_(replies)),
    )
    return session.scalar(select(func.count()).select_from(saved.subquery())) or 0
