"""Free texts: as a publication seals them, and as pages show them."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Text:
    """A free text as published; ``body`` is None once withdrawn, and ``withdrawn_because`` then says why."""

    body: str | None
    withdrawn_because: str = ""


NO_TEXT = Text(None)
"""What was never written."""


@dataclass(frozen=True)
class SealedText:
    """A free text, in the manifest only as SHA-256(salt + UTF-8 bytes). Withdrawn: body and salt are gone."""

    RECORD: ClassVar[str] = "text"
    KEY: ClassVar[tuple[str, ...]] = ("key",)

    key: str
    field: str
    sha256: str
    salt: str | None = None
    body: str | None = None
