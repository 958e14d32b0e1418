"""Traps that other scorecards fell into, asked of the pages and files as a reader gets them."""

import csv
import io
import re
from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import database
from app.queries.drafts import list_edition_slugs
from app.queries.seeds import find_seed
from tests.databases import ROOT
from tests.site.crawl import Site
from tests.site.reading import Row, rows_of, words_of

THEME = "/nuevo-leon-2012-2015/evaluaciones/3/temas/seguridad/"
AS_PRINTED = [
    # place, municipality, the four cells, ours, the source's
    ("1", "San Pedro Garza García", "10 9 10 5", "8.5", "8"),
    ("2", "Juárez", "8 8 9 6", "7.8", "8"),
    ("3", "García", "8 8 10 4", "7.5", "7"),
    ("4", "Monterrey", "5 9 9 4", "6.8", "7"),
    ("5=", "General Escobedo", "9 9 3 5", "6.5", "6"),
    ("5=", "Santa Catarina", "9 8 5 4", "6.5", "6"),
    ("7", "Apodaca", "8 7 6 4", "6.3", "7"),
    ("8", "Guadalupe", "4 7 6 1", "4.5", "5"),
    ("9", "San Nicolás de los Garza", "5 7 2 3", "4.3", "4"),
]


def test_the_printed_table_comes_out_in_order_with_both_averages(client: FlaskClient) -> None:
    rows = rows_of(client.get(THEME).text)
    found = [(row["place"], row["name"], " ".join(row["cells"]), row["average"], row["figure"]) for row in rows]
    assert found == AS_PRINTED


@pytest.mark.parametrize("language", ["", "/en"])
def test_both_columns_of_averages_are_labelled_apart(client: FlaskClient, language: str) -> None:
    text = words_of(client.get(language + THEME).text)
    labels = {
        "": ("Promedio publicado en 2013", "Cálculo de este sitio a partir de las cuatro calificaciones impresas"),
        "/en": ("Average published in 2013", "Computed by this site from the four printed scores"),
    }
    assert all(label in text for label in labels[language])


def test_a_row_that_the_printed_averages_would_place_elsewhere_is_named(client: FlaskClient) -> None:
    assert "Apodaca: lugar 7 en el cálculo de este sitio; con el 7 publicado compartiría el lugar 3." in words_of(
        client.get(THEME).text
    )


def test_an_edition_without_overall_says_so_and_how_much_its_source_gives(client: FlaskClient) -> None:
    text = words_of(client.get("/nuevo-leon-2012-2015/evaluaciones/3/").text)
    assert "no lleva promedio ni lugar general" in text
    assert "4 de las 10 acciones" in text


def test_an_edition_without_overall_holds_no_overall_figure_in_page_or_file(site: Site) -> None:
    figure = re.compile(r"(promedio|lugar) general:? \d|overall (average|place):? \d|\bgeneral,\d", re.IGNORECASE)
    real = [page for page in site.pages.values() if "/nuevo-leon-2012-2015/" in page.path]
    assert len(real) > 20
    assert [page.path for page in real if figure.search(words_of(page.text))] == []


def test_equal_values_share_the_place_and_no_list_is_numbered_anew(site: Site) -> None:
    rankings = [page for page in site.html if re.search(r"/evaluaciones/\d+/(temas|demandas)/[^/]+/$", page.path)]
    assert len(rankings) > 50
    for page in rankings:
        assert "<ol" not in re.sub(r"<nav.*?</nav>", "", page.text, flags=re.DOTALL), page.path
        placed = [row for row in rows_of(page.text) if row["place"]]
        for before, after in pairwise(placed):
            _agree(before, after, page.path)


def _agree(before: Row, after: Row, path: str) -> None:
    """Two neighbours in a ranking: a tie where the values are equal, else a lower place for the lower value."""
    tie = float(before["average"]) == float(after["average"])
    same = before["place"] == after["place"]
    assert tie == same, path
    assert float(before["average"]) >= float(after["average"]), path
    assert before["place"].endswith("=") or not tie, path


def test_a_real_zero_is_a_score_and_a_missing_one_is_not_zero(client: FlaskClient) -> None:
    rows = {row["name"]: row for row in rows_of(client.get("/ejemplo-2024-2027/evaluaciones/12/demandas/10/").text)}
    assert min(float(row["average"]) for row in rows.values() if row["place"]) == 0.0
    refused = rows_of(client.get("/ejemplo-2024-2027/evaluaciones/12/demandas/1/").text)
    assert [row["average"] for row in refused if not row["place"]].count("0") == 0


def test_files_hold_the_figures_of_the_pages(client: FlaskClient) -> None:
    text = client.get("/nuevo-leon-2012-2015/datos/promedios.csv").data.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["ambito"] == "seguridad"]
    found = {(row["municipio"], row["promedio"], row["lugar"], row["lugar_compartido"]) for row in rows}
    page = rows_of(client.get(THEME).text)
    assert found == {
        (row["name"], row["average"], row["place"].rstrip("="), "sí" if "=" in row["place"] else "no") for row in page
    }


def test_no_year_place_or_demand_of_an_edition_is_written_in_the_code(app: Flask) -> None:
    with app.app_context():
        names = set[str]()
        for slug in list_edition_slugs(database.session):
            seed = find_seed(database.session, slug)
            assert seed is not None
            names |= {slug} | {row["name"] for row in seed.rows("municipalities")}
            names |= {row["name_es"] for row in seed.rows("demands")}
    assert len(names) > 30
    every = (path for kind in ("*.py", "*.html") for path in (ROOT / "app").rglob(kind))
    code = [path for path in every if path.name != "working_days.py"]  # the year in which the law changed a day of rest
    written = {(path.name, name) for path in code for name in names if name in path.read_text()}
    years = {
        (path.name, year) for path in code for year in re.findall(r"\b20[12]\d\b", _without_comments(path.read_text()))
    }
    assert written == set()
    assert years == set()


def _without_comments(code: str) -> str:
    return re.sub(r'#.*|""".*?"""|``.*?``|\{#.*?#\}', "", code, flags=re.DOTALL if '"""' in code else 0)
