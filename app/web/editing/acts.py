"""What changes more than one row at once: a calendar, a change of mayor, a second factor for everybody."""

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import RuleBroken
from app.domain.permissions import Permission
from app.extensions import WritingSession, database
from app.queries.preparations import find_edition_value, find_preparation
from app.queries.publications import find_edition_publication
from app.services.editions import ask_second_factor, plan_rounds
from app.services.mandates import change_mayor
from app.web.editing.forms import CalendarForm, MayorForm, SecondFactorForm
from app.web.editing.pages import CONFLICT, REFUSALS, UNFIT, rules_of
from app.web.editing.parts import PARTS, choices_of
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits
from app.web.shared.forms import put_error, sentence

N_ = str
blueprint = Blueprint("preparing", __name__, url_prefix="/coordinacion/<edition:edition>")


@blueprint.get("/calendario/generar/")
@requires(Permission.PREPARE_EDITION)
def calendar(edition: str) -> str:
    """Ask from which month the rounds go, and how many."""
    seed = rules_of(database.session, edition)
    form = CalendarForm()
    form.first.data = next(seed.rows("edition"))["starts_on"][:7]
    form.count.data, form.days.data = "18", "45"
    return _calendar(database.session, edition, form)


@blueprint.post("/calendario/generar/")
@requires(Permission.PREPARE_EDITION)
@commits
def plan(edition: str) -> ResponseReturnValue:
    """Make the calendar."""
    session, form = database.writing_session, CalendarForm()
    numbers = [int(row["number"]) for row in rules_of(session, edition).rows("rounds")]
    if not form.validate_on_submit():
        return _calendar(session, edition, form), UNFIT
    periods = form.periods(max(numbers, default=0) + 1)
    try:
        plan_rounds(session, current_actor(), edition=edition, periods=periods, now_utc=datetime.now(UTC))
    except RuleBroken as broken:
        put_error(form, "first", sentence(REFUSALS.get(broken.code, REFUSALS["row-in-use"])))
        return _calendar(session, edition, form), CONFLICT
    flash(sentence(N_("El calendario quedó hecho. Ajuste las fechas que haga falta.")))
    return redirect(url_for("editing.rows", edition=edition, part="calendario"), 303)


def _calendar(session: WritingSession, edition: str, form: CalendarForm) -> str:
    return render_template(
        "editing/calendar.html",
        form=form,
        part=PARTS["calendario"],
        edition=find_edition_value(session, edition),
        is_sealed=find_edition_publication(session, edition) is not None,
    )


@blueprint.get("/gestiones/cambio/")
@requires(Permission.PREPARE_EDITION)
def mayor(edition: str) -> str:
    """Ask who takes office, where and when."""
    return _mayor(database.session, edition, MayorForm())


@blueprint.post("/gestiones/cambio/")
@requires(Permission.PREPARE_EDITION)
@commits
def new_mayor(edition: str) -> ResponseReturnValue:
    """End the mandate in office and begin another."""
    session, form = database.writing_session, MayorForm()
    form.offer(choices_of(rules_of(session, edition)))
    if not form.validate_on_submit():
        return _mayor(session, edition, form), UNFIT
    try:
        change_mayor(session, current_actor(), edition=edition, new=form.new_mayor(), now_utc=datetime.now(UTC))
    except RuleBroken:
        words = N_(
            "Ese día no puede empezar: ya empieza otra gestión, una evaluación publicada nombra a quien gobernaba, "
            "o el municipio está también en otra administración sellada que usted no coordina."
        )
        put_error(form, "starts_on", sentence(words))
        return _mayor(session, edition, form), CONFLICT
    flash(sentence(N_("El cambio quedó registrado.")))
    return redirect(url_for("editing.rows", edition=edition, part="gestiones"), 303)


def _mayor(session: WritingSession, edition: str, form: MayorForm) -> str:
    form.offer(choices_of(rules_of(session, edition)))
    return render_template("editing/mayor.html", form=form, edition=find_edition_value(session, edition))


@blueprint.get("/seguridad/")
@requires(Permission.MANAGE_ACCOUNTS)
def security(edition: str) -> str:
    """Whether everybody in the edition needs a second factor."""
    preparation = find_preparation(database.session, edition, datetime.now(UTC).date())
    form = SecondFactorForm(data={"of_all": preparation is not None and preparation.second_factor_for_all})
    return render_template("editing/security.html", form=form, edition=find_edition_value(database.session, edition))


@blueprint.post("/seguridad/")
@requires(Permission.MANAGE_ACCOUNTS)
@commits
def secure(edition: str) -> ResponseReturnValue:
    """Ask everybody for a second factor, or only those whose role needs one."""
    of_all = bool(SecondFactorForm().of_all.data)
    session, now = database.writing_session, datetime.now(UTC)
    ask_second_factor(session, current_actor(), edition=edition, of_all=of_all, now_utc=now)
    flash(sentence(N_("Se guardó.")))
    return redirect(url_for("organising.edition", edition=edition), 303)
