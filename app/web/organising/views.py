"""``/coordinacion/``: the organiser's editions, and leading their rounds."""

from datetime import UTC, date, datetime

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from app.domain.permissions import Permission
from app.domain.stages import Stage
from app.extensions import database
from app.queries.acknowledgements import list_notes
from app.queries.parts import page_of
from app.queries.preparations import find_edition_value, find_preparation, list_preparations
from app.queries.rounds import find_round_at_work, list_cells_at_work, list_progress, list_rounds
from app.web.organising.steps import ask, move
from app.web.shared.access import current_actor, requires
from app.web.shared.commits import commits

blueprint = Blueprint("organising", __name__, url_prefix="/coordinacion")
A_ROUND = "/<edition:edition>/evaluaciones/<count:number>"


@blueprint.get("/")
@requires(Permission.SEE_PROGRESS)
def editions() -> str:
    """The editions in which the organiser or deputy works, each with the one next thing to do."""
    slugs = current_actor().editions(Permission.SEE_PROGRESS)
    preparations = list_preparations(database.session, slugs, _today())
    return render_template("organising/editions.html", preparations=preparations)


@blueprint.get("/<edition:edition>/")
@requires(Permission.SEE_PROGRESS)
def edition(edition: str) -> str:
    """One edition: its rounds, how far the one at work is, what to do next."""
    preparation = find_preparation(database.session, edition, _today()) or abort(404)
    number = preparation.round_number
    at_work = find_round_at_work(database.session, edition, number) if number else None
    return render_template(
        "organising/edition.html",
        preparation=preparation,
        edition=preparation.edition,
        at_work=at_work,
        rounds=list_rounds(database.session, edition),
        notes=list_notes(database.session, edition),
    )


@blueprint.get(f"{A_ROUND}/", defaults={"page": 1})
@blueprint.get(f"{A_ROUND}/pagina/<count:page>/")
@requires(Permission.SEE_PROGRESS)
def round_at_work(edition: str, number: int, page: int) -> str:
    """One round: its stage, what is missing and where, who has still to hand in."""
    at_work = find_round_at_work(database.session, edition, number) or abort(404)
    shown, parts = page_of(at_work.parts, page) or abort(404)
    return render_template(
        "organising/round_at_work.html",
        at_work=at_work,
        shown=shown,
        parts=parts,
        edition=find_edition_value(database.session, edition),
        progress=list_progress(database.session, at_work),
        obstacles=at_work.obstacles(datetime.now(UTC)),
        stages=tuple(Stage),
    )


@blueprint.get(f"{A_ROUND}/municipios/<slug:place>/")
@requires(Permission.SEE_PROGRESS)
def part(edition: str, number: int, place: str) -> str:
    """One municipality's cells in a round, each with its state and who rates it."""
    at_work = find_round_at_work(database.session, edition, number) or abort(404)
    found = at_work.find_part(place) or abort(404)
    return render_template(
        "organising/part.html",
        at_work=at_work,
        part=found,
        edition=find_edition_value(database.session, edition),
        cells=list_cells_at_work(database.session, at_work, found),
    )


@blueprint.get(f"{A_ROUND}/avanzar/")
@requires(Permission.MOVE_ROUND)
def advance(edition: str, number: int) -> ResponseReturnValue:
    """Ask whether to lead the round on, and say exactly what that does."""
    return ask(edition, number, back=False)


@blueprint.post(f"{A_ROUND}/avanzar/")
@requires(Permission.MOVE_ROUND)
@commits
def advance_now(edition: str, number: int) -> ResponseReturnValue:
    """Lead the round on."""
    return move(edition, number, back=False)


@blueprint.get(f"{A_ROUND}/regresar/")
@requires(Permission.MOVE_ROUND)
def lead_back(edition: str, number: int) -> ResponseReturnValue:
    """Ask for the reason for leading the round back, and say exactly what that does."""
    return ask(edition, number, back=True)


@blueprint.post(f"{A_ROUND}/regresar/")
@requires(Permission.MOVE_ROUND)
@commits
def lead_back_now(edition: str, number: int) -> ResponseReturnValue:
    """Lead the round back."""
    return move(edition, number, back=True)


def _today() -> date:
    return datetime.now(UTC).date()
