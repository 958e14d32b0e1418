"""The same seeds give the same manifests and checksums on both databases, and again each time."""

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, undefer

from app.domain.manifests import sha256
from app.models.publications import Publication
from tests.integration.folders import DEMONSTRATION, REAL, SLUGS
from tests.integration.sealing import SLUG, verdict


def sealed(session: Session, slug: str) -> list[tuple[int, str, bytes]]:
    """Sequence, checksum and manifest of every publication of an edition."""
    query = select(Publication).where(Publication.edition_slug == slug).order_by(Publication.sequence)
    return [
        (row.sequence, row.sha256, row.manifest)
        for row in session.scalars(query.options(undefer(Publication.manifest)))
    ]


@pytest.mark.parametrize("slug", [SLUGS[REAL], SLUGS[DEMONSTRATION]])
def test_two_databases_seal_the_same_bytes(
    slug: str, seeded_sqlite_engine: Engine, seeded_postgresql_engine: Engine
) -> None:
    with Session(seeded_sqlite_engine) as sqlite, Session(seeded_postgresql_engine) as postgresql:
        first, second = sealed(sqlite, slug), sealed(postgresql, slug)
    assert first == second
    assert len(first) >= 2


def test_two_databases_seal_the_same_bytes_of_every_kind_of_row(
    valley_sqlite: Session, valley_postgresql: Session
) -> None:
    first = sealed(valley_sqlite, SLUG)
    assert first == sealed(valley_postgresql, SLUG)
    records = {line.partition(b",")[0] for _, _, manifest in first for line in manifest.splitlines()}
    assert {b"mandate", b"entry", b"score", b"evidence", b"figure", b"distinction", b"standing", b"text"} <= records


@pytest.mark.parametrize("slug", [SLUGS[REAL], SLUGS[DEMONSTRATION]])
def test_the_seeds_are_sound_on_both_databases(slug: str, seeded: Session) -> None:
    assert verdict(seeded, slug).findings == ()


def test_a_checksum_is_that_of_the_bytes_as_anyone_computes_it(valley: Session) -> None:
    for _, checksum, manifest in sealed(valley, SLUG):
        assert sha256(manifest) == checksum
        assert b"\r" not in manifest
        assert not manifest.startswith(b"\xef\xbb\xbf")
        assert manifest.endswith(b"\n")


def test_a_free_text_is_in_no_manifest(valley: Session) -> None:
    together = b"".join(manifest for _, _, manifest in sealed(valley, SLUG)).decode()
    for words in ("Se contó dos veces", "ejemplo.invalid/alba/lista.csv", "Consejo del Observatorio", "pasa de 9.5"):
        assert words not in together
