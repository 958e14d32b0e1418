"""``/componentes/``: every component with examples built from domain values, without a database."""

from flask import Blueprint, Flask, render_template

from app.config import Settings
from app.web.shared.access import open_to_all
from app.web.showcase.examples import examples

blueprint = Blueprint("showcase", __name__)


def init_app(app: Flask, settings: Settings) -> None:
    """Register the page where the site is being built; in production there is none."""
    if not settings.is_production:
        app.register_blueprint(blueprint)


@blueprint.get("/componentes/")
@open_to_all
def components() -> str:
    """All components, with every state that they know."""
    return render_template("showcase/components.html", shown=examples())
