"""``/sitio/``, ``/glosario/``, ``/privacidad/`` and ``/accesibilidad/``: pages without a figure."""

from flask import Blueprint, render_template

from app.web.shared.access import open_to_all

blueprint = Blueprint("about", __name__)


@blueprint.get("/sitio/")
@open_to_all
def site() -> str:
    """What the site is, who makes it, and how to report an error."""
    return render_template("about/site.html")


@blueprint.get("/glosario/")
@open_to_all
def glossary() -> str:
    """The words of the pages, each with an id to link to."""
    return render_template("about/glossary.html")


@blueprint.get("/privacidad/")
@open_to_all
def privacy() -> str:
    """What the site knows of its visitors and of the people it speaks about."""
    return render_template("about/privacy.html")


@blueprint.get("/accesibilidad/")
@open_to_all
def accessibility() -> str:
    """The accessibility statement."""
    return render_template("about/accessibility.html")
