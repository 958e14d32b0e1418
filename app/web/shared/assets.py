"""Static files under an address that carries the hash of their folder, so that browsers may keep them for ever."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

APP = Path(__file__).resolve().parents[2]
STATIC = APP.parent / "static"
OURS = ("bundle", "js", "img")


@cache
def fingerprint(folder: str) -> str:
    """Twelve hex digits over the names and bytes of all files of a folder below ``static/``."""
    return _digest(path for path in (STATIC / folder).rglob("*") if path.suffix not in {".br", ".gz"})


@cache
def code_fingerprint() -> str:
    """The same over our code, templates and catalogues: what was rendered by other words is no longer sent."""
    return _digest(path for path in APP.rglob("*") if path.suffix in {".py", ".html", ".po", ".typ"})


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.is_file():
            digest.update(path.relative_to(APP.parent).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def static_address(path: str) -> str:
    """The address of a static file: ``static_address("bundle/site.css")``.

    Raises FileNotFoundError for a wrong name, and for what `make assets` has not made yet.
    """
    folder, _, name = path.partition("/")
    if not (STATIC / path).is_file():
        raise FileNotFoundError(path)
    return f"/static/{folder}/{fingerprint(folder)}/{name}"
