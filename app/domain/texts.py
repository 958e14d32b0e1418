"""A free text as pages show it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A free text as published; ``body`` is None once withdrawn, and ``withdrawn_because`` then says why."""

    body: str | None
    withdrawn_because: str = ""


NO_TEXT = Text(None)
"""What was never written."""
