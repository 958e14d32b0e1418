"""What follows from what Flask-Security has just done: other sessions end, and the audit log hears of it."""

from typing import Any

from flask import Flask
from flask_security import password_changed, password_reset, tf_disabled, tf_profile_changed

from app.domain.permissions import Actor
from app.domain.sessions import EndReason
from app.extensions import database
from app.queries.accounts import find_actor
from app.services.audit import record_event
from app.services.sessions import end_sessions, note_second_factor
from app.web.shared.actors import current_session
from app.web.shared.sessions import now_utc


def init_app(app: Flask) -> None:
    """Listen."""
    for signal, action in (
        (password_changed, _password_changed),
        (password_reset, _password_changed),
        (tf_profile_changed, _second_factor_set),
        (tf_disabled, _second_factor_removed),
    ):
        signal.connect(action, app, weak=False)


def _password_changed(_app: Flask, user: Any, **_facts: object) -> None:  # noqa: ANN401 - our account
    if (actor := _note(user, "password_changed")) is not None:
        end_sessions(database.writing_session, actor, account_id=user.id, reason=EndReason.PASSWORD, now_utc=now_utc())


def _second_factor_set(_app: Flask, user: Any, **_facts: object) -> None:  # noqa: ANN401 - our account
    actor, here = _note(user, "second_factor_set"), current_session()
    if actor is not None and here is not None:
        note_second_factor(database.writing_session, here)
        end_sessions(
            database.writing_session,
            actor,
            account_id=user.id,
            reason=EndReason.FACTOR,
            now_utc=now_utc(),
            but=here.id,
        )


def _second_factor_removed(_app: Flask, user: Any, **_facts: object) -> None:  # noqa: ANN401 - our account
    _note(user, "second_factor_removed")


def _note(user: Any, action: str) -> Actor | None:  # noqa: ANN401 - our account
    """The person herself, after the log was told what she did."""
    actor = find_actor(database.writing_session, user.id)
    if actor is not None:
        record_event(database.writing_session, actor, action=action, subject=f"account:{user.id}", at_utc=now_utc())
    return actor
