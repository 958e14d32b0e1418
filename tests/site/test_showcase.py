"""The page of components: there where the site is built, absent in production."""

import re

import html5lib
import pytest
from flask.testing import FlaskClient

from app.config import Settings
from tests import seeded
from tests.databases import ROOT
from tests.site.crawl import Site

PATH = "/componentes/"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "s" * 32,
    "SITE_URL": "http://127.0.0.1",
    "TRUSTED_HOSTS": "127.0.0.1,localhost",
}


@pytest.mark.parametrize("mount", ["", "/en"])
def test_components_are_shown_where_the_site_is_built(client: FlaskClient, mount: str) -> None:
    answer = client.get(mount + PATH)
    assert answer.status_code == 200
    assert '<meta name="robots" content="noindex">' in answer.text
    assert ("invented data" if mount else "datos inventados") in answer.text
    html5lib.HTMLParser(strict=True).parse(answer.text)
    names = re.findall(r'\sid="([^"]*)"', answer.text)
    assert len(names) == len(set(names))


def test_components_are_not_there_in_production(own_seeded_settings: Settings) -> None:
    environ = seeded.environment(own_seeded_settings.database_url, own_seeded_settings.instance_path)
    with seeded.application(Settings.from_environment(environ | PRODUCTION)) as app:
        client = app.test_client()
        assert client.get("/glosario/").status_code == 200
        assert client.get(PATH).status_code == 404


def test_no_public_page_leads_to_the_components(site: Site) -> None:
    assert [page.path for page in site.html if PATH in page.text] == []


@pytest.mark.parametrize("macro", ["score", "cell", "average", "place", "coverage", "change_terms", "signs", "mayor"])
def test_each_figure_is_shown(macro: str) -> None:
    assert f"figures.{macro}(" in (ROOT / "app/templates/showcase/components.html").read_text()


def test_a_light_is_a_shape_and_a_word_and_never_a_colour_alone(client: FlaskClient) -> None:
    lights = re.findall(r'<span class="light light-(\w+)">(.*?)</span>', client.get(PATH).text, re.DOTALL)
    shapes = [re.findall(r"<(circle|path)[^>]*>", light) + re.findall(r' d="([^"]*)"', light) for _, light in lights]
    words = [re.sub(r"<.*?>", "", light, flags=re.DOTALL).strip() for _, light in lights]
    assert [colour for colour, _ in lights] == ["green", "yellow", "red", "none"]
    assert words == ["verde", "amarillo", "rojo", "sin dato"]
    assert len({tuple(shape) for shape in shapes}) == 4
