"""The evidence behind revisions of scores, with the stored files. Staff and offices only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.letters import is_link
from app.models.evidence import EvidenceCopy, EvidenceFile
from app.models.scores import Evidence


@dataclass(frozen=True)
class StoredFile:
    """A file that is kept as evidence: where it lies by its checksum, and what it is."""

    sha256: str
    media_type: str
    bytes: int
    words: str

    @property
    def name(self) -> str:
        """Its name as it was handed in; the checksum where none is known."""
        return self.words.split(" ", 2)[-1] or self.sha256


@dataclass(frozen=True)
class Attachment:
    """One piece of evidence: a dated link, a stored file, or both."""

    position: int
    title: str
    url: str
    dated_on: date
    file: StoredFile | None

    @property
    def link(self) -> str:
        """The address where a page may lead to it; empty where it is none."""
        return self.url if is_link(self.url) else ""


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
