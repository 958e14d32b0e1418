"""``/coordinacion/…/bitacora``: every write of an edition, for its organisers."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.domain.audits import AuditFilter
from app.domain.permissions import Permission
from app.exports import audit_facts, audit_words
from app.exports.audits import audit_csv
from app.extensions import database
from app.queries.audits import find_audit_log, list_audit_lines
from app.web.audits.forms import AuditForm
from app.web.shared.access import current_actor, requires

blueprint = Blueprint("audits", __name__, url_prefix="/coordinacion")


@blueprint.get("/bitacora/")
@requires(Permission.READ_AUDIT)
def events() -> ResponseReturnValue:
    """The log of the organiser's edition, or the choice among several."""
    editions = current_actor().editions(Permission.READ_AUDIT)
    if len(editions) == 1:
        return redirect(url_for(".log", edition=editions[0]), 303)
    return render_template("audits/events.html", editions=editions)


@blueprint.get("/<edition:edition>/bitacora/")
@requires(Permission.READ_AUDIT)
def log(edition: str) -> str:
    """A page of the log."""
    form = AuditForm(request.args)
    asked = form.asked if form.validate() else AuditFilter()
    found = find_audit_log(database.session, edition, asked, _page()) or abort(404)
    form.offer(found)
    kept = {name: value for name, value in request.args.items() if value and name != "pagina"}
    return render_template("audits/log.html", log=found, form=form, kept=kept, words=audit_words, facts=audit_facts)


@blueprint.get("/<edition:edition>/bitacora.csv")
@requires(Permission.READ_AUDIT)
def file(edition: str) -> Response:
    """The same events, all of them, as a file."""
    form = AuditForm(request.args)
    asked = form.asked if form.validate() else abort(400)
    response = Response(audit_csv(list_audit_lines(database.session, edition, asked)), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="bitacora-{edition}.csv"'
    return response


def _page() -> int:
    digits = request.args.get("pagina", "1")
    return int(digits) if digits.isascii() and digits.isdecimal() and 0 < len(digits) <= len("99999") else 1
