"""What a visitor is told when something is not there, not allowed, or broken. Never a stack, a path or a query."""

import logging

from flask import Flask, Response, current_app, g, make_response, render_template, request
from werkzeug.exceptions import Forbidden, HTTPException, InternalServerError, SecurityError

from app.config import Settings
from app.domain.editions import Edition
from app.domain.permissions import NotAllowed
from app.extensions import DatabaseAway, database
from app.language import CODES
from app.logging import LOGGER
from app.queries.suggestions import list_editions
from app.web.shared.bodies import drain_body, megabytes_taken
from app.web.shared.languages import address_in
from app.web.shared.unsaved import Fields, fields_to_send_again, words_in

RETRY_SECONDS = "30"
WITH_OWN_PAGE = {403, 404, 410, 413, 429, 500, 503}
SUGGESTING = {404, 410}
TOO_LARGE = 413


def init_app(app: Flask) -> None:
    """Register the error pages."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(NotAllowed, _not_allowed)
    for kind in DatabaseAway:
        app.register_error_handler(kind, _database_away)


def _refused(error: HTTPException) -> Response:
    status = error.code or 500
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, DatabaseAway):
        return _database_away(error.original_exception)  # while the session was read or written
    if isinstance(error, InternalServerError):
        logging.getLogger(LOGGER).error("unexpected", exc_info=error.original_exception or error, extra=_request())
    if error.response is not None or 300 <= status < 400:  # noqa: PLR2004 - a redirect is no error
        return make_response(error.get_response())
    if isinstance(error, SecurityError):
        return make_response("400", status, {"Content-Type": "text/plain"})  # an unknown host: no address can be built
    if status == TOO_LARGE:
        drain_body()
    name = str(status) if status in WITH_OWN_PAGE else "other"
    response = make_response(_page(name, status), status)
    for header in ("Allow", "Retry-After"):
        if value := error.get_response().headers.get(header):
            response.headers[header] = value
    return response


def _not_allowed(_error: NotAllowed) -> Response:
    """What a service refuses that the door let through: the same answer as the door's own."""
    return _refused(Forbidden())


def _database_away(error: Exception) -> Response:
    logging.getLogger(LOGGER).error("database away", exc_info=error, extra=_request())
    typed = fields_to_send_again()
    response = make_response(_not_saved(typed) if typed else _page("503", 503), 503)
    response.headers["Retry-After"] = RETRY_SECONDS
    return response


def _not_saved(typed: Fields) -> str:
    """The page that lets somebody of the staff send her form again."""
    return _page("not_saved", 503, fields=typed, words=words_in(typed))


def _request() -> dict[str, str]:
    """The number of the request, so that a failure and the page that reports it can be found together."""
    return {"request_id": g.get("request_id", "")}


def _page(name: str, status: int, **more: object) -> str:
    """The page of an error. It repeats nothing of what was asked, but to somebody whose form was not saved.

    The other language leads to its front page.
    """
    fronts = {code: address_in(code, "/", request.script_root) for code in CODES}
    facts: dict[str, object] = {"status": status, **_request(), **more}
    if status in SUGGESTING:
        facts |= _suggestions()
    if status == TOO_LARGE:
        facts["megabytes"] = megabytes_taken() or 1
    return render_template(f"errors/{name}.html", **facts, alternates=fronts, canonical="")


def _suggestions() -> dict[str, object]:
    """The editions, and the one whose address was asked for; without a database, none."""
    settings: Settings = current_app.config["SETTINGS"]
    try:
        editions = list_editions(database.session, show_demonstration=settings.show_demonstration)
    except DatabaseAway:
        return {"editions": ()}
    first = request.path.lstrip("/").partition("/")[0]
    asked: Edition | None = next((edition for edition in editions if edition.slug == first), None)
    real = {"editions": tuple(row for row in editions if not row.is_demonstration)}
    return {**real, "edition": asked} if asked else dict(real)
