"""The rounds of an edition; a round as a matrix; its rankings by theme and by demand."""

from flask import Blueprint, Response, make_response, render_template

from app.domain.editions import demand_scope, theme_scope
from app.domain.orders import Order
from app.extensions import database
from app.queries.answers import find_round_replies
from app.queries.editions import find_edition_front
from app.queries.rankings import find_matrix, find_ranking
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found

blueprint = Blueprint("rankings", __name__, url_prefix="/<edition:edition>/evaluaciones")
FIRST = {"page": 1}
OF_A_ROUND = "/<count:number>"
OF_A_THEME = f"{OF_A_ROUND}/temas/<slug:theme>"
OF_A_DEMAND = f"{OF_A_ROUND}/demandas/<count:demand>"
IN_ORDER = "orden/<order:order>"


@blueprint.get("/")
@open_to_all
def rounds(edition: str) -> str:
    """All rounds of the calendar, and what was published of each."""
    return render_template("rankings/rounds.html", front=found(find_edition_front(database.session, edition)))


@blueprint.get(f"{OF_A_ROUND}/", defaults=FIRST)
@blueprint.get(f"{OF_A_ROUND}/pagina/<count:page>/")
@open_to_all
def matrix(edition: str, number: int, page: int) -> str:
    """A whole round: municipality by demand."""
    matrix = found(find_matrix(database.session, edition, number, page=page))
    return render_template("rankings/matrix.html", matrix=matrix)


@blueprint.get(f"{OF_A_ROUND}/respuestas/", defaults=FIRST)
@blueprint.get(f"{OF_A_ROUND}/respuestas/pagina/<count:page>/")
@open_to_all
def replies(edition: str, number: int, page: int) -> str:
    """What the municipalities asked for in a round, and what was decided."""
    replies = found(find_round_replies(database.session, edition, number, page=page))
    return render_template("rankings/replies.html", replies=replies)


@blueprint.get(f"{OF_A_THEME}/", defaults=FIRST)
@blueprint.get(f"{OF_A_THEME}/pagina/<count:page>/")
@open_to_all
def theme(edition: str, number: int, theme: str, page: int) -> str:
    """The ranking of a round in one theme."""
    ranking = found(find_ranking(database.session, edition, number, theme_scope(theme), page=page))
    return render_template("rankings/theme.html", ranking=ranking)


@blueprint.get(f"{OF_A_DEMAND}/", defaults=FIRST)
@blueprint.get(f"{OF_A_DEMAND}/pagina/<count:page>/")
@open_to_all
def demand(edition: str, number: int, demand: int, page: int) -> str:
    """The ranking of a round in one demand."""
    ranking = found(find_ranking(database.session, edition, number, demand_scope(demand), page=page))
    return render_template("rankings/demand.html", ranking=ranking)


@blueprint.get(f"{OF_A_ROUND}/{IN_ORDER}/", defaults=FIRST)
@blueprint.get(f"{OF_A_ROUND}/{IN_ORDER}/pagina/<count:page>/")
@open_to_all
def matrix_in_order(edition: str, number: int, order: Order, page: int) -> Response:
    """A whole round, its rows in the order that a reader asked for; every place as it was sealed."""
    matrix = found(find_matrix(database.session, edition, number, page=page, order=order))
    return _for_readers_only(render_template("rankings/matrix.html", matrix=matrix))


@blueprint.get(f"{OF_A_THEME}/{IN_ORDER}/", defaults=FIRST)
@blueprint.get(f"{OF_A_THEME}/{IN_ORDER}/pagina/<count:page>/")
@open_to_all
def theme_in_order(edition: str, number: int, theme: str, order: Order, page: int) -> Response:
    """The ranking of a theme in the order that a reader asked for."""
    ranking = found(find_ranking(database.session, edition, number, theme_scope(theme), page=page, order=order))
    return _for_readers_only(render_template("rankings/theme.html", ranking=ranking))


@blueprint.get(f"{OF_A_DEMAND}/{IN_ORDER}/", defaults=FIRST)
@blueprint.get(f"{OF_A_DEMAND}/{IN_ORDER}/pagina/<count:page>/")
@open_to_all
def demand_in_order(edition: str, number: int, demand: int, order: Order, page: int) -> Response:
    """The ranking of a demand in the order that a reader asked for."""
    ranking = found(find_ranking(database.session, edition, number, demand_scope(demand), page=page, order=order))
    return _for_readers_only(render_template("rankings/demand.html", ranking=ranking))


def _for_readers_only(page: str) -> Response:
    """A page that search engines leave alone: the same rows stand at the ranking's own address."""
    response = make_response(page)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
