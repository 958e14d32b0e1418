"""What a reader typed, as the search takes it."""

from collections.abc import Mapping

from app.domain.search import LONGEST_TEXT


def read_text(arguments: Mapping[str, str]) -> str:
    """The text of ``q``: what can be printed of it, without blanks around it, cut where no name is longer."""
    typed = " ".join(arguments.get("q", "").split())
    return "".join(char for char in typed if char.isprintable())[:LONGEST_TEXT].strip()
