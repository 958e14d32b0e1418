"""``/salud``: for the operator's monitor and the proxy."""

from flask import Blueprint, Response, jsonify

from app.extensions import database
from app.queries.publications import list_heads
from app.web.shared.access import open_to_all

blueprint = Blueprint("health", __name__)


@blueprint.get("/salud")
@open_to_all
def health() -> Response:
    """Answer 200 where the database answers; 503 comes from the error page otherwise."""
    heads = list_heads(database.session)
    response = jsonify({"database": "ok", "chains": {head.edition_slug: head.sha256 for head in heads}})
    response.headers["Cache-Control"] = "no-store"
    return response
