"""The files of an edition: its two CSV files, with the same figures as its pages, and the published evidence."""

from flask import Blueprint, Response, abort, current_app
from werkzeug.wrappers import Response as AnyResponse

from app.domain.scorecard import EditionFile
from app.exports.editions import averages_csv, file_name, scores_csv
from app.extensions import database
from app.queries.files import find_edition_file
from app.queries.published_files import find_published_file
from app.web.shared.access import open_to_all
from app.web.shared.downloads import hand_out

blueprint = Blueprint("files", __name__)


@blueprint.get("/<edition:edition>/datos/calificaciones.csv")
@open_to_all
def scores(edition: str) -> Response:
    """Every score of the edition."""
    file = _file_of(edition)
    return _download(file, "calificaciones", scores_csv(file))


@blueprint.get("/<edition:edition>/datos/promedios.csv")
@open_to_all
def averages(edition: str) -> Response:
    """Every average of the edition with its place."""
    file = _file_of(edition)
    return _download(file, "promedios", averages_csv(file))


def _file_of(slug: str) -> EditionFile:
    file = find_edition_file(database.session, slug)
    hidden = (
        file is not None and file.edition.is_demonstration and not current_app.config["SETTINGS"].show_demonstration
    )
    if file is None or hidden:
        abort(404)
    return file


def _download(file: EditionFile, what: str, content: bytes) -> Response:
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(file, what)}"'
    if file.edition.is_demonstration:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.get("/evidencias/<sha256:sha256>")
@open_to_all
def evidence(sha256: str) -> AnyResponse:
    """A file behind a published score, handed out as a download that no browser opens on this site."""
    shown = current_app.config["SETTINGS"].show_demonstration
    response = hand_out(find_published_file(database.session, sha256, show_demonstration=shown))
    response.headers["Cache-Control"] = "public, max-age=3600"  # the page cache keeps none: files are large
    response.headers["X-Robots-Tag"] = "noindex"
    return response
