"""How much a browser may send: a megabyte, but where a view says that it takes more."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., object])

MEGABYTE = 1_000_000
DRAINED = 64 * MEGABYTE
CHUNK = 65_536


def takes(megabytes: int) -> Callable[[View], View]:
    """Mark a view that takes so much; typed fields, without files, stay below one megabyte."""

    def decorate(view: View) -> View:
        view.takes_megabytes = megabytes  # type: ignore[attr-defined]
        return view

    return decorate


def init_app(app: Flask) -> None:
    """Set the bound of each request before anything reads it."""

    @app.before_request
    def _bound() -> None:
        megabytes = megabytes_taken()
        if megabytes is not None:
            request.max_content_length = megabytes * MEGABYTE
            request.max_form_memory_size = MEGABYTE


def megabytes_taken() -> int | None:
    """What the view of this request says that it takes; None where it says nothing."""
    view = current_app.view_functions.get(request.endpoint or "")
    megabytes: int | None = getattr(view, "takes_megabytes", None)
    return megabytes


def drain_body() -> None:
    """Read what a browser still sends and drop it: one that is cut short shows a broken line instead of our page."""
    left = min(request.content_length or 0, DRAINED)
    stream = request.environ["wsgi.input"]
    while left > 0 and (chunk := stream.read(min(CHUNK, left))):
        left -= len(chunk)
