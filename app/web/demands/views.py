"""The demands of an edition, and each one's page: criterion, scale, who leads, trend."""

from flask import Blueprint, render_template

from app.charts.pages import demand_charts
from app.extensions import database
from app.queries.demands import find_demand
from app.queries.editions import find_edition_front
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found
from app.web.shared.languages import current_language

blueprint = Blueprint("demands", __name__, url_prefix="/<edition:edition>/demandas")


@blueprint.get("/")
@open_to_all
def demands(edition: str) -> str:
    """All demands by theme."""
    return render_template("demands/demands.html", front=found(find_edition_front(database.session, edition)))


@blueprint.get("/<count:number>/")
@open_to_all
def demand(edition: str, number: int) -> str:
    """One demand; the leader's line stands out."""
    page = found(find_demand(database.session, edition, number))
    charts = demand_charts(page, current_language())
    return render_template("demands/demand.html", page=page, charts=charts, chosen=None)


@blueprint.get("/<count:number>/municipios/<slug:municipality>/")
@open_to_all
def municipality(edition: str, number: int, municipality: str) -> str:
    """One demand with the line of one municipality standing out."""
    page = found(find_demand(database.session, edition, number, municipality))
    charts = demand_charts(page, current_language())
    return render_template("demands/demand.html", page=page, charts=charts, chosen=page.front_row)
