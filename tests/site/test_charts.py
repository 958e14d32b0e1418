"""Questions asked of every chart on every page, and of its files."""

import csv
import io
import json
import re
from collections.abc import Iterator
from xml.etree.ElementTree import fromstring

import plotly.graph_objects as go
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from tests.seeded import nothing_kept
from tests.site.crawl import Site

EXAMPLE = "/ejemplo-2024-2027"
FIGURES = re.compile(r'<figure class="chart.*?</figure>', re.DOTALL)
GENERAL = f"{EXAMPLE}/municipios/nogalinda/graficas/general"


def test_every_chart_has_a_title_words_a_drawing_a_table_and_a_source(site: Site) -> None:
    figures = [(page.path, figure) for page in site.html for figure in FIGURES.findall(page.text)]
    assert len(figures) > 100
    said = r">\s*[^<\s]"
    needed = (
        rf'id="grafica-[^"]+"{said}',
        rf'id="palabras-[^>]*{said}',
        r"<svg ",
        r"<table",
        rf'class="by"{said}',
        r'role="img"',
    )
    lacking = {(path, part) for path, figure in figures for part in needed if not re.search(part, figure)}
    assert lacking == set()


def test_every_chart_file_is_what_its_name_says(site: Site) -> None:
    files = [page for page in site.pages.values() if page.endpoint in {"charts.of_round", "charts.of_scorecard"}]
    kinds = {"svg": "image/svg+xml; charset=utf-8", "png": "image/png", "csv": "text/csv; charset=utf-8"}
    assert {page.path.rpartition(".")[2] for page in files} == set(kinds)
    for page in files:
        kind = page.path.rpartition(".")[2]
        assert page.headers["Content-Type"] == kinds[kind]
        assert page.headers["Cache-Control"] == "public, no-cache"
        if kind == "svg":
            assert fromstring(page.body).tag.endswith("svg")  # noqa: S314 - our own drawing


def test_every_figure_that_a_page_asks_for_is_one_that_plotly_takes(site: Site, client: FlaskClient) -> None:
    addresses = {found for page in site.sample(2) for found in re.findall(r'data-figure="([^"]+)"', page.text)}
    assert len(addresses) > 10
    for address in addresses:
        go.Figure(json.loads(client.get(address).text))


def test_a_file_of_invented_data_says_so(client: FlaskClient) -> None:
    for kind, words in (("svg", "Ejemplo con datos inventados"), ("csv", "inventados")):
        answer = client.get(f"{GENERAL}.{kind}")
        assert words in answer.text
        assert "datos-inventados" in answer.headers["Content-Disposition"]
        assert answer.headers["X-Robots-Tag"] == "noindex"


def test_the_file_of_a_chart_holds_the_figures_of_its_page(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get(f"{GENERAL}.csv").data.decode("utf-8-sig"))))
    assert [row["Promedio"] for row in rows][5:8] == ["5.9", "sin calificar", "6.2"]
    page = client.get(f"{EXAMPLE}/municipios/nogalinda/").text
    assert all(row["Promedio"] in page for row in rows)


@pytest.mark.parametrize(
    "path",
    [
        f"{GENERAL}.gif",
        f"{EXAMPLE}/municipios/nogalinda/graficas/nada.svg",
        f"{EXAMPLE}/municipios/nogalinda/graficas/temas.json",
        f"{EXAMPLE}/demandas/1/municipios/nadie/",
        f"{EXAMPLE}/evaluaciones/13/graficas/",
        "/nuevo-leon-2012-2015/municipios/apodaca/graficas/general.svg",
    ],
)
def test_there_is_no_chart_of_what_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_any_theme_and_any_demand_of_a_scorecard_has_its_own_chart(client: FlaskClient) -> None:
    folder = GENERAL.removesuffix("general")
    for key in ("tema-seguridad", "demanda-10", "temas", "demandas"):
        assert client.get(f"{folder}{key}.svg").status_code == 200


def test_the_page_of_a_demand_says_what_its_leaders_did(client: FlaskClient) -> None:
    text = client.get(f"{EXAMPLE}/demandas/10/").text
    assert "Quién va adelante, con 10" in text
    leading = text.partition('id="adelante"')[2].partition("</section>")[0]
    assert "Ñandarí" in leading
    assert "las 31 tienen respuesta escrita dentro del plazo" in leading


def test_the_reader_chooses_whose_line_stands_in_front(client: FlaskClient) -> None:
    assert (
        "Villa Toribia entre todos los municipios"
        in client.get(f"{EXAMPLE}/demandas/10/municipios/villa-toribia/").text
    )


def test_a_pinned_scorecard_offers_no_file_that_could_change(client: FlaskClient) -> None:
    text = client.get(f"{EXAMPLE}/evaluaciones/11/publicaciones/1/municipios/nogalinda/").text
    assert '<figure class="chart' in text
    assert "graficas/" not in text


@pytest.fixture
def statements(app: Flask) -> Iterator[list[str]]:
    """The SQL of a test's requests."""
    found: list[str] = []
    engine = app.extensions["database"]

    def _note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", _note)
    yield found
    event.remove(engine, "before_cursor_execute", _note)


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        (f"{EXAMPLE}/demandas/10/", 27),
        (f"{EXAMPLE}/evaluaciones/12/graficas/", 24),
        (f"{EXAMPLE}/evaluaciones/1/graficas/", 17),
    ],
)
def test_a_page_of_charts_asks_a_fixed_number_of_questions(
    client: FlaskClient, statements: list[str], path: str, queries: int
) -> None:
    with nothing_kept():
        client.get(path)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == queries
