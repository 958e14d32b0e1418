"""Reading the evidence beside scores that are still being worked on, and the kept files. Staff only."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import CompoundSelect, Select, func, select, union
from sqlalchemy.orm import Session, joinedload

from app.domain.evidence import FileKind, KeptFile
from app.domain.sheets import Piece
from app.models.assignments import Assignment, Bar
from app.models.editions import Edition, Round, RoundEntry
from app.models.evidence import EvidenceCopy, EvidenceDraft, EvidenceFile
from app.models.replies import Letter, Reply, ReplyFile
from app.models.scores import Evidence, Score, Text


def list_pieces(session: Session, score_ids: Collection[int]) -> dict[int, tuple[Piece, ...]]:
    """The evidence of some revisions, by revision, in its order."""
    query = (
        select(Evidence, EvidenceFile)
        .outerjoin(EvidenceCopy, EvidenceCopy.evidence_id == Evidence.id)
        .outerjoin(EvidenceFile, EvidenceFile.sha256 == EvidenceCopy.file_sha256)
        .where(Evidence.score_id.in_(score_ids))
        .options(joinedload(Evidence.title), joinedload(Evidence.url))
        .order_by(Evidence.score_id, Evidence.position)
    )
    found: dict[int, tuple[Piece, ...]] = {}
    for row, file in session.execute(query):
        piece = Piece(row.position, row.title.body or "", row.url.body or "", row.dated_on, kept_file(file))
        found[row.score_id] = (*found.get(row.score_id, ()), piece)
    return found


def list_waiting(
    session: Session, account_id: int, entry_ids: Collection[int]
) -> dict[tuple[int, int], tuple[Piece, ...]]:
    """The evidence that an evaluator laid beside cells and that is part of no revision yet, by entry and demand."""
    query = (
        select(EvidenceDraft, EvidenceFile)
        .outerjoin(EvidenceFile, EvidenceFile.sha256 == EvidenceDraft.file_sha256)
        .where(EvidenceDraft.account_id == account_id, EvidenceDraft.entry_id.in_(entry_ids))
        .order_by(EvidenceDraft.id)
    )
    found: dict[tuple[int, int], tuple[Piece, ...]] = {}
    for row, file in session.execute(query):
        key = (row.entry_id, row.demand_id)
        piece = Piece(row.id, row.title, row.url, row.dated_on, kept_file(file), is_waiting=True)
        found[key] = (*found.get(key, ()), piece)
    return found


def kept_file(file: EvidenceFile | None) -> KeptFile | None:
    """A row of the kept files as its value."""
    return KeptFile(file.sha256, FileKind(file.media_type), file.bytes) if file else None


def sum_bytes_kept(session: Session, account_id: int, since_utc: datetime) -> int:
    """How many bytes of new files an account has handed over since then, used or not."""
    query = select(func.coalesce(func.sum(EvidenceFile.bytes), 0)).where(
        EvidenceFile.account_id == account_id, EvidenceFile.stored_at_utc > since_utc
    )
    return int(session.execute(query).scalar_one())


def find_kept_file(
    session: Session, account_id: int, edition: str, sha256: str, *, assigned_only: bool
) -> KeptFile | None:
    """A file behind a score of that edition, where the account may see it; None otherwise.

    An evaluator sees the files of what is assigned to her and what she added; others those of the municipalities that
    are not barred to them, with what these sent in their letters.
    """
    file = session.get(EvidenceFile, sha256)
    if file is None:
        return None
    seen = set(session.scalars(_municipalities_of(edition, sha256, account_id)))
    if not assigned_only:
        seen |= set(session.scalars(_senders_of(edition, sha256)))
    seen -= set(session.scalars(_barred(account_id, edition)))
    if assigned_only:
        seen &= set(session.scalars(select(Assignment.municipality_id).where(Assignment.account_id == account_id)))
    return kept_file(file) if seen else None


def _municipalities_of(edition: str, sha256: str, account_id: int) -> CompoundSelect[int]:
    """The municipalities of an edition with that file behind a score, or beside one that the account works on."""
    of_edition = _entries_of(edition)
    behind = (
        of_edition.join(Score, Score.entry_id == RoundEntry.id)
        .join(Evidence, Evidence.score_id == Score.id)
        .join(EvidenceCopy, EvidenceCopy.evidence_id == Evidence.id)
        .where(EvidenceCopy.file_sha256 == sha256)
    )
    beside = of_edition.join(EvidenceDraft, EvidenceDraft.entry_id == RoundEntry.id).where(
        EvidenceDraft.file_sha256 == sha256, EvidenceDraft.account_id == account_id
    )
    return union(behind, beside)


def _senders_of(edition: str, sha256: str) -> Select[int]:
    """The municipalities that sent that file in a letter, and of which nobody withdrew it."""
    return (
        _entries_of(edition)
        .join(Letter, Letter.entry_id == RoundEntry.id)
        .join(Reply, Reply.letter_id == Letter.id)
        .join(ReplyFile, ReplyFile.reply_id == Reply.id)
        .join(Text, Text.sha256 == ReplyFile.words_sha256)
        .where(ReplyFile.file_sha256 == sha256, Text.body.is_not(None))
    )


def _entries_of(edition: str) -> Select[int]:
    return (
        select(RoundEntry.municipality_id)
        .join(Round, Round.id == RoundEntry.round_id)
        .join(Edition, Edition.id == Round.edition_id)
        .where(Edition.slug == edition)
    )


def _barred(account_id: int, edition: str) -> Select[int]:
    return (
        select(Bar.municipality_id)
        .join(Edition, Edition.id == Bar.edition_id)
        .where(Bar.account_id == account_id, Edition.slug == edition)
    )
