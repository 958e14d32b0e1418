"""What a visitor may have looked for who asked for something that is not there."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.editions import Edition, EditionKind
from app.models import sealed
from app.models.publications import Publication as Row
from app.queries.rows import value_of


def list_editions(session: Session, *, show_demonstration: bool) -> tuple[Edition, ...]:
    """Every edition as its own publication in force states it, the newest term first. One query."""
    newest = select(func.max(Row.id)).where(Row.round_number == 0).group_by(Row.edition_slug)
    table = sealed.SealedEdition
    query = select(table).where(table.publication_id.in_(newest)).order_by(table.starts_on.desc(), table.slug)
    if not show_demonstration:
        query = query.where(table.kind != EditionKind.DEMONSTRATION.value)
    return tuple(value_of(Edition, row) for row in session.scalars(query))
