"""An edition of more municipalities than a page names: its list has pages and initials, and its front stays small."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import brotli
import html5lib
import pytest
from flask.testing import FlaskClient

from app.cli.commits import writing_as_system
from app.services.seeds import load_seed
from tests import databases, seeded, staff
from tests.benchmarks.country import SLUG, country
from tests.integration.rooms import writing

LIST = f"/{SLUG}/municipios/"
CHARTS = f"/{SLUG}/evaluaciones/2/graficas/"


@pytest.fixture(scope="module")
def client(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A site with 130 invented municipalities."""
    folder = tmp_path_factory.mktemp("country")
    settings = seeded.settings_for(databases.copy_of_sqlite(sqlite_template, folder), folder)
    with seeded.application(settings) as app:
        with app.app_context(), writing_as_system(commit=True) as (session, actor):
            load_seed(session, actor, seed=country(130, 2), now_utc=datetime(2025, 6, 1, tzinfo=UTC))
        yield app.test_client()


def test_every_initial_leads_to_its_names(client: FlaskClient) -> None:
    text = client.get(LIST).text
    links = re.findall(r'href="([^"]*#letra-[^"]*)"', text)
    assert [link[-1] for link in links] == list("ABCDEFGHIJKLMNÑOPQRSTUVWXYZ")
    for link in links:
        path, _, name = link.partition("#")
        assert f'id="{name}"' in client.get(path).text


def test_a_long_list_is_valid_html_on_each_page(client: FlaskClient) -> None:
    for path in (LIST, f"{LIST}pagina/2/", f"{LIST}pagina/3/"):
        html5lib.HTMLParser(strict=True).parse(client.get(path).text)
    assert client.get(f"{LIST}pagina/4/").status_code == 404


STAFF_LISTS = (
    f"/coordinacion/{SLUG}/municipios/",
    f"/coordinacion/{SLUG}/asignaciones/",
    f"/coordinacion/{SLUG}/evaluaciones/2/",
    f"/revision/{SLUG}/2/reuniones/",
)


def test_the_long_lists_of_the_organiser_have_pages(client: FlaskClient) -> None:
    with writing(client.application) as session:
        people = staff.settle(session, SLUG)
        session.commit()
    with staff.signed_in(client.application, people["olga"]) as olga:
        for path in STAFF_LISTS:
            last = olga.get(f"{path}pagina/3/")
            html5lib.HTMLParser(strict=True).parse(last.text)
            assert last.text.count("Municipio 99") in {10, 20}, path
            assert olga.get(f"{path}pagina/4/").status_code == 404


def test_the_front_of_many_stays_small(client: FlaskClient) -> None:
    front = client.get(f"/{SLUG}/")
    html5lib.HTMLParser(strict=True).parse(front.text)
    assert len(brotli.compress(front.data)) < 30_000
    assert front.text.count("<tr>") < 60


def test_the_search_names_at_most_a_page_and_says_so(client: FlaskClient) -> None:
    text = client.get(f"/{SLUG}/buscar/?q=municipio").text
    assert text.count('class="mayor"') == 60
    assert "Los primeros 60 resultados para «municipio»" in text
    few = client.get(f"/{SLUG}/buscar/?q=z").text
    assert "resultados para «z»" in few
    assert "Los primeros" not in few


def test_a_round_in_charts_says_how_many_of_its_municipalities_are_drawn(client: FlaskClient) -> None:
    text = client.get(CHARTS).text
    assert "rangos-general" in text
    for figure in re.findall(r'<figure class="chart.*?</figure>', text, re.DOTALL):
        assert "Se muestran los primeros 60 de 130." in figure


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", "tiene 130 municipios. La gráfica"), ("/en", "has 130 municipalities. The chart")],
)
def test_a_round_of_too_many_for_ranges_says_so_and_where_they_are(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, prefix: str, words: str
) -> None:
    monkeypatch.setattr("app.domain.charts.MOST_FOR_RANGES", 129)
    with seeded.nothing_kept():
        text = client.get(prefix + CHARTS).text
    html5lib.HTMLParser(strict=True).parse(text)
    assert "rangos-" not in text
    section = text.partition('aria-labelledby="firmeza"')[2]
    assert words in section
    assert re.search(rf"\b129\b.*href=\"{prefix}/{SLUG}/evaluaciones/2/\"", section, re.DOTALL)
    scorecard = client.get(f"/{SLUG}/municipios/municipio-99007/calculo/")
    assert "Con otros pesos" in scorecard.text
