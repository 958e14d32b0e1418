"""One's own account under ``/acceso/``: where one arrives, what is set up, and the browsers signed in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from app.extensions import database
from app.queries.accounts import get_person
from app.queries.sessions import find_parked_form, list_signed_in
from app.services.parking import drop_parked_form
from app.services.sessions import revoke_session
from app.web.accounts.words import written_rows
from app.web.shared.access import current_actor, signed_in
from app.web.shared.actors import current_session, has_second_factor
from app.web.shared.commits import commits
from app.web.shared.forms import sentence
from app.web.shared.forwarding import safe_next
from app.web.shared.rooms import rooms_of
from app.web.shared.sessions import now_utc

blueprint = Blueprint("accounts", __name__)
N_ = str


@blueprint.get("/acceso/inicio/")
@signed_in
def start() -> Response:
    """Lead to the first room of the person who signed in, or to what she must set up first."""
    actor = current_actor()
    if actor.needs_second_factor and not has_second_factor():
        return redirect(url_for("security.two_factor_setup"), 303)
    rooms = rooms_of(actor)
    return redirect(rooms[0][1] if rooms else url_for("accounts.account"), 303)


@blueprint.get("/acceso/cuenta/")
@signed_in
def account() -> str:
    """One's own account: roles, password, second factor, browsers."""
    return render_template("accounts/account.html", own=get_person(database.session, current_actor().account_id))


@blueprint.get("/acceso/sesiones/")
@signed_in
def sessions() -> str:
    """The browsers in which the account is open."""
    rows = list_signed_in(database.session, current_actor().account_id, now_utc())
    return render_template("accounts/sessions.html", rows=rows, current=current_session())


@blueprint.post("/acceso/sesiones/")
@signed_in
@commits
def revoke() -> Response:
    """Sign out another browser."""
    typed = request.form.get("session", "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0  # noqa: PLR2004
    if revoke_session(database.writing_session, current_actor(), session_id=number, now_utc=now_utc()):
        flash(sentence(N_("La cuenta quedó cerrada en ese navegador.")))
    return redirect(url_for("accounts.sessions"), 303)


@blueprint.get("/acceso/pendiente/")
@signed_in
def parked() -> ResponseReturnValue:
    """What the person had typed when her session expired."""
    form = find_parked_form(database.session, current_actor().account_id)
    if form is None:
        return redirect(url_for("accounts.start"), 303)
    return render_template("accounts/parked.html", form=form, rows=written_rows(form))


@blueprint.post("/acceso/pendiente/")
@signed_in
@commits
def unpark() -> Response:
    """Send the form again to where it was going (307 keeps what it holds), or forget it."""
    actor = current_actor()
    form = find_parked_form(database.session, actor.account_id)
    if form is None or request.form.get("_parked") != str(form.id):
        return redirect(url_for("accounts.parked"), 303)
    drop_parked_form(database.writing_session, account_id=actor.account_id, form_id=form.id)
    again = safe_next(form.path) if "_again" in request.form else None
    return redirect(again, 307) if again else redirect(url_for("accounts.start"), 303)
