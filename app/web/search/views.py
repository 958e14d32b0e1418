"""``/buscar/`` looks through every real edition, ``/<edition>/buscar/`` through one."""

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.domain.search import Findable, SearchIndex, SearchResults
from app.extensions import database
from app.queries.search import get_search_index, search
from app.web.search.forms import read_text
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found
from app.web.shared.words import tenure

blueprint = Blueprint("search", __name__)
SHORT_WHILE = "public, max-age=60"


@blueprint.get("/buscar/")
@open_to_all
def everywhere() -> AnyResponse:
    """Find a municipality or a mayor in the real editions."""
    return _answer(search(database.session, read_text(request.args)), "search/everywhere.html")


@blueprint.get("/<edition:edition>/buscar/")
@open_to_all
def within(edition: str) -> AnyResponse:
    """Find a municipality or a mayor in one edition."""
    return _answer(found(search(database.session, read_text(request.args), edition)), "search/within.html")


@blueprint.get("/buscar/indice.json")
@open_to_all
def index() -> Response:
    """All that can be found in the real editions."""
    return _listed(get_search_index(database.session))


@blueprint.get("/<edition:edition>/buscar/indice.json")
@open_to_all
def index_within(edition: str) -> Response:
    """All that can be found in one edition."""
    return _listed(found(get_search_index(database.session, edition)))


def _answer(results: SearchResults | None, template: str) -> AnyResponse:
    """The scorecard itself where one is meant beyond doubt, else the list; found things may be kept for a minute."""
    clear = results.clear if results else None
    response = redirect(_address(clear), 303) if clear else make_response(render_template(template, results=results))
    response.headers["X-Robots-Tag"] = "noindex"
    if request.query_string:
        response.headers["Cache-Control"] = SHORT_WHILE
    return response


def _listed(index: SearchIndex | None) -> Response:
    """The index as ``static/js/search.js`` reads it: mayors with what stands beside their names."""
    rows = [
        {
            "key": row.key,
            "name": row.name,
            "address": _address(row),
            "mayors": [[held.mayor, tenure(held)] for held in row.tenures],
            "aliases": row.aliases,
        }
        for row in (index.rows if index else ())
    ]
    response = jsonify(rows)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _address(row: Findable) -> str:
    return url_for("scorecards.scorecard", edition=row.edition, municipality=row.slug)
