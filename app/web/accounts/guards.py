"""What is asked of every request of the staff before a view sees it, and how often something may be tried."""

import ipaddress
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import abort, current_app, flash, g, make_response, redirect, request, session, url_for
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from app.config import Settings
from app.domain.attempts import AttemptKind, TooManyAttempts
from app.exports.mails import password_changed_mail
from app.extensions import WritingSession, database
from app.language import LANGUAGES, SPANISH
from app.queries.sessions import knows_browser
from app.services.attempts import count_attempt, forgive_attempt
from app.services.keys import fingerprint
from app.services.mail import queue_mail, queue_new_password
from app.services.parking import park_form
from app.web.shared.actors import current_account_id, expired_session
from app.web.shared.forms import sentence
from app.web.shared.forwarding import is_sent_by, is_staff_path, safe_next
from app.web.shared.languages import current_language
from app.web.shared.sessions import BROWSER, now_utc, read_cookie

N_ = str
OWN_ROOM = "/acceso/"
SAFE = {"GET", "HEAD", "OPTIONS"}
ANSWERED = 300
SECOND_STEPS = {"two_factor_token_validation", "mf_recovery"}


def clean_request() -> Response | None:
    """Refuse what another site's page sends, and forget a ``next`` that does not plainly lead to a page of ours.

    What comes from an expired session is kept for its owner, who is led to the sign-in and from there back to it.
    """
    if not is_staff_path(request.path):
        return None
    request.args = _with_safe_next(request.args)
    if request.method in SAFE:
        return None
    _refuse_foreign()
    request.form = ImmutableMultiDict(_with_safe_next(request.form))
    expired = expired_session()
    return _park(expired.account_id) if expired is not None and not request.path.startswith(OWN_ROOM) else None


def _park(account_id: int) -> Response:
    path = safe_next(request.script_root + request.path)
    pairs = request.form.items(multi=True)
    parked = path is not None and park_form(
        database.writing_session, account_id=account_id, path=path, pairs=pairs, now_utc=now_utc()
    )
    database.writing_session.commit()
    flash(sentence(N_("Su sesión venció. Lo que había escrito está guardado: lo verá al entrar.")), "warning")
    return redirect(url_for("security.login", next=url_for("accounts.parked") if parked else None), 303)


def _refuse_foreign() -> None:
    settings: Settings = current_app.config["SETTINGS"]
    if not is_sent_by((settings.site_url, request.host_url.rstrip("/")), request.headers):
        abort(400)
    if request.is_json:
        abort(415)


def _with_safe_next(values: MultiDict[str, str]) -> MultiDict[str, str]:
    if all(safe_next(address) for address in values.getlist("next")):
        return values
    kept = MultiDict(values)
    kept.poplist("next")
    return kept


def counted(name: str, view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of Flask-Security whose posts are counted before they are looked at, and forgiven where they succeed.

    The count is committed at once: attempts at the same moment see each other, and no lock is held while hashing.
    """

    @wraps(view)
    def guarded(*args: object, **kwargs: object) -> Response:
        if name in SECOND_STEPS and current_account_id() is not None:
            return redirect(url_for("accounts.start"), 303)  # already in: Flask-Security would end the session
        if request.method in SAFE:
            return make_response(view(*args, **kwargs))
        writing, counts = database.writing_session, list(_counts(name))
        count(writing, counts)
        if name == "forgot_password":
            _ask_for_new_password(writing)
        response = make_response(view(*args, **kwargs))
        if response.location and request.form.get("next") is None:
            response.location = response.location.partition("?next=")[0]  # to the sign-in itself, where we have been
        if response.status_code >= ANSWERED:
            for kind, who in counts:
                forgive_attempt(writing, kind, who)
            writing.commit()
        return response

    return guarded


def count(writing: WritingSession, counts: list[tuple[AttemptKind, str]]) -> None:
    """Count an attempt under each of these, or answer 429 with the seconds to wait."""
    try:
        for kind, who in counts:
            count_attempt(writing, kind, who, now_utc())
    except TooManyAttempts as refused:
        seconds = int(str(refused.facts["seconds"]))
        raise TooManyRequests(retry_after=seconds) from refused
    finally:
        writing.commit()


def network() -> str:
    """Where a request comes from: the address, or the /64 that one subscriber is given of IPv6."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is None:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def _email() -> str:
    """The address that was typed, as the sign-in reads it: no other spelling of one domain is counted by itself."""
    typed = request.form.get("email", "").strip().lower()
    try:
        return validate_email(typed, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        return typed


def _counts(name: str) -> Iterator[tuple[AttemptKind, str]]:
    """Under what a post to this view is counted."""
    email = _email()
    browser = fingerprint(read_cookie(BROWSER))
    match name:
        case "login":
            yield AttemptKind.ADDRESS, network()
            known = knows_browser(database.session, email, browser)
            yield (AttemptKind.OWN_BROWSER, f"{email} {browser}") if known else (AttemptKind.ACCOUNT, email)
        case "forgot_password":
            yield AttemptKind.ADDRESS, f"forgotten {network()}"
        case "reset_password":
            yield AttemptKind.LINK, network()
        case "two_factor_token_validation" | "mf_recovery":
            who = str(session.get("tf_user_id", ""))
            known = knows_browser(database.session, g.signed_in.account_id, browser) if g.signed_in else False
            yield (AttemptKind.CODE_OF_OWN_BROWSER if known else AttemptKind.CODE), who
        case "verify" | "change_password":
            yield AttemptKind.OWN_BROWSER, str(session.get("_user_id", ""))


def _ask_for_new_password(writing: WritingSession) -> None:
    """Lay the wish into the outbox, for anybody's address: what happens here must not tell whom we know."""
    email = _email()
    try:
        count_attempt(writing, AttemptKind.NEW_PASSWORD, email, now_utc())
        queue_new_password(writing, to_address=email, language=current_language(), now_utc=now_utc())
    except TooManyAttempts:
        pass  # said nowhere: the same answer for the fourth wish as for the first
    writing.commit()


def tell_of_new_password(user: Any) -> None:  # noqa: ANN401 - Flask-Security's user is our account
    """Write to somebody that her password was changed, in case it was not she who did it."""
    settings: Settings = current_app.config["SETTINGS"]
    language = LANGUAGES.get(user.language, SPANISH)
    mail = password_changed_mail(language, name=user.name, address=f"{settings.site_url}/acceso/olvido/")
    queue_mail(
        database.writing_session,
        to_address=user.email,
        account_id=user.id,
        language=language,
        mail=mail,
        now_utc=now_utc(),
    )
