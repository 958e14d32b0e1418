"""What was clarified of an edition's sealed wordings; proposing a clarification, and confirming it."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, url_for

from app.domain.clarifications import Wording
from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.domain.wordings import find_wording
from app.extensions import database
from app.queries.clarifications import ClarificationsPage, find_clarifications
from app.services import clarifications
from app.web.clarifications.forms import ClarificationForm
from app.web.clarifications.words import field_of, refusal
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence

N_ = str
blueprint = Blueprint("clarifications", __name__, url_prefix="/coordinacion/<edition:edition>/aclaraciones")
UNFIT, CONFLICT = 422, 409


@blueprint.get("/")
@requires(Permission.SIGN)
def clarified(edition: str) -> Response:
    """What was clarified, what is proposed, and the sealed wordings."""
    return _list(_page(edition))


@blueprint.get("/texto/<path:subject>/")
@requires(Permission.PREPARE_EDITION)
def wording(edition: str, subject: str) -> Response:
    """One sealed wording, and the form that clarifies it."""
    page = _page(edition)
    found = _wording(page, subject)
    return _form(page, found, ClarificationForm(found, formdata=None))


@blueprint.post("/texto/<path:subject>/")
@requires(Permission.PREPARE_EDITION)
@commits
def propose(edition: str, subject: str) -> Response:
    """Propose the clarification."""
    page = _page(edition)
    found = _wording(page, subject)
    form, session, now = ClarificationForm(found), database.writing_session, datetime.now(UTC)
    if not form.validate():
        return _form(page, found, form, UNFIT)
    try:
        clarifications.propose_clarification(
            session, current_actor(), edition=edition, subject=subject, passages=form.passages, now_utc=now
        )
    except RuleBroken as broken:
        name = field_of(broken)
        put_error(form, name if name in form else next(iter(form)).name, refusal(broken.code))
        return _form(page, found, form, UNFIT)
    flash(sentence(N_("Quedó propuesta. No es pública hasta que otra persona la confirme.")))
    return _back(edition)


@blueprint.post("/<row:case>/confirmar/")
@requires(Permission.SIGN)
@commits
def confirm(edition: str, case: int) -> Response:
    """Seal the rules again with the clarification."""
    session, now = database.writing_session, datetime.now(UTC)

    def _confirm() -> None:
        clarifications.confirm_clarification(session, current_actor(), edition=edition, case=case, now_utc=now)

    return _answer(edition, _confirm, N_("La aclaración está publicada, en una publicación nueva de la metodología."))


@blueprint.post("/<row:case>/descartar/")
@requires(Permission.PREPARE_EDITION)
@commits
def drop(edition: str, case: int) -> Response:
    """Give the proposal up."""
    session, now = database.writing_session, datetime.now(UTC)

    def _drop() -> None:
        clarifications.drop_clarification(session, current_actor(), edition=edition, case=case, now_utc=now)

    return _answer(edition, _drop, N_("Se descartó; nada de ella fue público."))


def _answer(edition: str, act: Callable[[], object], said: str) -> Response:
    try:
        act()
    except RuleBroken as broken:
        return _list(_page(edition), refusal(broken.code), CONFLICT)
    flash(sentence(said))
    return _back(edition)


def _page(edition: str) -> ClarificationsPage:
    page = find_clarifications(database.session, edition)
    if page is None:
        abort(404)
    return page


def _wording(page: ClarificationsPage, subject: str) -> Wording:
    found = find_wording(page.content, subject)
    if found is None:
        abort(404)
    return found


def _list(page: ClarificationsPage, why: str = "", status: int = 200) -> Response:
    words = render_template(
        "clarifications/clarified.html",
        page=page,
        edition=page.edition,
        why=why,
        me=current_actor().account_id,
        now=datetime.now(UTC),
    )
    return make_response(words, status)


def _form(page: ClarificationsPage, wording: Wording, form: ClarificationForm, status: int = 200) -> Response:
    words = render_template("clarifications/wording.html", page=page, edition=page.edition, wording=wording, form=form)
    return make_response(words, status)


def _back(edition: str) -> Response:
    return make_response(redirect(url_for("clarifications.clarified", edition=edition), 303))
