"""What machines ask for: robots.txt, the sitemap, the web manifest, and what each page tells them in its head."""

import re
import struct
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.config import Settings
from tests import seeded
from tests.seeded import nothing_kept
from tests.site.crawl import Page, Site

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
LEFT_TO_LINKS = {
    "comparisons.choose_with",
    "comparisons.comparison",
    "demands.municipality",
    "publications.calculation",
    "publications.scorecard",
    "rankings.demand_in_order",
    "rankings.matrix_in_order",
    "rankings.theme_in_order",
    "scorecards.calculation",
    "search.everywhere",
    "search.within",
}
"""Too many for one file, or views of what stands elsewhere."""


@pytest.fixture(scope="module")
def listed(app: Flask) -> ET.Element:
    response = app.test_client().get("/sitemap.xml")
    assert response.content_type.startswith("application/xml")
    return ET.fromstring(response.data)  # noqa: S314 - our own file


def _paths(listed: ET.Element) -> list[str]:
    return [urlsplit(loc.text or "").path for loc in listed.findall("s:url/s:loc", NAMES)]


def test_the_sitemap_lists_every_kind_of_page_of_a_real_edition(site: Site, listed: ET.Element) -> None:
    def kinds(pages: list[Page]) -> set[str]:
        return {page.endpoint for page in pages}

    real = [page for page in site.html if "/ejemplo-" not in page.path]
    there = [page for page in real if page.path in set(_paths(listed))]
    assert kinds(real) - LEFT_TO_LINKS == kinds(there)


def test_the_sitemap_lists_pages_that_are_there_each_once(app: Flask, listed: ET.Element) -> None:
    paths = _paths(listed)
    assert len(paths) > 80
    assert [path for path, times in Counter(paths).items() if times > 1] == []
    client = app.test_client()
    assert {path: status for path in paths if (status := client.get(path).status_code) != 200} == {}


def test_the_sitemap_knows_no_invented_edition(listed: ET.Element) -> None:
    assert [path for path in _paths(listed) if "ejemplo" in path] == []


def test_each_page_of_the_sitemap_names_its_twins_as_the_page_itself_does(app: Flask, listed: ET.Element) -> None:
    client = app.test_client()
    for entry in listed.findall("s:url", NAMES)[:40]:
        twins = {link.get("hreflang"): link.get("href") for link in entry.findall("x:link", NAMES)}
        page = client.get(urlsplit(entry.findtext("s:loc", "", NAMES)).path).text
        assert dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page)) == twins
        assert f'<link rel="canonical" href="{entry.findtext("s:loc", "", NAMES)}">' in page


def test_a_page_changed_when_its_newest_publication_was_sealed(listed: ET.Element) -> None:
    days = {
        urlsplit(entry.findtext("s:loc", "", NAMES)).path: entry.findtext("s:lastmod", "", NAMES)
        for entry in listed.findall("s:url", NAMES)
    }
    assert days["/glosario/"] == ""
    assert days["/nuevo-leon-2012-2015/evaluaciones/3/"] == days["/en/nuevo-leon-2012-2015/evaluaciones/3/"] != ""


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    found: list[str] = []
    engine = app.extensions["database"]

    def _note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", _note)
    yield found
    event.remove(engine, "before_cursor_execute", _note)


def test_the_sitemap_asks_the_database_five_questions(client: FlaskClient, statements: list[str]) -> None:
    with nothing_kept():
        client.get("/sitemap.xml")
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 5


def test_robots_may_read_everything_and_so_the_noindex_of_what_is_invented(client: FlaskClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines == [
        "User-agent: *",
        "Disallow:",
        "",
        "Sitemap: http://127.0.0.1:8000/sitemap.xml",
    ]


@pytest.mark.parametrize(("mount", "language"), [("", "es"), ("/en", "en")])
def test_the_web_manifest_speaks_the_language_of_the_page(client: FlaskClient, mount: str, language: str) -> None:
    response = client.get(f"{mount}/manifest.webmanifest")
    assert response.content_type == "application/manifest+json"
    facts = response.get_json(force=True)
    assert (facts["lang"], facts["start_url"]) == (language, f"{mount}/")
    for icon in facts["icons"]:
        with client.get(icon["src"]) as file:
            picture = file.get_data()
        width, height = struct.unpack(">II", picture[16:24])
        assert f"{width}x{height}" == icon["sizes"]
        assert len(picture) < 6_000


def test_every_page_describes_itself_in_words_of_its_own(site: Site) -> None:
    found = {page.path: re.findall(r'<meta name="description"\s+content="([^"]+)"', page.text) for page in site.html}
    assert {path: words for path, words in found.items() if len(words) != 1 or len(words[0]) < 50} == {}
    assert [words for words, times in Counter(words[0] for words in found.values()).items() if times > 1] == []


def test_the_address_for_readers_is_shown_where_one_is_set(seeded_settings: Settings, client: FlaskClient) -> None:
    pages = ("/sitio/", "/privacidad/", "/accesibilidad/")
    assert all("mailto:" not in client.get(page).text for page in pages)
    environ = seeded.environment(seeded_settings.database_url, seeded_settings.instance_path)
    settings = Settings.from_environment(environ | {"CONTACT_EMAIL": "hola@alcalde.example"})
    with seeded.application(settings) as app:
        assert all("mailto:hola@alcalde.example" in app.test_client().get(page).text for page in pages)
