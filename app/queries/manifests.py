"""The manifest of a publication, byte by byte as it was sealed."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.models import sealed
from app.queries.publications import find_publication
from app.queries.rows import value_of


@dataclass(frozen=True)
class ManifestFile:
    """The stored bytes with their checksum; ``round_number`` 0 for the edition's own publication."""

    edition: e.Edition
    round_number: int
    number: int
    sha256: str
    manifest: bytes


def find_manifest(session: Session, slug: str, round_number: int, number: int) -> ManifestFile | None:
    """A publication's manifest, or None where there is no such publication. Two queries."""
    row = find_publication(session, slug, round_number, number)
    if row is None:
        return None
    edition = session.scalars(select(sealed.SealedEdition).where(sealed.SealedEdition.publication_id == row.id)).one()
    return ManifestFile(value_of(e.Edition, edition), round_number, number, row.sha256, row.manifest)
