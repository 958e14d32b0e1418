"""The page cache below Flask: a page is rendered once for a state of the chains, and then only sent.

What a public page shows depends on its address, the language, the release with its styles and scripts, the publications
and the day (an edition that grew old says so). The state names all but the address, so the ETag is made of it and an
unchanged page costs one small query. Rendered pages lie in ``instance/pages/``: with the database gone, those of the
last known state still answer.
"""

import gzip
import hashlib
import json
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
from flask import Flask
from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Request, Response

from app.config import Settings
from app.extensions import DatabaseAway, database
from app.language import CODES
from app.logging import LOGGER
from app.queries.publications import ChainHead, list_heads
from app.web.shared.assets import OURS, code_fingerprint, fingerprint
from app.web.shared.languages import language_of
from app.web.shared.requests import log_request, new_request_id

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PUBLIC = "public, no-cache"
FOR_EVER = "public, max-age=31536000, immutable, no-transform"
"""What proves a publication: its bytes never change, and nobody may compress them on the way."""
HEADS_FILE = "heads.json"
SMALLEST_COMPRESSED = 500
MOUNTS = {"", "/en"}
READ_THEIR_QUERY = ("/buscar/", "/comparar/")
ARRANGED = re.compile("/(orden|comparar)/")
"""The same rows as a reader arranges them have more addresses than a disk has room: they are rendered, and not kept."""
MOST_FILES = 30_000
LEAST_FREE = 500_000_000
"""What is kept of one edition in one language, and the bytes that stay free: the database lies on the same disk."""
AS_THEY_ARE = (".png", ".pdf", "/manifiesto.csv")
"""The ends of addresses whose files are compressed in themselves, or are proofs: kept once, and sent as they are."""
KEPT_HEADERS = ("Content-Type", "Content-Language", "Content-Disposition", "X-Robots-Tag", "Link")
KEPT_OF_PROOFS = (*KEPT_HEADERS, "Cache-Control", "ETag")


def _brotli(body: bytes) -> bytes:
    compressed: bytes = brotli.compress(body, quality=5)
    return compressed


def _gzip(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


ENCODERS: Mapping[str, Callable[[bytes], bytes]] = {"br": _brotli, "gzip": _gzip}


@dataclass(frozen=True)
class Seen:
    """What a page can depend on beside its address and language: the day, and the heads of all chains."""

    day: str
    heads: tuple[ChainHead, ...]


class PageCache:
    """WSGI layer between the language mount and Flask. Keeps only what Flask marked as public."""

    def __init__(self, app: Flask, inner: "WSGIApplication", settings: Settings) -> None:
        """Wrap Flask's own WSGI application."""
        self._app = app
        self._inner = inner
        self._settings = settings
        self._folder = settings.pages_path

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer from the cache where the page is there, else let Flask render and keep what is public."""
        request = Request(environ)
        seen = self._seen() if self._may_be_cached(request) else None
        if seen is None:
            return self._inner(environ, start_response)
        began = time.perf_counter()
        state = self._state(seen, request.path, language_of(environ).code)
        file = self._folder / state / _file_name(request)
        encoding = _encoding(request)
        if (stored := _read(file, encoding)) is not None:
            response = _finished(*stored, state, encoding)
            response.headers.extend(self._app.extensions["security_headers"])
            response.headers["X-Request-Id"] = new_request_id()
            response.make_conditional(request)
            log_request(environ, response, time.perf_counter() - began)
            return response(environ, start_response)
        return self._render(request, seen, state, file, encoding)(environ, start_response)

    def _render(self, request: Request, seen: Seen, state: str, file: Path, encoding: str) -> Response:
        """Render once. Kept only if it is public and nothing was published while it was being rendered."""
        response = Response.from_app(self._inner, {**request.environ, "REQUEST_METHOD": "GET"}, buffered=True)
        said = response.headers.get("Cache-Control")
        public = response.status_code == 200 and said in {PUBLIC, FOR_EVER}  # noqa: PLR2004
        if not public or "Set-Cookie" in response.headers or self._seen() != seen:
            return response
        names = KEPT_OF_PROOFS if said == FOR_EVER else KEPT_HEADERS
        headers = {name: response.headers[name] for name in names if name in response.headers}
        body = response.get_data()
        if not ARRANGED.search(request.path):
            self._keep(file, headers, body, seen, _encodings(request))
            if self._seen() != seen:  # published or withdrawn just now: what was kept since may say what is gone
                shutil.rmtree(file.parent, ignore_errors=True)
        stored = _encoded(headers, body, encoding)
        finished = _finished(*stored, state, encoding)
        for name, value in response.headers.items():
            finished.headers.setdefault(name, value)
        finished.headers["Content-Length"] = str(len(finished.get_data()))
        finished.make_conditional(request)
        return finished

    def _may_be_cached(self, request: Request) -> bool:
        """Whether the page depends on its address alone. A query string changes nothing where none is read."""
        trusted = host_is_trusted(request.environ.get("HTTP_HOST", ""), self._settings.trusted_hosts)
        ours = request.environ.get("SCRIPT_NAME", "") in MOUNTS
        asked = bool(request.query_string) and request.path.endswith(READ_THEIR_QUERY)
        return request.method in {"GET", "HEAD"} and trusted and ours and not asked

    def _seen(self) -> Seen | None:
        """What is published now or, while the database is away, what was when it was last seen; else None."""
        try:
            with self._app.app_context():
                return Seen(datetime.now(UTC).date().isoformat(), list_heads(database.session))
        except DatabaseAway:
            try:
                day, *rows = json.loads((self._folder / HEADS_FILE).read_text())
            except (OSError, ValueError):
                return None
            return Seen(day, tuple(ChainHead(*row) for row in rows))

    def _state(self, seen: Seen, path: str, code: str) -> str:
        """A short name for all that a page can show: of one edition where the address names one, else of all."""
        first = path.lstrip("/").partition("/")[0]
        shown = [head for head in seen.heads if head.edition_slug == first] or seen.heads
        parts = [
            seen.day,
            self._settings.release,
            self._settings.site_url,
            str(self._settings.show_demonstration),
            self._settings.contact_email,
            code,
            *(fingerprint(folder) for folder in OURS),
            code_fingerprint(),
        ]
        parts += [f"{head.edition_slug} {head.sha256} {head.withdrawals}" for head in shown]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    def _keep(self, file: Path, headers: Mapping[str, str], body: bytes, seen: Seen, encodings: Iterable[str]) -> None:
        """Write the page in each of the encodings. A full disk or folder costs speed, never the answer."""
        try:
            if not file.parent.is_dir():
                file.parent.mkdir(parents=True, exist_ok=True)
                heads = ([head.edition_slug, head.sequence, head.sha256, head.withdrawals] for head in seen.heads)
                _write(self._folder / HEADS_FILE, json.dumps([seen.day, *heads]).encode())
                self._forget_others(seen)
            if not _has_room(file.parent):
                return
            for encoding in encodings:
                kept, encoded = _encoded(headers, body, encoding)
                _write(file.with_suffix(f".{encoding}"), json.dumps(kept).encode() + b"\n" + encoded)
        except OSError as error:
            logging.getLogger(LOGGER).warning("page not kept: %s", error.strerror)

    def _forget_others(self, seen: Seen) -> None:
        paths = ["/", *(f"/{head.edition_slug}/" for head in seen.heads)]
        current = {self._state(seen, path, code) for path in paths for code in CODES}
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.name not in current:
                shutil.rmtree(folder, ignore_errors=True)


def _has_room(folder: Path) -> bool:
    return shutil.disk_usage(folder).free > LEAST_FREE and sum(1 for _ in folder.iterdir()) < MOST_FILES


def _file_name(request: Request) -> str:
    return hashlib.sha256(request.path.encode()).hexdigest()


def _encoding(request: Request) -> str:
    return next((name for name in _encodings(request) if request.accept_encodings.quality(name) > 0), "identity")


def _encodings(request: Request) -> tuple[str, ...]:
    return ("identity",) if request.path.endswith(AS_THEY_ARE) else (*ENCODERS, "identity")


def _read(file: Path, encoding: str) -> tuple[dict[str, str], bytes] | None:
    try:
        head, _, body = file.with_suffix(f".{encoding}").read_bytes().partition(b"\n")
        return json.loads(head), body
    except (OSError, ValueError):
        return None


def _encoded(headers: Mapping[str, str], body: bytes, encoding: str) -> tuple[dict[str, str], bytes]:
    encoder = ENCODERS.get(encoding)
    if encoder is None or len(body) < SMALLEST_COMPRESSED:
        return dict(headers), body
    return {**headers, "Content-Encoding": encoding}, encoder(body)


def _finished(headers: Mapping[str, str], body: bytes, state: str, encoding: str) -> Response:
    response = Response(body, headers=dict(headers))
    if "ETag" not in headers:
        response.headers["Cache-Control"] = PUBLIC
        response.headers["Vary"] = "Accept-Encoding"
        response.set_etag(f"{state}-{encoding}")
    return response


def _write(file: Path, content: bytes) -> None:
    """Write whole or not at all: other workers read these files."""
    descriptor, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
