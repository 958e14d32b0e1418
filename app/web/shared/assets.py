"""Static files under an address that carries the hash of their folder, so that browsers may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parents[3] / "static"
OURS = ("bundle", "js", "img")


@cache
def fingerprint(folder: str) -> str:
    """Twelve hex digits over the names and bytes of all files of a folder below ``static/``."""
    digest = hashlib.sha256()
    for path in sorted((STATIC / folder).rglob("*")):
        if path.is_file() and path.suffix not in {".br", ".gz"}:
            digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def static_address(path: str) -> str:
    """The address of a static file: ``static_address("bundle/site.css")``.

    Raises FileNotFoundError for a wrong name, and for what `make assets` has not made yet.
    """
    folder, _, name = path.partition("/")
    if not (STATIC / path).is_file():
        raise FileNotFoundError(path)
    return f"/static/{folder}/{fingerprint(folder)}/{name}"
