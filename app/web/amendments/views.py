"""Corrections of a published round: begun, filled cell by cell, dropped. The gate publishes them."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, url_for

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.domain.scores import Absence
from app.extensions import database
from app.queries.cases import CaseCell, CasesPage, find_case_page, find_cases
from app.services import amendments
from app.services.amendments import CaseSeen
from app.web.amendments.forms import BeginForm, CellForm, ReasonForm, VersionForm, whole
from app.web.amendments.words import refusal
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence
from app.web.shared.words import word

N_ = str
blueprint = Blueprint("amendments", __name__, url_prefix="/coordinacion/<edition:edition>")
ROUND = "/evaluaciones/<count:number>/correcciones"
CASE = f"{ROUND}/<count:case>"


@blueprint.get(f"{ROUND}/")
@requires(Permission.SIGN)
def cases(edition: str, number: int) -> str:
    """All corrections of a round, published, dropped and in the making."""
    return _cases_page(edition, number, BeginForm(formdata=None))


@blueprint.post(f"{ROUND}/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def begin(edition: str, number: int) -> Response:
    """Begin a correction with its published reason."""
    form = BeginForm()
    if not form.validate():
        return make_response(_cases_page(edition, number, form), 422)
    session, now = database.writing_session, datetime.now(UTC)
    try:
        case = amendments.open_case(
            session, current_actor(), edition=edition, number=number, reason=form.words, now_utc=now
        )
    except RuleBroken as broken:
        put_error(form, "reason", refusal(broken.code))
        return make_response(_cases_page(edition, number, form), 409)
    flash(sentence(N_("La corrección quedó abierta. Nada cambia en público hasta que dos personas la firmen.")))
    return _to_case(edition, number, case)


@blueprint.get(f"{CASE}/")
@requires(Permission.SIGN)
def case(edition: str, number: int, case: int) -> Response:
    """One correction: its reason, its cells, and the form for one more."""
    return _case_page(_case(edition, number, case))


@blueprint.post(f"{CASE}/motivo/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def reword(edition: str, number: int, case: int) -> Response:
    """Change the published reason."""
    form = ReasonForm()
    page = _case(edition, number, case)
    if not form.validate():
        return _case_page(page, reason=form, status=422)
    session, now = database.writing_session, datetime.now(UTC)
    seen = CaseSeen(edition, number, case, whole(form.version.data))
    return _answer(
        lambda: amendments.reword_case(session, current_actor(), seen=seen, reason=form.words, now_utc=now),
        lambda code: _case_page(page, reason=form, status=409, why=refusal(code)),
        seen,
        N_("El motivo quedó guardado."),
    )


@blueprint.post(f"{CASE}/celda/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def propose(edition: str, number: int, case: int) -> Response:
    """Put a new rating for one cell into the correction."""
    page, form = _case(edition, number, case), CellForm()
    found = page.find(form.municipality.data or "", form.demand_number)
    if not form.validate() or found is None:
        if found is None:
            put_error(form, "municipality", sentence(N_("Elija un municipio y una demanda de las listas.")))
        return _case_page(page, cell=form, status=422)
    seen = CaseSeen(edition, number, case, whole(form.version.data))
    return _answer(
        lambda: _propose(seen, found, form),
        lambda code: _case_page(page, cell=form, status=409, why=refusal(code)),
        seen,
        N_("La calificación nueva quedó en la corrección."),
    )


def _propose(seen: CaseSeen, cell: CaseCell, form: CellForm) -> None:
    amendments.propose(
        database.writing_session,
        current_actor(),
        seen=seen,
        cell=(cell.entry_id, cell.demand_id),
        rating=form.rating,
        reason=form.words,
        now_utc=datetime.now(UTC),
    )


@blueprint.post(f"{CASE}/celda/<slug:municipality>/<count:demand>/quitar/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def take_back(edition: str, number: int, case: int, municipality: str, demand: int) -> Response:
    """Take one cell out of the correction."""
    page, form = _case(edition, number, case), VersionForm()
    found = page.find(municipality, demand)
    if found is None:
        abort(404)
    session, now = database.writing_session, datetime.now(UTC)
    seen, ids = CaseSeen(edition, number, case, whole(form.version.data)), (found.entry_id, found.demand_id)
    return _answer(
        lambda: amendments.take_back(session, current_actor(), seen=seen, cell=ids, now_utc=now),
        lambda code: _case_page(page, status=409, why=refusal(code)),
        seen,
        N_("Se quitó de la corrección."),
    )


@blueprint.post(f"{CASE}/descartar/")
@requires(Permission.PREPARE_PUBLICATION)
@commits
def drop(edition: str, number: int, case: int) -> Response:
    """Give the correction up."""
    page, form = _case(edition, number, case), VersionForm()
    session, now = database.writing_session, datetime.now(UTC)
    seen = CaseSeen(edition, number, case, whole(form.version.data))
    return _answer(
        lambda: amendments.drop_case(session, current_actor(), seen=seen, now_utc=now),
        lambda code: _case_page(page, status=409, why=refusal(code)),
        seen,
        N_("La corrección se descartó. Nada de ella se hizo público."),
    )


def _answer(act: Callable[[], None], again: Callable[[str], Response], seen: CaseSeen, said: str) -> Response:
    """Back to the correction, which says what was done; or its page with what was typed and why nothing was."""
    try:
        act()
    except RuleBroken as broken:
        return again(broken.code)
    flash(sentence(said))
    return _to_case(seen.edition, seen.number, seen.case)


def _to_case(edition: str, number: int, case: int) -> Response:
    return make_response(redirect(url_for("amendments.case", edition=edition, number=number, case=case), 303))


def _cases_page(edition: str, number: int, form: BeginForm) -> str:
    page = find_cases(database.session, edition, number)
    if page is None:
        abort(404)
    return render_template("amendments/cases.html", page=page, edition=page.edition, form=form)


def _case(edition: str, number: int, case: int) -> CasesPage:
    page = find_case_page(database.session, edition, number, case)
    if page is None:
        abort(404)
    return page


def _case_page(
    page: CasesPage,
    *,
    reason: ReasonForm | None = None,
    cell: CellForm | None = None,
    status: int = 200,
    why: str = "",
) -> Response:
    cell = cell or CellForm(formdata=None)
    reason = reason or ReasonForm(formdata=None, data={"case_reason": page.case.reason if page.case else ""})
    cell.municipality.choices = [("", "–"), *page.places]
    cell.demand.choices = [("", "–"), *((str(row.number), f"{row.number}. {row.name_es}") for row in page.demands)]
    cell.absence.choices = [("", "–"), *((absence.value, word(absence)) for absence in Absence)]
    words = render_template(
        "amendments/case.html",
        page=page,
        edition=page.edition,
        reason=reason,
        cell=cell,
        why=why,
    )
    return make_response(words, status)
