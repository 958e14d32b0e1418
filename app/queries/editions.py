"""The pages of an edition itself: all editions, one edition."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.domain.fronts import EditionFront, EditionGlance, EditionInList, Glance, Home, RoundInList
from app.models import sealed
from app.models.publications import Publication as Row
from app.queries.chains import Chain, Link, get_chain
from app.queries.clarifications import list_sealed_clarifications
from app.queries.glances import get_glance
from app.queries.publications import get_edition_frame, list_sealed
from app.queries.rows import value_of


def get_home(session: Session, *, show_demonstration: bool) -> Home:
    """The front page; demonstrations only where this deployment shows them."""
    listed = list_editions(session)
    real = tuple(row for row in listed if not row.edition.is_demonstration)
    newest = next((row for row in real if row.published_rounds), None)
    chain = get_chain(session, newest.edition.slug) if newest else None
    demonstrations = tuple(row for row in listed if row.edition.is_demonstration) if show_demonstration else ()
    if chain is None:
        return Home(None, 0, real, demonstrations)
    return Home(_newest_glance(session, chain), count_municipalities(session, chain.find(0)), real, demonstrations)


def list_editions(session: Session) -> tuple[EditionInList, ...]:
    """Every edition by its own publication in force, the newest term first. One query."""
    newest = (
        select(Row.edition_slug, func.max(Row.number).label("number"), func.max(Row.id).label("id"))
        .where(Row.round_number == 0)
        .group_by(Row.edition_slug)
        .subquery()
    )
    rounds = (
        select(func.count(Row.round_number.distinct()))
        .where(Row.edition_slug == newest.c.edition_slug, Row.round_number > 0)
        .scalar_subquery()
    )
    query = (
        select(sealed.SealedEdition, rounds)
        .join(newest, newest.c.id == sealed.SealedEdition.publication_id)
        .order_by(sealed.SealedEdition.starts_on.desc(), sealed.SealedEdition.slug)
    )
    return tuple(EditionInList(value_of(e.Edition, row), count) for row, count in session.execute(query))


def find_edition_glance(session: Session, slug: str) -> EditionGlance | None:
    """An edition now, or None before its first publication."""
    chain = get_chain(session, slug)
    link = chain.find(0)
    if link is None:
        return None
    count = count_municipalities(session, link)
    return EditionGlance(front_of(session, chain, link), _newest_glance(session, chain), count)


def count_municipalities(session: Session, link: Link | None) -> int:
    """How many municipalities an edition's own publication names. One query."""
    if link is None:
        return 0
    return session.scalar(select(func.count()).where(sealed.SealedMunicipality.publication_id == link.id)) or 0


def _newest_glance(session: Session, chain: Chain) -> Glance | None:
    links = list(chain.in_force().values())
    return get_glance(session, chain, links[-1]) if links else None


def find_edition_front(session: Session, slug: str, number: int | None = None) -> EditionFront | None:
    """An edition by its own publication of that number, else the one in force; None where there is none.

    Its content holds no municipalities and mandates: those are listed by ``places.find_places``.
    """
    chain = get_chain(session, slug)
    link = chain.find(0, number)
    return None if link is None else front_of(session, chain, link)


def front_of(session: Session, chain: Chain, link: Link) -> EditionFront:
    """An edition as that publication of its own states it. Eight queries."""
    periods = list_sealed(session, e.Period, sealed.SealedPeriod, link.id)
    clarifications = list_sealed_clarifications(session, link.id)
    frame = get_edition_frame(session, link.id)
    content = e.EditionContent(**frame, periods=periods, clarifications=clarifications)
    own = tuple(other.publication for other in chain.of_round(0))
    return EditionFront(content, link.publication, own, _list_rounds(session, chain, periods), chain.cited(link))


def _list_rounds(session: Session, chain: Chain, calendar: tuple[e.Period, ...]) -> tuple[RoundInList, ...]:
    """The rounds of the calendar and all published ones, in order; a published one with the dates that it sealed."""
    in_force = chain.in_force()
    query = select(sealed.SealedPeriod).where(sealed.SealedPeriod.publication_id.in_([k.id for k in in_force.values()]))
    periods = {period.number: period for period in calendar}
    periods |= {row.number: value_of(e.Period, row) for row in session.scalars(query)}
    return tuple(
        RoundInList(periods[number], tuple(link.publication for link in chain.of_round(number)))
        for number in sorted(periods)
    )
