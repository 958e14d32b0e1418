"""What an organiser need not type: address names, numbers, and what is known of a municipality already."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from app.domain.edits import RowChange
from app.domain.seed_columns import Row
from app.domain.seeds import Seed
from app.language import sort_key
from app.queries.edits import find_municipality, find_municipality_by_slug

LONGEST_NAME = 60
_NAMED_BY = {"themes": "name_es", "sources": "title", "organisations": "name"}


def address_name(text: str, taken: Collection[str] = ()) -> str:
    """Words as an address name, ``Espacios públicos`` as ``espacios-publicos``; numbered where it is taken."""
    name = sort_key(text).replace("~", "").replace(" ", "-")[:LONGEST_NAME].strip("-") or "x"
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    return found


def completed(session: Session, seed: Seed, change: RowChange) -> Row:
    """The values of a row with those that follow from the others."""
    values = dict(change.values)
    if change.table == "municipalities":
        return {**values, **_names_of_place(session, values)}
    if change.key is not None:
        return values
    if change.table in _NAMED_BY:
        taken = {row["key"] for row in seed.rows(change.table)}
        values["key"] = address_name(values[_NAMED_BY[change.table]], taken)
    elif change.table in {"demands", "rounds"} and not values["number"]:
        values["number"] = str(max((int(row["number"]) for row in seed.rows(change.table)), default=0) + 1)
    return values


def _names_of_place(session: Session, values: Row) -> Row:
    """Name and address name of a municipality: those it has in other editions; homonyms add their INEGI code."""
    known = find_municipality(session, values["cvegeo"])
    if known is not None:
        return {"name": known.name, "slug": known.slug}
    slug = address_name(values["name"])
    taken = find_municipality_by_slug(session, slug) is not None
    return {"name": values["name"], "slug": f"{slug}-{values['cvegeo']}" if taken else slug}
