"""The files that publications have made public."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.editions import EditionKind
from app.domain.evidence import FileKind, KeptFile
from app.domain.texts import Text
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


def map_sizes(session: Session, texts: Mapping[tuple[str, str], Text]) -> dict[str, int]:
    """The bytes of the files that municipalities sent, by SHA-256. One query where there are any."""
    found = (text.body or "" for (key, field), text in texts.items() if field == "file" and key.startswith("reply/"))
    checksums = {body.partition(" ")[0] for body in found if body}
    if not checksums:
        return {}
    query = select(EvidenceFile.sha256, EvidenceFile.bytes).where(EvidenceFile.sha256.in_(checksums))
    return {row.sha256: row.bytes for row in session.execute(query)}
