"""``/coordinacion/<edition>/asignaciones/``: who rates what; ``impedimentos/``: who may not."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.duties import Coverage, DutySheet
from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.extensions import WritingSession, database
from app.queries.assignments import find_coverage, find_duty_sheet, list_bars
from app.queries.parts import page_of
from app.queries.preparations import find_edition_value
from app.services.assignments import assign, bar, lift_bar
from app.web.assignments.forms import BarForm, DutyForm, conflict_name
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence

N_ = str
blueprint = Blueprint("assignments", __name__, url_prefix="/coordinacion/<edition:edition>")
CONFLICT, UNFIT = 409, 422


@blueprint.get("/asignaciones/", defaults={"page": 1})
@blueprint.get("/asignaciones/pagina/<count:page>/")
@requires(Permission.ASSIGN)
def coverage(edition: str, page: int) -> str:
    """Who rates what, and what is nobody's."""
    found = _coverage(database.session, edition)
    shown, rows = page_of(found.rows, page) or abort(404)
    return render_template(
        "assignments/coverage.html",
        coverage=found,
        shown=shown,
        rows=rows,
        edition=find_edition_value(database.session, edition),
    )


@blueprint.get("/asignaciones/<row:account>/")
@requires(Permission.ASSIGN)
def duties(edition: str, account: int) -> str:
    """What one evaluator rates."""
    sheet = find_duty_sheet(database.session, edition, account) or abort(404)
    return _duties(database.session, edition, sheet, DutyForm.of(sheet))


@blueprint.post("/asignaciones/<row:account>/")
@requires(Permission.ASSIGN)
@commits
def save_duties(edition: str, account: int) -> ResponseReturnValue:
    """Assign exactly what is ticked."""
    session = database.writing_session
    sheet = find_duty_sheet(session, edition, account) or abort(404)
    form = DutyForm.of(sheet)
    if not form.validate_on_submit():
        return _duties(session, edition, sheet, form), UNFIT
    try:
        assign(session, current_actor(), edition=edition, new=form.new_duties(sheet), now_utc=datetime.now(UTC))
    except RuleBroken:
        put_error(form, "duty", sentence(N_("Tiene un impedimento en un municipio marcado: quite esas marcas.")))
        return _duties(session, edition, sheet, form), CONFLICT
    flash(sentence(N_("Se guardó lo que califica %(name)s."), name=sheet.rater.name))
    return redirect(url_for(".coverage", edition=edition), 303)


@blueprint.get("/impedimentos/")
@requires(Permission.ASSIGN)
def bars(edition: str) -> str:
    """Who may not rate or review which municipality."""
    return _bars(database.session, edition, BarForm())


@blueprint.post("/impedimentos/")
@requires(Permission.ASSIGN)
@commits
def add_bar(edition: str) -> ResponseReturnValue:
    """Bar somebody from a municipality."""
    session = database.writing_session
    form, found = BarForm(), _coverage(session, edition)
    form.offer(found.raters, (row.place for row in found.rows))
    if not form.validate_on_submit():
        return _bars(session, edition, form), UNFIT
    bar(session, current_actor(), edition=edition, new=form.new_bar(), now_utc=datetime.now(UTC))
    flash(sentence(N_("El impedimento quedó registrado; lo que tenía asignado ahí ya no lo tiene.")))
    return redirect(url_for(".bars", edition=edition), 303)


@blueprint.post("/impedimentos/<row:number>/levantar/")
@requires(Permission.ASSIGN)
@commits
def lift(edition: str, number: int) -> ResponseReturnValue:
    """Lift a bar."""
    lift_bar(database.writing_session, current_actor(), edition=edition, bar_id=number, now_utc=datetime.now(UTC))
    flash(sentence(N_("El impedimento se levantó.")))
    return redirect(url_for(".bars", edition=edition), 303)


def _coverage(session: WritingSession, edition: str) -> Coverage:
    return find_coverage(session, edition) or abort(404)


def _duties(session: WritingSession, edition: str, sheet: DutySheet, form: DutyForm) -> str:
    return render_template(
        "assignments/duties.html",
        sheet=sheet,
        form=form,
        conflict_name=conflict_name,
        edition=find_edition_value(session, edition),
    )


def _bars(session: WritingSession, edition: str, form: BarForm) -> str:
    found = _coverage(session, edition)
    form.offer(found.raters, (row.place for row in found.rows))
    return render_template(
        "assignments/bars.html",
        form=form,
        bars=list_bars(session, edition),
        edition=find_edition_value(session, edition),
    )
