"""Which addresses are the staff's, where a sign-in may lead (our own staff pages, by an allow-list), who sent what."""

import re
from collections.abc import Container

from werkzeug.datastructures import Headers

ROOMS = ("acceso", "captura", "revision", "enlace", "coordinacion")
_STAFF = re.compile(rf"/(?:{'|'.join(ROOMS)})(?:/.*)?", re.ASCII | re.DOTALL)
_FOLLOWING = re.compile(
    rf"(?:/en)?/(?!acceso/salir)(?:{'|'.join(ROOMS)})(?:/[A-Za-z0-9_-]{{1,80}}){{0,12}}/?", re.ASCII
)


def is_staff_path(path: str) -> bool:
    """Whether a path below the language's mount belongs to the staff. Only there are cookies read or set."""
    return _STAFF.fullmatch(path) is not None


def safe_next(text: str | None) -> str | None:
    """The address to go on to after the sign-in, or None for anything that is not plainly a staff page of ours."""
    return text if text and _FOLLOWING.fullmatch(text) else None


def is_sent_by(addresses: Container[str], headers: Headers) -> bool:
    """Whether a browser says nothing against a form's having been sent by a page of these addresses."""
    origin = headers.get("Origin")
    if origin is not None and origin not in addresses:
        return False
    return headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
