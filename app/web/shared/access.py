"""Who may open a page. Every endpoint wears exactly one of these three; a test walks all routes and asks."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from app.domain.permissions import Actor, Permission
from app.extensions import database
from app.queries.accounts import find_actor
from app.web.shared.actors import current_account_id, has_second_factor

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")

SIGN_IN = "security.login"
SECOND_FACTOR = "security.two_factor_setup"


def open_to_all(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Mark a view that any stranger may open: it reads publications only and sets no cookie."""
    view.access = "open_to_all"  # type: ignore[attr-defined]
    return view


def is_open_to_all(view: Callable[..., object]) -> bool:
    """Whether a view wears that mark."""
    return getattr(view, "access", "") == "open_to_all"


def requires(
    permission: Permission,
) -> Callable[[Callable[Parameters, Answer]], Callable[Parameters, Answer | Response]]:
    """Let in who may do that: in the edition and for the municipality that the address names.

    A stranger is led to the sign-in, whether the address exists or not; who lacks the permission gets 403, the same for
    what exists and what does not; who still owes a second factor is led to set it up.
    """

    def decorate(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer | Response]:
        @wraps(view)
        def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Answer | Response:
            actor = find_current_actor()
            if actor is None:
                return redirect(_sign_in(), 303)
            edition, municipality = kwargs.get("edition"), kwargs.get("municipality")
            if not actor.may(permission, _word(edition), _word(municipality)):
                abort(403)
            if actor.needs_second_factor and not has_second_factor():
                return redirect(url_for(SECOND_FACTOR), 303)
            return view(*args, **kwargs)

        guarded.access = permission.value  # type: ignore[attr-defined]
        return guarded

    return decorate


def signed_in(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer | Response]:
    """Let in whoever has an account: the pages about one's own account."""

    @wraps(view)
    def guarded(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Answer | Response:
        if find_current_actor() is None:
            return redirect(_sign_in(), 303)
        return view(*args, **kwargs)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return guarded


def at_the_door(view: Callable[Parameters, Answer]) -> Callable[Parameters, Answer]:
    """Mark a view of the sign-in itself: any stranger may open it, nobody may keep its answer."""
    view.access = "at_the_door"  # type: ignore[attr-defined]
    return view


def access_of(view: Callable[..., object]) -> str:
    """The mark that a view wears, or an empty text."""
    return str(getattr(view, "access", ""))


def find_current_actor() -> Actor | None:
    """Who is signed in, with all roles, read once a request; None for a stranger."""
    if "actor" not in g:
        account_id = current_account_id()
        g.actor = None if account_id is None else find_actor(database.session, account_id)
    actor: Actor | None = g.actor
    return actor


def current_actor() -> Actor:
    """Who is signed in. Only for views behind ``requires`` or ``signed_in``."""
    actor = find_current_actor()
    if actor is None:
        abort(403)
    return actor


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _sign_in() -> str:
    """The sign-in, with the way back where coming back makes sense."""
    following = request.script_root + request.path if request.method in {"GET", "HEAD"} else None
    return url_for(SIGN_IN, next=following)
