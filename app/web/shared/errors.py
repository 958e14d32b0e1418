"""What a visitor is told when something is not there, not allowed, or broken. Never a stack, a path or a query."""

import logging

from flask import Flask, Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from app.extensions import DatabaseAway
from app.language import CODES
from app.logging import LOGGER
from app.web.shared.languages import address_in

RETRY_SECONDS = "30"
WITH_OWN_PAGE = {404, 410, 500, 503}


def init_app(app: Flask) -> None:
    """Register the error pages."""
    app.register_error_handler(HTTPException, _refused)
    for kind in DatabaseAway:
        app.register_error_handler(kind, _database_away)


def _refused(error: HTTPException) -> Response:
    status = error.code or 500
    if isinstance(error, InternalServerError):
        logging.getLogger(LOGGER).error("unexpected", exc_info=error.original_exception or error)
    if error.response is not None or 300 <= status < 400:  # noqa: PLR2004 - a redirect is no error
        return make_response(error.get_response())
    if isinstance(error, SecurityError):
        return make_response("400", status, {"Content-Type": "text/plain"})  # an unknown host: no address can be built
    name = str(status) if status in WITH_OWN_PAGE else "other"
    response = make_response(_page(name, status), status)
    for header in ("Allow", "Retry-After"):
        if value := error.get_response().headers.get(header):
            response.headers[header] = value
    return response


def _database_away(error: Exception) -> Response:
    logging.getLogger(LOGGER).error("database away", exc_info=error)
    response = make_response(_page("503", 503), 503)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _page(name: str, status: int) -> str:
    """The page of an error. It repeats nothing of what was asked: the other language leads to its front page."""
    fronts = {code: address_in(code, "/", request.script_root) for code in CODES}
    return render_template(
        f"errors/{name}.html", status=status, request_id=g.get("request_id", ""), alternates=fronts, canonical=""
    )
