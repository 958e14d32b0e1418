"""``/captura/``: an evaluator's rounds and the sheets that she fills in."""

from datetime import UTC, datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.domain.permissions import NotAllowed, Permission
from app.domain.ratings import Typed
from app.domain.sheets import Outcome
from app.extensions import csrf, database
from app.queries.ratings import list_rounds_to_rate
from app.queries.sheets import find_sheet
from app.services.ratings import save_sheet
from app.web.ratings.forms import Key, SheetForm, typed_cells
from app.web.ratings.sheets import shown_sheet
from app.web.ratings.words import outcome_words
from app.web.shared.access import current_actor, requires
from app.web.shared.bodies import takes
from app.web.shared.commits import commits

blueprint = Blueprint("ratings", __name__)

ROUND = "/captura/<edition:edition>/<count:number>"
EVIDENCE = "evidence:"


@blueprint.get("/captura/")
@requires(Permission.RATE)
def rounds() -> str:
    """The rounds in which cells wait for her."""
    return render_template("ratings/rounds.html", rounds=list_rounds_to_rate(database.session, current_actor()))


@blueprint.get(f"{ROUND}/municipios/<slug:municipality>/")
@requires(Permission.RATE)
def municipality(edition: str, number: int, municipality: str) -> str:
    """One municipality and her demands."""
    sheet = find_sheet(database.session, current_actor().account_id, edition, number, municipality)
    return shown_sheet(sheet or abort(403), SheetForm())


@blueprint.get(f"{ROUND}/demandas/<count:demand>/")
@blueprint.get(f"{ROUND}/demandas/<count:demand>/pagina/<count:page>/")
@requires(Permission.RATE)
def demand(edition: str, number: int, demand: int, page: int = 1) -> str:
    """One demand and her municipalities."""
    sheet = find_sheet(database.session, current_actor().account_id, edition, number, demand=demand, page=page)
    return shown_sheet(sheet or abort(403), SheetForm(), by_demand=True)


@blueprint.post(f"{ROUND}/municipios/<slug:municipality>/")
@requires(Permission.RATE)
@commits
@takes(1)
def save_municipality(edition: str, number: int, municipality: str) -> Response | tuple[str, int]:
    """Save, and hand in where asked, the cells of one municipality."""
    form, typed = SheetForm(), typed_cells(request.form)
    if not form.validate_on_submit():
        sheet = find_sheet(database.session, current_actor().account_id, edition, number, municipality)
        return shown_sheet(sheet or abort(403), form, typed), 422
    return _saved(edition, number, form, typed, url_for(".municipality", **request.view_args or {}))


@blueprint.post(f"{ROUND}/demandas/<count:demand>/")
@blueprint.post(f"{ROUND}/demandas/<count:demand>/pagina/<count:page>/")
@requires(Permission.RATE)
@commits
@takes(1)
def save_demand(edition: str, number: int, demand: int, page: int = 1) -> Response | tuple[str, int]:
    """Save, and hand in where asked, the cells of one demand."""
    form, typed = SheetForm(), typed_cells(request.form)
    if not form.validate_on_submit():
        sheet = find_sheet(database.session, current_actor().account_id, edition, number, demand=demand, page=page)
        return shown_sheet(sheet or abort(403), form, typed, by_demand=True), 422
    return _saved(edition, number, form, typed, url_for(".demand", **request.view_args or {}))


def _saved(edition: str, number: int, form: SheetForm, typed: dict[Key, Typed], here: str) -> Response:
    """Save the cells, say what became of them, and go where she asked to go."""
    go = form.go.data or ""
    hand_in = go == "hand-in"
    if not typed:
        return redirect(here, 303)
    try:
        outcomes = save_sheet(
            database.writing_session,
            current_actor(),
            edition=edition,
            number=number,
            typed=typed,
            hand_in=hand_in,
            now_utc=datetime.now(UTC),
        )
    except NotAllowed:
        abort(403)
    wanted = next((key for key in typed if go == f"{EVIDENCE}{key[0]}-{key[1]}"), None)
    if wanted is None or set(outcomes.values()) != {Outcome.UNTOUCHED}:
        flash(*outcome_words(outcomes.values(), hand_in=hand_in))
    if wanted is None:
        return redirect(here, 303)
    place, demand = wanted
    return redirect(url_for(".evidence", edition=edition, number=number, municipality=place, demand=demand), 303)


for view in (save_municipality, save_demand):
    csrf.exempt(view)  # the form asks for its token itself: what was typed comes back even where the token is old
