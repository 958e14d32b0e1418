"""Around every request: its id, the hosts it may name, who may keep the answer, and one log line about it."""

import logging
import re
import secrets
import time
from typing import TYPE_CHECKING

from flask import Flask, g, request
from werkzeug.wrappers import Response

from app.config import Settings
from app.logging import LOGGER
from app.web.shared.access import is_open_to_all

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

PUBLIC_CACHE = "public, no-cache"
_KEYS = re.compile(r"(/acceso/(?:olvido|segundo-paso)/).+", re.DOTALL)
"""Addresses that end in a key: whoever reads the log must not be able to use it."""


def init_app(app: Flask, settings: Settings) -> None:
    """Register what happens before and after every request."""
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts)

    @app.before_request
    def _begin() -> None:
        g.request_id = new_request_id()
        g.began = time.perf_counter()

    @app.after_request
    def _end(response: Response) -> Response:
        view = app.view_functions.get(request.endpoint or "")
        kept = response.status_code == 200 and view is not None and is_open_to_all(view)  # noqa: PLR2004
        response.headers.setdefault("Cache-Control", PUBLIC_CACHE if kept else "no-store")
        if "began" in g:
            response.headers["X-Request-Id"] = g.request_id
            log_request(request.environ, response, time.perf_counter() - g.began)
        return response


def new_request_id() -> str:
    """A name for one request, for the log and for a visitor who reports an error."""
    return secrets.token_hex(8)


def log_request(environ: "WSGIEnvironment", response: Response, seconds: float) -> None:
    """Write the line about an answered request: no address of the visitor, no query string."""
    facts = {
        "request_id": response.headers.get("X-Request-Id", ""),
        "method": environ.get("REQUEST_METHOD", ""),
        "path": _KEYS.sub(r"\1…", environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")),
        "status": response.status_code,
        "milliseconds": round(seconds * 1000, 1),
    }
    logging.getLogger(LOGGER).info("request", extra=facts)
