"""The pages of an edition itself: all editions, one edition, its municipalities, its corrections."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.domain.fronts import (
    EditionFront,
    EditionGlance,
    EditionInList,
    Glance,
    Home,
    MunicipalityFront,
    Places,
    RoundInList,
)
from app.domain.publications import Entry
from app.domain.rankings import Part
from app.models import sealed
from app.models.publications import Publication as Row
from app.queries.chains import Chain, Link, get_chain
from app.queries.glances import get_glance
from app.queries.publications import get_edition_frame, list_sealed
from app.queries.rankings import ROWS_OF_A_PAGE, part_of
from app.queries.rows import value_of

PLACES_AT_A_GLANCE = 60
"""How many municipalities a front page names before it only leads to their list."""


def get_home(session: Session, *, show_demonstration: bool) -> Home:
    """The front page; demonstrations only where this deployment shows them."""
    listed = _list_editions(session)
    real = tuple(row for row in listed if not row.edition.is_demonstration)
    newest = next((row for row in real if row.published_rounds), None)
    chain = get_chain(session, newest.edition.slug) if newest else None
    demonstrations = tuple(row for row in listed if row.edition.is_demonstration) if show_demonstration else ()
    if chain is None:
        return Home(None, (), real, demonstrations)
    places = _list_places(session, chain, Part(1, 1, PLACES_AT_A_GLANCE))
    return Home(_newest_glance(session, chain), places, real, demonstrations)


def _list_editions(session: Session) -> tuple[EditionInList, ...]:
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
    places = _list_places(session, chain, Part(1, 1, PLACES_AT_A_GLANCE))
    return EditionGlance(front_of(session, chain, link), _newest_glance(session, chain), places)


def _newest_glance(session: Session, chain: Chain) -> Glance | None:
    links = list(chain.in_force().values())
    return get_glance(session, chain, links[-1]) if links else None


def find_edition_front(session: Session, slug: str, number: int | None = None) -> EditionFront | None:
    """An edition by its own publication of that number, else the one in force; None where there is none.

    Its content holds no municipalities and mandates: those are listed by ``find_places``.
    """
    chain = get_chain(session, slug)
    link = chain.find(0, number)
    return None if link is None else front_of(session, chain, link)


def front_of(session: Session, chain: Chain, link: Link) -> EditionFront:
    """An edition as that publication of its own states it. Seven queries."""
    periods = list_sealed(session, e.Period, sealed.SealedPeriod, link.id)
    content = e.EditionContent(**get_edition_frame(session, link.id), periods=periods)
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


def find_places(session: Session, slug: str, page: int) -> Places | None:
    """The municipalities of an edition by name, one page of them; None where there is no such edition or page."""
    chain = get_chain(session, slug)
    link = chain.find(0)
    if link is None:
        return None
    count = select(func.count()).where(sealed.SealedMunicipality.publication_id == link.id)
    part = part_of(session.scalar(count) or 0, page)
    if part is None:
        return None
    return Places(front_of(session, chain, link), _list_places(session, chain, part), part)


def _list_places(session: Session, chain: Chain, part: Part) -> tuple[MunicipalityFront, ...]:
    """One page of municipalities with their mayors and their part in the newest round that has one. Three queries."""
    link = chain.find(0)
    if link is None:
        return ()
    table = sealed.SealedMunicipality
    query = select(table).where(table.publication_id == link.id).order_by(table.sort_key, table.cvegeo)
    rows = session.scalars(query.limit(ROWS_OF_A_PAGE).offset((part.number - 1) * ROWS_OF_A_PAGE))
    places = [value_of(e.Municipality, row) for row in rows]
    keys = [place.cvegeo for place in places]
    mandates = _mandates(session, link, keys)
    entries = _newest_entries(session, chain, keys)
    return tuple(MunicipalityFront(p, mandates.get(p.cvegeo, ()), entries.get(p.cvegeo)) for p in places)


def _mandates(session: Session, link: Link, keys: list[str]) -> dict[str, tuple[e.Mandate, ...]]:
    table = sealed.SealedMandate
    query = select(table).where(table.publication_id == link.id, table.cvegeo.in_(keys))
    found: dict[str, tuple[e.Mandate, ...]] = {}
    for row in session.scalars(query.order_by(table.cvegeo, table.starts_on)):
        found[row.cvegeo] = (*found.get(row.cvegeo, ()), value_of(e.Mandate, row))
    return found


def _newest_entries(session: Session, chain: Chain, keys: list[str]) -> dict[str, Entry]:
    """The entry of each municipality in the newest published round that has one."""
    order = {link.id: link.round_number for link in chain.in_force().values()}
    table = sealed.SealedEntry
    query = select(table).where(table.publication_id.in_(order), table.cvegeo.in_(keys))
    rows = sorted(session.scalars(query), key=lambda row: order[row.publication_id])
    return {row.cvegeo: value_of(Entry, row) for row in rows}
