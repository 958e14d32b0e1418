"""What is kept of a form that was sent after its session had expired: the typed fields, and no secret."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

LONGEST = 200_000
"""Characters of one form, names and values together."""
MOST_FIELDS = 500
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
