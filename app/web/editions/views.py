"""``/`` and the pages about an edition itself: now, method, corrections, files."""

from flask import Blueprint, current_app, render_template

from app.exports.editions import AVERAGE_COLUMNS, SCORE_COLUMNS
from app.extensions import database
from app.queries.corrections import find_corrections
from app.queries.editions import find_edition_front, find_edition_glance, get_home
from app.queries.methods import find_method
from app.queries.organisations import find_backing
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found

blueprint = Blueprint("editions", __name__)


@blueprint.get("/")
@open_to_all
def home() -> str:
    """Find my municipality, the newest real edition's standing, the other editions."""
    shown = current_app.config["SETTINGS"].show_demonstration
    return render_template("editions/home.html", home=get_home(database.session, show_demonstration=shown))


@blueprint.get("/<edition:edition>/")
@open_to_all
def front(edition: str) -> str:
    """The edition now."""
    return render_template("editions/front.html", glance=found(find_edition_glance(database.session, edition)))


@blueprint.get("/<edition:edition>/metodologia/")
@open_to_all
def method(edition: str) -> str:
    """The rules, as the edition's own publication in force states them, with the newest round as their example."""
    return render_template("editions/method.html", page=found(find_method(database.session, edition)))


@blueprint.get("/<edition:edition>/quienes/")
@open_to_all
def organisations(edition: str) -> str:
    """Who convenes, who rates and who pays, and the interests that they declared."""
    return render_template("editions/organisations.html", backing=found(find_backing(database.session, edition)))


@blueprint.get("/<edition:edition>/correcciones/")
@open_to_all
def corrections(edition: str) -> str:
    """Everything that was changed after it was published."""
    return render_template("editions/corrections.html", page=found(find_corrections(database.session, edition)))


@blueprint.get("/<edition:edition>/datos/")
@open_to_all
def downloads(edition: str) -> str:
    """The files of the edition, and what their columns mean."""
    front = found(find_edition_front(database.session, edition))
    columns = {"scores": SCORE_COLUMNS, "averages": AVERAGE_COLUMNS}
    return render_template("editions/downloads.html", front=front, columns=columns)
