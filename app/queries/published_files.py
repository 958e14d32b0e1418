"""The files that publications have made public."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.editions import EditionKind
from app.domain.evidence import FileKind, KeptFile
from app.models.evidence import EvidenceFile
from app.models.sealed import SealedEdition, SealedText


def find_published_file(session: Session, sha256: str, *, show_demonstration: bool) -> KeptFile | None:
    """A file that a publication names as evidence, and whose words nobody withdrew; or None."""
    kinds = (EditionKind.REAL, EditionKind.DEMONSTRATION) if show_demonstration else (EditionKind.REAL,)
    named = (
        select(SealedText.sha256)
        .join(SealedEdition, SealedEdition.publication_id == SealedText.publication_id)
        .where(
            SealedEdition.kind.in_(kinds),
            SealedText.field == "file",
            SealedText.body.startswith(f"{sha256} ", autoescape=True),
        )
        .limit(1)
    )
    row = session.get(EvidenceFile, sha256) if session.scalar(named) else None
    return None if row is None else KeptFile(row.sha256, FileKind(row.media_type), row.bytes)
