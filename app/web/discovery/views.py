"""``/robots.txt``, ``/sitemap.xml`` and ``/manifest.webmanifest``."""

from flask import Blueprint, Response, current_app, json, url_for

from app.config import Settings
from app.exports.sitemap import sitemap_xml
from app.extensions import database
from app.queries.sitemaps import list_edition_maps
from app.web.discovery.pages import listed_pages
from app.web.shared.access import open_to_all
from app.web.shared.assets import static_address
from app.web.shared.jinja import SITE_TITLES
from app.web.shared.languages import current_language

blueprint = Blueprint("discovery", __name__)
ICONS = (("img/icon-192.png", "192x192"), ("img/icon-512.png", "512x512"))


@blueprint.get("/robots.txt")
@open_to_all
def robots() -> Response:
    """Everything may be read: what is invented says ``noindex`` itself, which only a robot that may read it hears."""
    settings: Settings = current_app.config["SETTINGS"]
    lines = ["User-agent: *", "Disallow:", "", f"Sitemap: {settings.site_url}/sitemap.xml", ""]
    return Response("\n".join(lines), content_type="text/plain; charset=utf-8")


@blueprint.get("/sitemap.xml")
@open_to_all
def sitemap() -> Response:
    """The public pages of the real editions, in both languages."""
    settings: Settings = current_app.config["SETTINGS"]
    pages = listed_pages(settings.site_url, list_edition_maps(database.session))
    return Response(sitemap_xml(pages), content_type="application/xml; charset=utf-8")


@blueprint.get("/manifest.webmanifest")
@open_to_all
def manifest() -> Response:
    """How the site looks among a phone's applications."""
    language = current_language()
    facts = {
        "name": SITE_TITLES[language.code],
        "short_name": "¿Cómo vamos?",
        "description": language.gettext("Calificaciones de 0 a 10 a cada alcalde, con su método y sus fuentes."),
        "lang": language.code,
        "start_url": url_for("editions.home"),
        "scope": url_for("editions.home"),
        "display": "minimal-ui",
        "theme_color": "#0a5a64",
        "background_color": "#ffffff",
        "icons": [
            {"src": static_address(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
            for path, sizes in ICONS
            for purpose in ("any", "maskable")
        ],
    }
    return Response(json.dumps(facts, ensure_ascii=False), content_type="application/manifest+json")
