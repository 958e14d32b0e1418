"""The method of an edition, with its newest round as the example."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.editions import theme_scope
from app.domain.worked import MethodPage, Worked, worked
from app.models import sealed
from app.queries.chains import Chain, get_chain, get_round_frame
from app.queries.editions import front_of
from app.queries.rankings import ranking_of
from app.queries.sealed_notes import list_sealed_notes


def find_method(session: Session, slug: str) -> MethodPage | None:
    """The method in force and an example of it; None before the edition's first publication."""
    chain = get_chain(session, slug)
    link = chain.find(0)
    if link is None:
        return None
    notes = list_sealed_notes(session, slug, link.publication.number)
    return MethodPage(front_of(session, chain, link), _example(session, chain), notes)


def _example(session: Session, chain: Chain) -> Worked | None:
    """The first theme of the newest round in which anybody has a place; None where there is no such."""
    link = next(reversed(chain.in_force().values()), None)
    if link is None:
        return None
    frame = get_round_frame(session, chain, link)
    standing = sealed.SealedStanding
    placed = (
        select(standing.scope, func.count(standing.place))
        .where(standing.publication_id == link.id, standing.scope.like("theme:%"))
        .group_by(standing.scope)
    )
    counts = {scope: count for scope, count in session.execute(placed)}  # noqa: C416 - a row is no pair to mypy
    scopes = [theme_scope(theme.key) for theme in frame.themes]
    scope = next((scope for scope in scopes if counts.get(str(scope))), None)
    ranking = ranking_of(session, link, frame, scope) if scope else None
    return worked(ranking) if ranking else None
