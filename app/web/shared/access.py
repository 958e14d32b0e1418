"""Who may open a page. Every endpoint wears exactly one of these; a test walks all routes and asks."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")


def open_to_all(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Mark a view that any stranger may open: it reads publications only and sets no cookie."""
    view.access = "open_to_all"  # type: ignore[attr-defined]
    return view


def is_open_to_all(view: Callable[..., object]) -> bool:
    """Whether a view wears that mark."""
    return getattr(view, "access", "") == "open_to_all"
