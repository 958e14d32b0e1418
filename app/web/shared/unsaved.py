"""What somebody had typed when the database was away: it goes back to her, to be sent again as it was."""

from flask import current_app, request
from werkzeug.exceptions import HTTPException

from app.config import Settings
from app.domain.parking import worth_keeping
from app.web.shared.forwarding import is_sent_by, is_staff_path

SIGN_IN = "/acceso/"
TOKEN = "csrf_token"  # noqa: S105 - the name of a field
Fields = tuple[tuple[str, str], ...]


def fields_to_send_again() -> Fields:
    """The typed fields of this request in their order, then the token that came with them.

    Nothing for a form that one of our pages did not send, for the sign-in, and where they are too many. No password and
    no file is among them. The token is the one that came: whoever had none cannot save by sending this again.
    """
    if request.method != "POST" or not is_staff_path(request.path) or request.path.startswith(SIGN_IN):
        return ()
    settings: Settings = current_app.config["SETTINGS"]
    if not is_sent_by((settings.site_url, request.host_url.rstrip("/")), request.headers):
        return ()
    try:
        typed = worth_keeping(request.form.items(multi=True))
    except HTTPException:  # more than a form may hold
        return ()
    return (*typed, (TOKEN, request.form.get(TOKEN, ""))) if typed else ()


def words_in(fields: Fields) -> tuple[str, ...]:
    """What she wrote in words, as she would know it again: no numbers, no choices, nothing that the page carried."""
    return tuple(value.strip() for _name, value in fields if " " in value.strip())
