"""The rows of an edition's rules in reading order, and the working rows behind them, for changing them."""

from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from app.domain.seed_columns import Row
from app.domain.seeds import Seed
from app.language import sort_key
from app.models.editions import Demand, Edition, EditionMunicipality, Organisation, Round, RoundEntry, Source, Theme
from app.models.mandates import Mandate
from app.models.places import Municipality
from app.models.publications import Publication
from app.queries.drafts import find_edition

KEYED = {"themes": Theme, "sources": Source, "organisations": Organisation}
NUMBERED = {"demands": Demand, "rounds": Round}


def list_rule_rows(seed: Seed, table: str) -> tuple[Row, ...]:
    """The rows of a table as people look for them: municipalities and mandates by name, the others as they stand."""
    names = {row["cvegeo"]: sort_key(row["name"]) for row in seed.rows("municipalities")}
    if table == "municipalities":
        return tuple(sorted(seed.rows(table), key=lambda row: (names[row["cvegeo"]], row["cvegeo"])))
    if table == "mandates":
        return tuple(sorted(seed.rows(table), key=lambda row: (names[row["cvegeo"]], row["cvegeo"], row["starts_on"])))
    return tuple(seed.rows(table))


def find_rule_row(session: Session, edition: Edition, table: str, key: tuple[str, ...]) -> Any:  # noqa: ANN401
    """The working row behind a row of the rules, or None. Of a municipality, its part in the edition."""
    if table in {"edition", "method"}:
        return edition
    if table in KEYED:
        kind: Any = KEYED[table]
        return session.scalar(select(kind).where(kind.edition_id == edition.id, kind.key == key[0]))
    if table in NUMBERED:
        kind = NUMBERED[table]
        return session.scalar(select(kind).where(kind.edition_id == edition.id, kind.number == int(key[0])))
    if table == "municipalities":
        return session.scalar(_parts(edition.id, key[0]))
    return find_mandate(session, key[0], date.fromisoformat(key[1]))


def _parts(edition_id: int, cvegeo: str) -> Select[EditionMunicipality]:
    return (
        select(EditionMunicipality)
        .join(Municipality, Municipality.id == EditionMunicipality.municipality_id)
        .where(EditionMunicipality.edition_id == edition_id, Municipality.cvegeo == cvegeo)
    )


def find_mandate(session: Session, cvegeo: str, starts_on: date) -> Mandate | None:
    """A mandate by its municipality's INEGI code and first day."""
    query = select(Mandate).join(Municipality, Municipality.id == Mandate.municipality_id)
    return session.scalar(query.where(Municipality.cvegeo == cvegeo, Mandate.starts_on == starts_on))


def list_sealed_with(session: Session, mandate: Mandate) -> tuple[str, ...]:
    """The editions that are sealed and in whose term that mandate governs one of their municipalities, by address."""
    query = (
        select(Edition.slug)
        .join(EditionMunicipality, EditionMunicipality.edition_id == Edition.id)
        .where(
            EditionMunicipality.municipality_id == mandate.municipality_id,
            Edition.ends_on > mandate.starts_on,
            *([Edition.starts_on < mandate.ends_on] if mandate.ends_on else []),
            Edition.slug.in_(select(Publication.edition_slug)),
        )
        .order_by(Edition.slug)
    )
    return tuple(session.scalars(query))


def find_mandate_in_office(session: Session, cvegeo: str, day: date) -> Mandate | None:
    """The mandate in office on a day."""
    query = select(Mandate).join(Municipality, Municipality.id == Mandate.municipality_id)
    open_then = or_(Mandate.ends_on.is_(None), Mandate.ends_on > day)
    return session.scalar(query.where(Municipality.cvegeo == cvegeo, Mandate.starts_on <= day, open_then))


def find_municipality(session: Session, cvegeo: str) -> Municipality | None:
    """A municipality by its INEGI code, of whatever edition."""
    return session.scalar(select(Municipality).where(Municipality.cvegeo == cvegeo))


def find_municipality_by_slug(session: Session, slug: str) -> Municipality | None:
    """A municipality by its address name, of whatever edition."""
    return session.scalar(select(Municipality).where(Municipality.slug == slug))


def last_position(session: Session, kind: type[Theme | Source], edition_id: int) -> int:
    """The highest position of an edition's themes or sources, 0 where there is none."""
    return session.scalar(select(func.max(kind.position)).where(kind.edition_id == edition_id)) or 0


def list_planned_entries(session: Session, edition_id: int) -> tuple[RoundEntry, ...]:
    """The entries that a folder laid for rounds that are not open yet: opening a round lays them anew."""
    query = (
        select(RoundEntry)
        .join(Round, Round.id == RoundEntry.round_id)
        .where(Round.edition_id == edition_id, Round.stage == "planned")
        .order_by(RoundEntry.id)
    )
    return tuple(session.scalars(query))


def list_rounds_under_way(session: Session, cvegeo: str, first: date, until: date | None) -> tuple[RoundEntry, ...]:
    """The entries of a municipality in rounds, of any edition, that end in these half-open days and are unpublished."""
    query = _entries_from(cvegeo, first).where(Round.stage != "published")
    if until is not None:
        query = query.where(Round.ends_on < until)
    return tuple(session.scalars(query))


def has_published_round(session: Session, cvegeo: str, day: date) -> bool:
    """Whether a published round that ends on that day or later names who governs a municipality."""
    return session.scalars(_entries_from(cvegeo, day).where(Round.stage == "published")).first() is not None


def _entries_from(cvegeo: str, day: date) -> Select[RoundEntry]:
    return (
        select(RoundEntry)
        .join(Round, Round.id == RoundEntry.round_id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .where(Municipality.cvegeo == cvegeo, Round.ends_on >= day)
        .order_by(RoundEntry.id)
    )


def edition_exists(session: Session, slug: str) -> bool:
    """Whether an edition has that address name."""
    return find_edition(session, slug) is not None
