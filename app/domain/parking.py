"""What is kept of a form that was sent after its session had expired: the typed fields, and no secret."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LONGEST = 200_000
"""Characters of one form, names and values together."""
MOST_FIELDS = 500
_IN_CELL = re.compile(r"(?:(?P<place>[a-z0-9-]+)-|d)(?P<demand>[0-9]{1,4})-(?P<field>[a-z_]+)", re.ASCII)
TEXTS = frozenset(
    {"score", "requested", "rating", "reason", "note", "reply", "words", "title", "url"}
    | {"evidence_title", "evidence_url", "signatory", "position"}
)
"""The fields that people write in, by name: what stands in them is theirs even where it is one word."""
_SECRET = re.compile(r"csrf|token|password|contrasena|contraseña|code|codigo", re.IGNORECASE)


def worth_keeping(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The fields without tokens and passwords, in their order; nothing where they are too many or too long."""
    kept = tuple((name, value) for name, value in pairs if not _SECRET.search(name))
    length = sum(len(name) + len(value) for name, value in kept)
    return kept if length <= LONGEST and len(kept) <= MOST_FIELDS else ()


@dataclass(frozen=True)
class Parked:
    """A form that waits for its owner: where it was sent, and what she had typed."""

    id: int
    path: str
    fields: tuple[tuple[str, str], ...]
    parked_at_utc: datetime


@dataclass(frozen=True)
class Written:
    """One text that she wrote: the name of its field, and the demand and municipality (address name) it is about."""

    field: str
    words: str
    demand: int | None = None
    place: str = ""


def written(parked: Parked) -> tuple[Written, ...]:
    """What she wrote with her own hand, in its order, without what only the page itself has to know."""
    return tuple(row for name, value in parked.fields if value.strip() and (row := _read(name, value)) is not None)


def _read(name: str, value: str) -> Written | None:
    found = _IN_CELL.fullmatch(name)
    row = Written(found["field"], value, int(found["demand"]), found["place"] or "") if found else Written(name, value)
    return row if row.field in TEXTS or " " in value.strip() else None
