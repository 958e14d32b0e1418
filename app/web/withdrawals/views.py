"""The published texts of a round, or of an edition's rules; asking for one to go, and confirming that it goes."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, url_for

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.extensions import database
from app.queries.parts import ROWS_OF_A_PAGE, page_of
from app.queries.withdrawals import TextsPage, find_texts
from app.services import withdrawals
from app.web.shared.access import current_actor, requires
from app.web.shared.addresses import site_url
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence
from app.web.withdrawals.disk import delete_after_commit
from app.web.withdrawals.forms import CauseForm
from app.web.withdrawals.words import kind_words, refusal

N_ = str
blueprint = Blueprint("withdrawals", __name__, url_prefix="/coordinacion/<edition:edition>")
ROUND = "/evaluaciones/<count:number>/retiros"
RULES = "/retiros"
OF_THE_RULES = {"number": 0}


@blueprint.get(f"{RULES}/", defaults={**OF_THE_RULES, "page": 1})
@blueprint.get(f"{RULES}/pagina/<count:page>/", defaults=OF_THE_RULES)
@blueprint.get(f"{ROUND}/", defaults={"page": 1})
@blueprint.get(f"{ROUND}/pagina/<count:page>/")
@requires(Permission.SIGN)
def texts(edition: str, number: int, page: int) -> Response:
    """The published texts of a round, or where there are many its municipalities; the withdrawals asked for."""
    return _list(_page(edition, number), page)


@blueprint.get(f"{RULES}/municipios/<slug:cvegeo>/", defaults=OF_THE_RULES)
@blueprint.get(f"{ROUND}/municipios/<slug:cvegeo>/")
@requires(Permission.SIGN)
def texts_of_place(edition: str, number: int, cvegeo: str) -> Response:
    """The published texts of one municipality in a round."""
    page = _page(edition, number)
    records = page.of_place(cvegeo)
    if not records:
        abort(404)
    return _rendered(page, records=records, place=records[0].municipality)


@blueprint.get(f"{RULES}/texto/<path:key>/", defaults=OF_THE_RULES)
@blueprint.get(f"{ROUND}/texto/<path:key>/")
@requires(Permission.PREPARE_PUBLICATION)
def text(edition: str, number: int, key: str) -> Response:
    """One published text, and the form that asks for it to go."""
    return _text(_page(edition, number), key, CauseForm(formdata=None))


@blueprint.post(f"{RULES}/texto/<path:key>/", defaults=OF_THE_RULES)
@blueprint.post(f"{ROUND}/texto/<path:key>/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def ask(edition: str, number: int, key: str) -> Response:
    """Ask for the text to go."""
    page, form = _page(edition, number), CauseForm()
    if not form.validate() or page.find(key) is None:
        return _text(page, key, form, 422)
    session, now = database.writing_session, datetime.now(UTC)
    try:
        withdrawals.ask_withdrawal(
            session,
            current_actor(),
            edition=edition,
            number=number,
            key=key,
            cause=form.words,
            site_url=site_url(),
            now_utc=now,
        )
    except RuleBroken as broken:
        put_error(form, "cause", refusal(broken.code))
        return _text(page, key, form, 409)
    flash(sentence(N_("Quedó pedido. Otra persona debe confirmarlo; mientras, el texto sigue publicado.")))
    return _back(edition, number)


@blueprint.post(f"{RULES}/<count:case>/confirmar/", defaults=OF_THE_RULES)
@blueprint.post(f"{ROUND}/<count:case>/confirmar/")
@requires(Permission.SIGN)
@commits
def confirm(edition: str, number: int, case: int) -> Response:
    """Take the words away for good."""
    session, now = database.writing_session, datetime.now(UTC)

    def _confirm() -> None:
        files = withdrawals.confirm_withdrawal(
            session, current_actor(), edition=edition, number=number, case=case, now_utc=now
        )
        delete_after_commit(files)

    return _answer(edition, number, _confirm, N_("El texto quedó retirado; su causa está publicada en «Correcciones»."))


@blueprint.post(f"{RULES}/<count:case>/descartar/", defaults=OF_THE_RULES)
@blueprint.post(f"{ROUND}/<count:case>/descartar/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def drop(edition: str, number: int, case: int) -> Response:
    """Give a withdrawal up."""
    session, now = database.writing_session, datetime.now(UTC)

    def _drop() -> None:
        withdrawals.drop_withdrawal(session, current_actor(), edition=edition, number=number, case=case, now_utc=now)

    return _answer(edition, number, _drop, N_("Se descartó; el texto sigue publicado."))


def _answer(edition: str, number: int, act: Callable[[], None], said: str) -> Response:
    page = _page(edition, number)
    try:
        act()
    except RuleBroken as broken:
        return _list(page, 1, refusal(broken.code), 409)
    flash(sentence(said))
    return _back(edition, number)


def _page(edition: str, number: int) -> TextsPage:
    page = find_texts(database.session, edition, number)
    if page is None:
        abort(404)
    return page


def _list(page: TextsPage, number: int, why: str = "", status: int = 200) -> Response:
    """All texts while they fit on a page, else the municipalities that have some."""
    if len(page.records) <= ROWS_OF_A_PAGE:
        return _rendered(page, why, status, records=page.records)
    shown, places = page_of([place for place in page.places if place[0]], number) or abort(404)
    return _rendered(page, why, status, records=page.of_place(""), places=places, shown=shown)


def _rendered(page: TextsPage, why: str = "", status: int = 200, **shown: object) -> Response:
    words = render_template(
        "withdrawals/texts.html",
        page=page,
        edition=page.edition,
        why=why,
        kind_words=kind_words,
        me=current_actor().account_id,
        **shown,
    )
    return make_response(words, status)


def _text(page: TextsPage, key: str, form: CauseForm, status: int = 200) -> Response:
    record = page.find(key)
    if record is None:
        abort(404)
    words = render_template(
        "withdrawals/text.html", page=page, edition=page.edition, record=record, form=form, kind_words=kind_words
    )
    return make_response(words, status)


def _back(edition: str, number: int) -> Response:
    return make_response(redirect(url_for("withdrawals.texts", edition=edition, number=number), 303))
