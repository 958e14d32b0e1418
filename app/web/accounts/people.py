"""``/coordinacion/cuentas/``: the people of an organiser's editions, and the way in for those she invites."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password
from werkzeug.wrappers import Response

from app.config import Settings
from app.domain.attempts import AttemptKind
from app.domain.people import EditionChoices, InvitationRefused
from app.domain.permissions import NotAllowed, Permission
from app.extensions import database
from app.queries.accounts import list_people
from app.queries.parts import page_of
from app.queries.people import find_edition_choices, find_invitation
from app.services import people as services
from app.services.invitations import invite, invite_again, take_up_invitation
from app.services.keys import fingerprint
from app.web.accounts.forms import InviteForm, TakeUpForm
from app.web.accounts.guards import count, network
from app.web.accounts.views import blueprint
from app.web.accounts.words import REFUSALS
from app.web.shared.access import at_the_door, current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence
from app.web.shared.languages import current_language
from app.web.shared.sessions import now_utc

N_ = str
DONE = {
    "role": N_("El papel quedó retirado y su sesión se cerró."),
    "close": N_("La cuenta quedó cerrada."),
    "reopen": N_("La cuenta quedó abierta otra vez."),
    "factor": N_("El segundo paso quedó quitado: lo activará de nuevo al entrar."),
    "again": N_("Se mandó una invitación nueva; la anterior ya no sirve."),
}


@blueprint.get("/coordinacion/cuentas/", defaults={"page": 1})
@blueprint.get("/coordinacion/cuentas/pagina/<count:page>/")
@requires(Permission.MANAGE_ACCOUNTS)
def people(page: int) -> str:
    """Everybody who takes part in the editions that the organiser looks after, page by page."""
    editions = current_actor().editions(Permission.MANAGE_ACCOUNTS)
    choices = [find_edition_choices(database.session, slug) for slug in editions]
    shown, rows = page_of(list_people(database.session, editions), page) or abort(404)
    return render_template("accounts/people.html", people=rows, shown=shown, editions=choices, room="accounts")


@blueprint.route("/coordinacion/cuentas/<edition:edition>/invitar/", methods=["GET", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def invite_person(edition: str) -> ResponseReturnValue:
    """Invite somebody to an edition."""
    choices = find_edition_choices(database.session, edition) or abort(404)
    form = InviteForm.for_edition(choices)
    if not form.validate_on_submit():
        return _invite_page(form, choices, 422 if form.is_submitted() else 200)
    settings: Settings = current_app.config["SETTINGS"]
    new, session, language = form.new_role(edition), database.writing_session, current_language()
    try:
        invite(session, current_actor(), new=new, site_url=settings.site_url, language=language, now_utc=now_utc())
    except InvitationRefused as refused:
        at = "municipality" if refused.code == "place-of-role" else "email"
        put_error(form, at, sentence(REFUSALS[refused.code]))
        return _invite_page(form, choices, 422)
    flash(sentence(N_("Se mandó un correo a %(email)s."), email=new.email))
    return redirect(url_for("accounts.people"), 303)


def _invite_page(form: InviteForm, choices: EditionChoices, status: int) -> tuple[str, int]:
    return render_template("accounts/invite.html", form=form, edition=choices, room="accounts"), status


@blueprint.post("/coordinacion/cuentas/<count:person>/")
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def change_person(person: int) -> Response:
    """Take a role, close or reopen an account, take a second factor off, or invite again."""
    kind, _, number = request.form.get("act", "").partition(":")
    try:
        _change(kind, person, int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0)  # noqa: PLR2004
    except (InvitationRefused, NotAllowed) as refused:
        database.writing_session.rollback()
        flash(sentence(REFUSALS[refused.code]), "warning")
    else:
        flash(sentence(DONE[kind]))
    return redirect(url_for("accounts.people"), 303)


def _change(kind: str, person: int, number: int) -> None:
    session, actor, now = database.writing_session, current_actor(), now_utc()
    settings: Settings = current_app.config["SETTINGS"]
    match kind:
        case "role":
            services.take_role(session, actor, grant_id=number, now_utc=now)
        case "close":
            services.close_account(session, actor, account_id=person, now_utc=now)
        case "reopen":
            services.reopen_account(session, actor, account_id=person, site_url=settings.site_url, now_utc=now)
        case "factor":
            services.reset_second_factor(session, actor, account_id=person, now_utc=now)
        case "again":
            invite_again(session, actor, account_id=person, site_url=settings.site_url, now_utc=now)
        case _:
            abort(400)


@blueprint.route("/acceso/invitacion/", methods=["GET", "POST"])
@at_the_door
@commits
def take_up() -> ResponseReturnValue:
    """Set name and password with the link of an invitation."""
    form = TakeUpForm()
    key = form.enlace.data or request.args.get("enlace", "")
    if request.method == "POST":
        count(database.writing_session, [(AttemptKind.LINK, network())])
    if find_invitation(database.session, fingerprint(key), now_utc()) is None:
        return render_template("accounts/link_dead.html"), 404
    if not form.validate_on_submit():
        return render_template("accounts/take_up.html", form=form, key=key), 422 if form.is_submitted() else 200
    facts = {"key": key, "name": form.clean_name, "password_hash": hash_password(form.normal_password)}
    try:
        take_up_invitation(database.writing_session, **facts, language=current_language(), now_utc=now_utc())
    except InvitationRefused:
        return render_template("accounts/link_dead.html"), 404
    flash(sentence(N_("Su cuenta está lista. Entre con su correo y su contraseña.")))
    return redirect(url_for("security.login"), 303)
