"""Sealed publications under their own address, for ever: the page, the manifest, the pinned scorecards."""

from flask import Blueprint, Response, render_template

from app.charts.pages import scorecard_charts
from app.extensions import database
from app.queries.calculations import find_pinned_calculation
from app.queries.editions import find_edition_front
from app.queries.glances import find_sealed_round
from app.queries.manifests import ManifestFile, find_manifest
from app.queries.scorecards import find_pinned_scorecard
from app.queries.sealed_notes import list_sealed_notes
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found
from app.web.shared.languages import current_language
from app.web.shared.pages import FOR_EVER

blueprint = Blueprint("publications", __name__, url_prefix="/<edition:edition>")
OF_A_ROUND = "/evaluaciones/<count:number>/publicaciones/<count:publication>"
OF_THE_METHOD = "/metodologia/publicaciones/<count:publication>"


@blueprint.get(f"{OF_A_ROUND}/", defaults={"page": 1})
@blueprint.get(f"{OF_A_ROUND}/pagina/<count:page>/")
@open_to_all
def publication(edition: str, number: int, publication: int, page: int) -> str:
    """A round as one of its publications sealed it."""
    sealed = found(find_sealed_round(database.session, edition, number, publication, page))
    return render_template("publications/publication.html", sealed=sealed)


@blueprint.get(f"{OF_A_ROUND}/municipios/<slug:municipality>/")
@open_to_all
def scorecard(edition: str, number: int, publication: int, municipality: str) -> str:
    """A scorecard as one publication sealed it."""
    scorecard = found(find_pinned_scorecard(database.session, edition, number, publication, municipality))
    charts = scorecard_charts(scorecard, current_language())
    return render_template("publications/scorecard.html", scorecard=scorecard, charts=charts)


@blueprint.get(f"{OF_A_ROUND}/municipios/<slug:municipality>/calculo/")
@open_to_all
def calculation(edition: str, number: int, publication: int, municipality: str) -> str:
    """How the figures of a sealed scorecard come about."""
    calculation = found(find_pinned_calculation(database.session, edition, number, publication, municipality))
    return render_template("publications/calculation.html", calculation=calculation)


@blueprint.get(f"{OF_THE_METHOD}/")
@open_to_all
def method(edition: str, publication: int) -> str:
    """The method as one of the edition's own publications sealed it."""
    front = found(find_edition_front(database.session, edition, publication))
    notes = list_sealed_notes(database.session, edition, publication)
    return render_template("publications/method.html", front=front, notes=notes)


@blueprint.get(f"{OF_A_ROUND}/manifiesto.csv")
@open_to_all
def manifest(edition: str, number: int, publication: int) -> Response:
    """The manifest of a round's publication."""
    return _download(found(find_manifest(database.session, edition, number, publication)))


@blueprint.get(f"{OF_THE_METHOD}/manifiesto.csv")
@open_to_all
def method_manifest(edition: str, publication: int) -> Response:
    """The manifest of one of the edition's own publications."""
    return _download(found(find_manifest(database.session, edition, 0, publication)))


def _download(file: ManifestFile) -> Response:
    of_round = f"evaluacion-{file.round_number}" if file.round_number else "metodologia"
    name = f"{file.edition.slug}-{of_round}-publicacion-{file.number}.csv"
    response = Response(file.manifest, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = FOR_EVER
    response.set_etag(file.sha256)
    if file.edition.is_demonstration:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
