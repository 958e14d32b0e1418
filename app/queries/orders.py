"""Whose rows a page of a reordered ranking shows: the rule orders the whole scope, the page is cut from that."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.editions import OVERALL, Scope, theme_scope
from app.domain.orders import Order, sortables, sorted_rows
from app.domain.scorecard import RoundFrame
from app.domain.standings import rank_by_change
from app.models import sealed
from app.queries.chains import Link
from app.queries.rows import value_of


def list_keys(session: Session, link: Link, frame: RoundFrame, scope: Scope | None, order: Order) -> tuple[str, ...]:
    """Every municipality of a publication in the order asked for. One query, over the scope that the order reads."""
    read = order.scope or scope or (OVERALL if frame.method.overall else theme_scope(frame.themes[0].key))
    standing, entry = sealed.SealedStanding, sealed.SealedEntry
    same = (standing.publication_id == entry.publication_id) & (standing.cvegeo == entry.cvegeo)
    query = select(entry, standing).join(standing, same)
    query = query.where(standing.publication_id == link.id, standing.scope == str(read)).order_by(standing.position)
    pairs = [(value_of(d.Entry, e), value_of(d.Standing, s)) for e, s in session.execute(query)]
    changes = rank_by_change(
        (row for _, row in pairs),
        {entry.cvegeo: entry.sort_key for entry, _ in pairs},
        frame.method.minimum_coverage(read),
    )
    return tuple(row.key for row in sorted_rows(sortables(pairs, order, changes), order))
