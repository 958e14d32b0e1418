"""One owner of a request's transaction: returning commits, raising or answering with an error rolls back.

What a view says of its own success is said only once it is stored.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import make_response
from flask import session as browser
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.extensions import database

Parameters = ParamSpec("Parameters")
FIRST_ERROR = 400


def commits(view: Callable[Parameters, ResponseReturnValue]) -> Callable[Parameters, Response]:
    """Commit once what the view wrote, before its answer leaves. An answer of 400 or more keeps nothing."""

    @wraps(view)
    def committed(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Response:
        session = database.writing_session
        try:
            response = make_response(view(*args, **kwargs))
            if response.status_code < FIRST_ERROR:
                session.commit()
        except Exception:
            browser.pop("_flashes", None)
            raise
        else:
            return response
        finally:
            session.rollback()

    return committed
