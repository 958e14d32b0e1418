"""The cookies of the staff. They are read and set on staff addresses only: public pages know nobody.

``sesion`` holds a random key: who is signed in, and what the sign-in keeps, stands in the row behind it. ``formulario``
is Flask's signed cookie with the token of the forms and what is said once; it is tied to the session it was made for.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from flask import Flask, Request, Response, current_app, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from app.config import Settings
from app.domain.sessions import SessionLimits, SessionState, SignedIn, browser_in_words
from app.extensions import DatabaseAway, database
from app.queries.sessions import find_signed_in
from app.services.keys import fingerprint
from app.services.sessions import close_session, keep_values, note_seen, open_session, remember_browser
from app.web.shared.forwarding import is_staff_path

SESSION = "sesion"
FORM = "formulario"
BROWSER = "navegador"
BROWSER_DAYS = 180
BOUND = "bound"
IN_COOKIE = {"csrf_token", "_flashes", BOUND}
"""What the browser itself may carry, signed. All else stays on the server."""


class StaffSession(SecureCookieSession):
    """What Flask and Flask-Security see as the session, and the row behind it."""

    signed_in: SignedIn | None = None

    @property
    def values_on_server(self) -> dict[str, object]:
        """What belongs into the row."""
        return {name: value for name, value in self.items() if name not in IN_COOKIE}

    def keep(self, names: set[str]) -> None:
        """Forget all but these."""
        for name in set(self) - names:
            del self[name]


class StaffSessions(SecureCookieSessionInterface):
    """Sessions as rows. Outside the staff's addresses a session is empty and never sent."""

    session_class = StaffSession

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Join the signed cookie and the row."""
        if not is_staff_path(request.path):
            return StaffSession()
        session = super().open_session(app, request)
        try:
            if isinstance(session, StaffSession):
                recognise(session)
        except DatabaseAway as away:
            g.session_away = away
            return StaffSession()
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write the row where it changed, then send the cookies."""
        if not is_staff_path(request.path) or not isinstance(session, StaffSession):
            return
        if session.modified:
            _write_row(session, response)
            session.keep(IN_COOKIE)
            super().save_session(app, session, response)


def init_app(app: Flask, settings: Settings) -> None:
    """Let the sessions of the site be rows."""
    app.config |= {
        "SESSION_COOKIE_NAME": cookie_name(settings, FORM),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.is_https,
    }
    app.session_interface = StaffSessions()

    @app.before_request
    def _tell() -> None:
        """Raise here what was met while the session was opened: only now does an answer get all its headers."""
        if "session_away" in g:
            raise g.session_away


def recognise(session: StaffSession) -> None:
    """Find the row behind the browser's key, note that it is in use, and tie the form's token to it."""
    now, key = now_utc(), read_cookie(SESSION)
    found = find_signed_in(database.session, fingerprint(key)) if key else None
    g.signed_in, g.session_state = found, found.state(now) if found else SessionState.ENDED
    session.keep(IN_COOKIE)
    if session.get(BOUND) != (found.id if found and g.session_state is not SessionState.ENDED else None):
        session.clear()
    session.modified = False
    if found is None or g.session_state is not SessionState.LIVE:
        return
    session.signed_in = found
    session.update({**found.values, BOUND: found.id})
    session.modified = False
    if note_seen(database.writing_session, found, now):
        database.writing_session.commit()


def _write_row(session: StaffSession, response: Response) -> None:
    """Open, change or end the row, in a transaction of its own: what a view left unsaved stays unsaved."""
    before, values = session.signed_in, session.values_on_server
    database.writing_session.rollback()
    if not {"_user_id", "tf_user_id"} & values.keys():
        if before is not None:
            close_session(database.writing_session, before, now_utc())
            drop_cookie(response, SESSION)
            session.keep(_shown_on_this_page())
    elif before is None or _is_another_sign_in(before.values, values):
        _open(session, values, response)
    elif values != before.values:
        keep_values(database.writing_session, before, values)
    database.writing_session.commit()


def _shown_on_this_page() -> set[str]:
    """The token, where the page that is answered has a form with it: back from the second step to the sign-in."""
    return {"csrf_token"} & set(g)


def _is_another_sign_in(before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    """Whether somebody signed in (again): every sign-in gets a key of its own, so none can be planted before it."""
    return any(before.get(name) != after.get(name) for name in ("_user_id", "tf_user_id", "fs_paa"))


def _open(session: StaffSession, values: Mapping[str, object], response: Response) -> None:
    settings: Settings = current_app.config["SETTINGS"]
    opened = open_session(
        database.writing_session,
        values=values,
        browser=browser_in_words(request.user_agent.string),
        limits=SessionLimits(*settings.session_limits),
        now_utc=now_utc(),
        replaces=session.signed_in,
    )
    if opened is None:
        session.keep(IN_COOKIE)
        return
    session.pop("csrf_token", None)
    session[BOUND] = opened.id
    set_cookie(response, SESSION, opened.key)
    if "_user_id" in values:
        known = remember_browser(database.writing_session, opened.actor, key=read_cookie(BROWSER), now_utc=now_utc())
        set_cookie(response, BROWSER, known, days=BROWSER_DAYS)


def cookie_name(settings: Settings, name: str) -> str:
    """The name of a cookie: bound to this host by its prefix where the site is reached by https."""
    return f"__Host-{name}" if settings.is_https else name


def now_utc() -> datetime:
    """This moment, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


def read_cookie(name: str) -> str:
    """The value of one of our cookies, or an empty text."""
    return request.cookies.get(cookie_name(current_app.config["SETTINGS"], name), "")


def set_cookie(response: Response, name: str, value: str, *, days: int | None = None) -> None:
    """Set one of our cookies: for this host only, for no script, and until the browser closes unless days are given."""
    settings: Settings = current_app.config["SETTINGS"]
    response.set_cookie(
        cookie_name(settings, name),
        value,
        max_age=days * 86_400 if days else None,
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: Response, name: str) -> None:
    """Ask the browser to forget one of our cookies."""
    settings: Settings = current_app.config["SETTINGS"]
    name = cookie_name(settings, name)
    response.delete_cookie(name, secure=settings.is_https, httponly=True, samesite="Lax")
