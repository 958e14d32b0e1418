"""``/enlace/<edition>/<municipality>/reglas/``: a municipality reads the proposed rules and says what it thinks."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.edits import EditionSealed
from app.domain.permissions import Permission
from app.extensions import WritingSession, database
from app.queries.acknowledgements import find_note
from app.queries.preparations import find_preparation
from app.services.acknowledgements import acknowledge
from app.web.rules.forms import AcknowledgementForm
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence

N_ = str
blueprint = Blueprint("rules", __name__, url_prefix="/enlace/<edition:edition>/<slug:municipality>")
CONFLICT, UNFIT = 409, 422


@blueprint.get("/reglas/")
@requires(Permission.ANSWER)
def rules(edition: str, municipality: str) -> str:
    """The rules as proposed or sealed, and what the municipality said of them."""
    form = AcknowledgementForm()
    note = find_note(database.session, edition, municipality)
    if note is not None and note.said is not None:
        form.fill(note.said)
    return _page(database.session, edition, municipality, form)


@blueprint.post("/reglas/")
@requires(Permission.ANSWER)
@commits
def say(edition: str, municipality: str) -> ResponseReturnValue:
    """Take note of the rules, or object to them."""
    session, form = database.writing_session, AcknowledgementForm()
    form.offer()
    if not form.validate_on_submit():
        return _page(session, edition, municipality, form), UNFIT
    new, now = form.new_acknowledgement(), datetime.now(UTC)
    try:
        acknowledge(session, current_actor(), edition=edition, municipality=municipality, new=new, now_utc=now)
    except EditionSealed:
        put_error(form, "kind", sentence(N_("Las reglas ya están selladas y son públicas: no cambian.")))
        return _page(session, edition, municipality, form), CONFLICT
    flash(sentence(N_("Quedó registrado lo que dice el municipio. Se publica con las reglas.")))
    return redirect(url_for(".rules", edition=edition, municipality=municipality), 303)


def _page(session: WritingSession, edition: str, municipality: str, form: AcknowledgementForm) -> str:
    preparation = find_preparation(session, edition, datetime.now(UTC).date()) or abort(404)
    note = find_note(session, edition, municipality) or abort(404)
    form.offer()
    return render_template(
        "rules/rules.html", preparation=preparation, edition=preparation.edition, note=note, form=form
    )
