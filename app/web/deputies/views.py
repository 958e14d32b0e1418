"""The deputies of an edition: named in advance, ended at any time."""

from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, url_for

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.extensions import database
from app.queries.deputies import find_edition_value, list_deputies
from app.services.deputies import end_deputy, name_deputy
from app.web.deputies.forms import DeputyForm
from app.web.shared.access import current_actor, requires
from app.web.shared.addresses import site_url
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence

N_ = str
blueprint = Blueprint("deputies", __name__, url_prefix="/coordinacion/<edition:edition>/suplencias")
NOT_NAMED = N_("No se pudo nombrar a esa persona.")
REFUSALS = {
    "no-such-account": N_("Nadie tiene cuenta con ese correo. Invítele primero en «Cuentas»."),
    "office-clash": N_("Esa persona responde por un municipio: no puede firmar lo que se publica de él."),
    "demonstration-only": N_("Esa cuenta es de demostración: solo participa en la administración inventada."),
    "already-signs": N_("Esa persona ya puede firmar en esta administración."),
}


@blueprint.get("/")
@requires(Permission.PREPARE_PUBLICATION)
def deputies(edition: str) -> Response:
    """Who may sign in the place of an organiser."""
    return _page(edition, DeputyForm(formdata=None))


@blueprint.post("/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def name(edition: str) -> Response:
    """Let one more person sign."""
    form = DeputyForm()
    if not form.validate():
        return _page(edition, form, 422)
    session, now, site = database.writing_session, datetime.now(UTC), site_url()
    try:
        name_deputy(session, current_actor(), edition=edition, email=form.address, site_url=site, now_utc=now)
    except RuleBroken as broken:
        put_error(form, "email", sentence(REFUSALS.get(broken.code, NOT_NAMED)))
        return _page(edition, form, 409)
    flash(sentence(N_("Ya puede firmar en esta administración.")))
    return _back(edition)


@blueprint.post("/<count:grant>/terminar/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def end(edition: str, grant: int) -> Response:
    """End a deputy's right to sign."""
    session, now = database.writing_session, datetime.now(UTC)
    end_deputy(session, current_actor(), edition=edition, grant_id=grant, now_utc=now)
    flash(sentence(N_("Ya no puede firmar; sus firmas pendientes dejan de contar.")))
    return _back(edition)


def _page(edition: str, form: DeputyForm, status: int = 200) -> Response:
    value = find_edition_value(database.session, edition)
    if value is None:
        abort(404)
    rows = list_deputies(database.session, edition)
    return make_response(render_template("deputies/deputies.html", edition=value, rows=rows, form=form), status)


def _back(edition: str) -> Response:
    return make_response(redirect(url_for("deputies.deputies", edition=edition), 303))
