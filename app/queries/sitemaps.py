"""What of every edition has an address. Five queries, however many editions there are."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.domain.editions import EditionKind
from app.domain.sitemap import EditionMap, SealedOn
from app.models import sealed
from app.models.publications import Publication as Row

Key = TypeVar("Key")
Value = TypeVar("Value")


def list_edition_maps(session: Session) -> tuple[EditionMap, ...]:
    """Every edition with a publication, by slug."""
    rows = session.execute(
        select(Row.id, Row.edition_slug, Row.round_number, Row.number, Row.sealed_at_utc).order_by(
            Row.edition_slug, Row.sequence
        )
    ).all()
    publications = _grouped((row.edition_slug, SealedOn(row[2], row[3], row[4])) for row in rows)
    in_force = {(row.edition_slug, row.round_number): row.id for row in rows}
    where = {key: address for address, key in in_force.items()}
    kinds = {where[key][0]: kind for key, kind in _kinds(session, in_force.values())}
    themes = _by_address(where, _themes(session, in_force.values()))
    demands = _by_address(where, _demands(session, in_force.values()))
    places = _grouped((slug, place) for slug, place in session.execute(_municipalities()))
    return tuple(
        EditionMap(
            slug=slug,
            is_demonstration=kinds[slug] == EditionKind.DEMONSTRATION,
            publications=publications[slug],
            themes=themes[slug],
            demands=demands[slug],
            municipalities=places.get(slug, ()),
        )
        for slug in publications
    )


def _kinds(session: Session, keys: Iterable[int]) -> Iterable[tuple[int, str]]:
    table = sealed.SealedEdition
    query = select(table.publication_id, table.kind).where(table.publication_id.in_(keys))
    return [(key, kind) for key, kind in session.execute(query)]


def _themes(session: Session, keys: Iterable[int]) -> Iterable[tuple[int, str]]:
    table = sealed.SealedTheme
    query = select(table.publication_id, table.key).where(table.publication_id.in_(keys)).order_by(table.position)
    return [(key, theme) for key, theme in session.execute(query)]


def _demands(session: Session, keys: Iterable[int]) -> Iterable[tuple[int, int]]:
    table = sealed.SealedDemand
    query = select(table.publication_id, table.number).where(table.publication_id.in_(keys)).order_by(table.number)
    return [(key, number) for key, number in session.execute(query)]


def _municipalities() -> Select[str, str]:
    """Those with a scorecard: the ones that any publication of a round holds, by name."""
    entry = sealed.SealedEntry
    return (
        select(Row.edition_slug, entry.slug)
        .join(entry, entry.publication_id == Row.id)
        .group_by(Row.edition_slug, entry.slug)
        .order_by(Row.edition_slug, func.min(entry.sort_key), entry.slug)
    )


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    found: dict[Key, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _by_address(
    where: dict[int, tuple[str, int]], pairs: Iterable[tuple[int, Value]]
) -> dict[str, dict[int, tuple[Value, ...]]]:
    """Values by edition and round, from pairs of (publication's key, value)."""
    found: dict[str, dict[int, tuple[Value, ...]]] = {}
    for key, values in _grouped(pairs).items():
        slug, round_number = where[key]
        found.setdefault(slug, {})[round_number] = values
    return found
