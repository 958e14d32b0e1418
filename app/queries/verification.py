"""The newest publications of all editions with their codes of verification."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.domain.fronts import SealedCode
from app.domain.scorecard import RoundReference
from app.models import sealed
from app.models.publications import Publication as Row
from app.queries.rows import value_of

NEWEST = 6
"""How many publications the page names before it only leads to the lists of each edition."""


def list_newest_codes(session: Session, *, show_demonstration: bool) -> tuple[SealedCode, ...]:
    """The publications sealed last, real editions first, then newest first. One query."""
    edition = sealed.SealedEdition
    query = (
        select(Row, edition)
        .join(edition, edition.publication_id == Row.id)
        .order_by(edition.kind.desc(), Row.sealed_at_utc.desc(), Row.edition_slug, Row.sequence.desc())
        .limit(NEWEST)
    )
    if not show_demonstration:
        query = query.where(edition.kind == e.EditionKind.REAL.value)
    return tuple(
        SealedCode(value_of(e.Edition, sealed_edition), _reference(row), row.sealed_at_utc, row.sha256)
        for row, sealed_edition in session.execute(query)
    )


def _reference(row: Row) -> RoundReference:
    return RoundReference(row.round_number, row.number)
