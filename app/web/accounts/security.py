"""Flask-Security under our addresses, with our words, rules, mail and marks of access."""

from collections.abc import Callable
from typing import Any, NoReturn

from flask import Flask, abort, redirect, request, url_for
from flask_login.utils import _user_context_processor
from flask_security import MailUtil, PasswordUtil, Security, Totp, current_user
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch
from werkzeug.local import LocalProxy
from werkzeug.wrappers import Response
from wtforms import Form

from app.config import Settings
from app.domain.passwords import PasswordRefused, check_password
from app.extensions import database
from app.queries.accounts import find_demonstration_secret
from app.services.accounts import open_datastore, use_code
from app.web.accounts import forms, guards, signals
from app.web.accounts.configuration import flask_settings
from app.web.accounts.words import MESSAGES, REFUSED, Words
from app.web.shared.access import at_the_door, signed_in
from app.web.shared.actors import current_session, expired_session
from app.web.shared.forms import sentence
from app.web.shared.forwarding import safe_next
from app.web.shared.languages import current_language

SAFE = {"GET", "HEAD", "OPTIONS"}
STRANGERS = ("login", "logout", "forgot_password", "reset_password", "two_factor_token_validation", "mf_recovery")
OWN = ("verify", "change_password", "two_factor_setup", "two_factor_setup_validate", "mf_recovery_codes")
UNUSED = ("two_factor_rescue", "tf_select")


class Passwords(PasswordUtil):
    """Our rule about passwords, in Flask-Security's place."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:  # noqa: ANN401, ARG002, FBT001
        """What is wrong with a password (or None), and the password as it is hashed."""
        user, normal = kwargs.get("user"), self.normalize(password)
        own = (user.name, user.email) if user else ()
        try:
            check_password(password, own)
        except PasswordRefused as refused:
            facts = {name: current_language().whole(int(str(value))) for name, value in refused.facts.items()}
            return [sentence(REFUSED[refused.code], **facts)], normal
        return None, normal


class Codes(Totp):
    """Codes of the second factor, each of which opens once."""

    def get_last_counter(self, user: Any) -> int | None:  # noqa: ANN401 - Flask-Security's user is our account
        """The half minute of the last right code."""
        counter: int = user.tf_counter
        return counter or None

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:  # noqa: ANN401 - the same
        """Note a right code; whoever brings it at the same moment a second time is refused."""
        if not use_code(database.writing_session, user.id, counter=tmatch.counter):
            raise UsedTokenError
        user.tf_counter = tmatch.counter


class Mails(MailUtil):
    """Flask-Security's mail goes the way of ours."""

    def send_mail(self, *_args: object, **kwargs: Any) -> None:  # noqa: ANN401 - of all it brings, only the user matters
        """Write the notice of a changed password to the outbox; it sends no other mail here."""
        guards.tell_of_new_password(kwargs["user"])


def init_app(app: Flask, settings: Settings) -> None:
    """Set Flask-Security up, and let its views wear our marks."""
    app.config |= flask_settings(settings)
    app.config |= {f"SECURITY_MSG_{name}": message for name, message in MESSAGES.items()}
    session: Any = LocalProxy(lambda: database.session if _is_reading() else database.writing_session)
    security = Security(
        mail_util_cls=Mails,
        password_util_cls=Passwords,
        totp_cls=Codes,
        login_form=forms.SignInForm,
        forgot_password_form=forms.ForgottenForm,
        reset_password_form=forms.NewPasswordForm,
        change_password_form=forms.PasswordForm,
        verify_form=forms.AgainForm,
        two_factor_setup_form=forms.SetUpForm,
        two_factor_rescue_form=forms.RescueForm,
        two_factor_verify_code_form=forms.CodeForm,
        mf_recovery_form=forms.RecoveryForm,
    )
    security.init_app(app, open_datastore(session, knows_the_invented=not settings.is_production))
    security.i18n_domain = Words()  # type: ignore[assignment]  # it is asked for sentences only
    security.want_json(lambda _request: False)
    security.login_manager.request_loader(lambda _request: None)  # a session is the only way in: no token, no JSON
    security.unauthn_handler(_ask_to_sign_in)
    security.reauthn_handler(_ask_again)
    _ask_only_where_asked(app, security)
    security.tf_setup_context_processor(lambda: {"primary_method_is_set": _has_second_factor()})
    if not settings.is_production:
        security.tf_token_validation_context_processor(lambda: {"demonstration_code": _demonstration_code(security)})
    app.jinja_env.globals |= {"general_errors": _general_errors, "expired_session": expired_session}
    app.before_request(guards.clean_request)
    signals.init_app(app)
    _mark(app.view_functions)


def _ask_only_where_asked(app: Flask, security: Security) -> None:
    """Only Flask-Security's own views look up its user: no page, no error page, and nobody by a token in a request."""
    app.before_request_funcs[None].remove(security.principal._on_before_request)  # noqa: SLF001
    app.template_context_processors[None].remove(_user_context_processor)
    security.login_manager.request_loader(lambda _request: None)


def _mark(views: dict[str, Callable[..., Any]]) -> None:
    """Every endpoint says who may open it, and what may be tried is counted."""
    for name in STRANGERS:
        views[f"security.{name}"] = at_the_door(guards.counted(name, views[f"security.{name}"]))
    for name in OWN:
        views[f"security.{name}"] = signed_in(guards.counted(name, views[f"security.{name}"]))
    for name in UNUSED:
        views[f"security.{name}"] = at_the_door(_nothing_here)


def _nothing_here() -> NoReturn:
    """The answer of those views of Flask-Security that are not used."""
    abort(404)


def _has_second_factor() -> bool:
    return getattr(current_user, "tf_primary_method", None) is not None


def _demonstration_code(security: Security) -> str | None:
    """The code that the telephone of an invented person would show; None for a real one. Never in production."""
    here = current_session()
    secret = find_demonstration_secret(database.session, here.account_id) if here else None
    return security.totp_factory.generate_totp_password(secret) if secret else None


def _general_errors(form: Form, first: str) -> list[tuple[str, str]]:
    """What is wrong with a form as a whole, told of its first field."""
    return [(form[first].id, str(problem)) for problem in dict.fromkeys(form.form_errors)]


def _is_reading() -> bool:
    return bool(request) and request.method in SAFE


def _ask_to_sign_in(*_args: object, **_kwargs: object) -> Response:
    return redirect(url_for("security.login", next=safe_next(request.script_root + request.path)), 303)


def _ask_again(*_args: object, **_kwargs: object) -> Response:
    return redirect(url_for("security.verify", next=safe_next(request.script_root + request.path)), 303)
