"""``/compruebalo/``: what a code of verification is, and three ways to check a publication by oneself."""

from pathlib import Path

from flask import Blueprint, Response, current_app, render_template

from app.extensions import database
from app.queries.verification import list_newest_codes
from app.web.shared.access import open_to_all

blueprint = Blueprint("verification", __name__, url_prefix="/compruebalo")
PROGRAM = Path(__file__).resolve().parents[3] / "docs" / "compruebalo.py"
SOURCE = PROGRAM.read_text(encoding="utf-8")
"""The program as it stands in the repository, read once at start."""


@blueprint.get("/")
@open_to_all
def explained() -> str:
    """The code in plain words, the ways to check it, and the newest publications with theirs."""
    shown = current_app.config["SETTINGS"].show_demonstration
    codes = list_newest_codes(database.session, show_demonstration=shown)
    return render_template("verification/explained.html", codes=codes, source=SOURCE)


@blueprint.get("/compruebalo.py")
@open_to_all
def program() -> Response:
    """The program, to be kept and run elsewhere."""
    response = Response(SOURCE, content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{PROGRAM.name}"'
    return response
