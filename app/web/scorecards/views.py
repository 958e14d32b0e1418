"""The municipalities of an edition, and the scorecard of each mayor."""

from flask import Blueprint, render_template

from app.charts.pages import scorecard_charts
from app.extensions import database
from app.queries.calculations import find_calculation
from app.queries.places import find_places
from app.queries.scorecards import find_scorecard
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found
from app.web.shared.languages import current_language

blueprint = Blueprint("scorecards", __name__, url_prefix="/<edition:edition>/municipios")


@blueprint.get("/", defaults={"page": 1})
@blueprint.get("/pagina/<count:page>/")
@open_to_all
def municipalities(edition: str, page: int) -> str:
    """The municipalities by name."""
    places = found(find_places(database.session, edition, page))
    return render_template("scorecards/municipalities.html", places=places)


@blueprint.get("/<slug:municipality>/")
@open_to_all
def scorecard(edition: str, municipality: str) -> str:
    """A mayor in the newest published round, and the trend of all rounds."""
    scorecard = found(find_scorecard(database.session, edition, municipality))
    charts = scorecard_charts(scorecard, current_language())
    return render_template("scorecards/scorecard.html", scorecard=scorecard, charts=charts)


@blueprint.get("/<slug:municipality>/calculo/")
@open_to_all
def calculation(edition: str, municipality: str) -> str:
    """How the figures of that scorecard come about, and how firm its places are."""
    calculation = found(find_calculation(database.session, edition, municipality))
    return render_template("scorecards/calculation.html", calculation=calculation)
