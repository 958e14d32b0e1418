"""The rounds of an edition; a round as a matrix; its rankings by theme and by demand."""

from flask import Blueprint, render_template

from app.domain.editions import demand_scope, theme_scope
from app.extensions import database
from app.queries.editions import find_edition_front
from app.queries.rankings import find_matrix, find_ranking
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found

blueprint = Blueprint("rankings", __name__, url_prefix="/<edition:edition>/evaluaciones")
FIRST = {"page": 1}


@blueprint.get("/")
@open_to_all
def rounds(edition: str) -> str:
    """All rounds of the calendar, and what was published of each."""
    return render_template("rankings/rounds.html", front=found(find_edition_front(database.session, edition)))


@blueprint.get("/<count:number>/", defaults=FIRST)
@blueprint.get("/<count:number>/pagina/<count:page>/")
@open_to_all
def matrix(edition: str, number: int, page: int) -> str:
    """A whole round: municipality by demand."""
    matrix = found(find_matrix(database.session, edition, number, page=page))
    return render_template("rankings/matrix.html", matrix=matrix)


@blueprint.get("/<count:number>/temas/<slug:theme>/", defaults=FIRST)
@blueprint.get("/<count:number>/temas/<slug:theme>/pagina/<count:page>/")
@open_to_all
def theme(edition: str, number: int, theme: str, page: int) -> str:
    """The ranking of a round in one theme."""
    ranking = found(find_ranking(database.session, edition, number, theme_scope(theme), page=page))
    return render_template("rankings/theme.html", ranking=ranking)


@blueprint.get("/<count:number>/demandas/<count:demand>/", defaults=FIRST)
@blueprint.get("/<count:number>/demandas/<count:demand>/pagina/<count:page>/")
@open_to_all
def demand(edition: str, number: int, demand: int, page: int) -> str:
    """The ranking of a round in one demand."""
    ranking = found(find_ranking(database.session, edition, number, demand_scope(demand), page=page))
    return render_template("rankings/demand.html", ranking=ranking)
