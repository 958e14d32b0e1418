"""The municipalities of an edition by name, with their mayors and where each stands now."""

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.domain.places import Initial, MunicipalityFront, Places, initials_of
from app.domain.publications import Entry, Standing
from app.domain.rankings import Part
from app.models import sealed
from app.queries.chains import Chain, Link, get_chain
from app.queries.editions import count_municipalities, front_of
from app.queries.parts import ROWS_OF_A_PAGE, part_of
from app.queries.rows import value_of


def find_places(session: Session, slug: str, page: int) -> Places | None:
    """The municipalities of an edition by name, one page of them; None where there is no such edition or page."""
    chain = get_chain(session, slug)
    link = chain.find(0)
    part = part_of(count_municipalities(session, link), page)
    if link is None or part is None:
        return None
    places = Places(
        front=front_of(session, chain, link),
        rows=_list_places(session, chain, link, part),
        part=part,
        initials=_list_initials(session, link) if part.of > 1 else (),
    )
    return _with_standings(session, chain, places)


def _list_initials(session: Session, link: Link) -> tuple[Initial, ...]:
    """The letters that names begin with. One query."""
    table = sealed.SealedMunicipality
    beginning = func.substr(table.sort_key, 1, 2)
    query = (
        select(beginning, func.count())
        .where(table.publication_id == link.id)
        .group_by(beginning)
        .order_by(func.min(table.sort_key))
    )
    return initials_of((tuple(row) for row in session.execute(query)), ROWS_OF_A_PAGE)


def _with_standings(session: Session, chain: Chain, places: Places) -> Places:
    """The same list with each one's place in the first ranking of the newest round that has places. Two queries."""
    links = list(chain.in_force().values())
    table = sealed.SealedStanding
    if not links:
        return places
    of_round = table.publication_id == links[-1].id
    counts = select(table.scope, func.count(table.place)).where(of_round, ~table.scope.like("demand:%"))
    placed = {scope: count for scope, count in session.execute(counts.group_by(table.scope)) if count}
    themes = {str(e.theme_scope(theme.key)): theme for theme in places.front.content.themes}
    scope = next((scope for scope in (str(e.OVERALL), *themes) if scope in placed), None)
    if scope is None:
        return places
    keys = [row.municipality.cvegeo for row in places.rows]
    query = select(table).where(of_round, table.scope == scope, table.cvegeo.in_(keys))
    standings = {row.cvegeo: value_of(Standing, row) for row in session.scalars(query)}
    rows = tuple(replace(row, standing=standings.get(row.municipality.cvegeo)) for row in places.rows)
    return replace(places, rows=rows, theme=themes.get(scope), out_of=placed[scope])


def _list_places(session: Session, chain: Chain, link: Link, part: Part) -> tuple[MunicipalityFront, ...]:
    """One page of municipalities with their mayors and their part in the newest round that has one. Three queries."""
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
