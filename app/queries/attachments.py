"""The evidence behind revisions of scores, with the stored files. Staff and offices only."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.offices import Attachment, StoredFile
from app.models.evidence import EvidenceCopy, EvidenceFile
from app.models.scores import Evidence


def list_attachments(session: Session, score_ids: Collection[int]) -> dict[int, tuple[Attachment, ...]]:
    """The evidence of these revisions of scores, in its order, by the score's id. One query."""
    query = (
        select(Evidence, EvidenceCopy, EvidenceFile)
        .outerjoin(EvidenceCopy, EvidenceCopy.evidence_id == Evidence.id)
        .outerjoin(EvidenceFile, EvidenceFile.sha256 == EvidenceCopy.file_sha256)
        .where(Evidence.score_id.in_(score_ids))
        .options(joinedload(Evidence.title), joinedload(Evidence.url), joinedload(EvidenceCopy.words))
        .order_by(Evidence.score_id, Evidence.position)
    )
    found: dict[int, tuple[Attachment, ...]] = {}
    for row, copy, file in session.execute(query):
        attachment = Attachment(
            position=row.position,
            title=row.title.body or "",
            url=row.url.body or "",
            dated_on=row.dated_on,
            file=_file(copy, file),
        )
        found[row.score_id] = (*found.get(row.score_id, ()), attachment)
    return found


def _file(copy: EvidenceCopy | None, file: EvidenceFile | None) -> StoredFile | None:
    if copy is None or file is None:
        return None
    return StoredFile(file.sha256, file.media_type, file.bytes, copy.words.body or "")
