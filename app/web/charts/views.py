"""Charts as files: drawing, picture, table, and the figure that a page's "Explorar" asks for."""

from flask import Blueprint, Response, abort, jsonify, render_template

from app.charts.chart import Chart, standalone
from app.charts.pages import find_demand_chart, find_round_chart, find_scorecard_chart, round_charts
from app.charts.pictures import png
from app.domain.editions import Edition
from app.exports.charts import chart_csv
from app.extensions import database
from app.queries.charts import find_round_charts
from app.queries.demands import find_demand
from app.queries.scorecards import find_scorecard
from app.web.shared.access import open_to_all
from app.web.shared.addresses import found
from app.web.shared.languages import current_language

blueprint = Blueprint("charts", __name__, url_prefix="/<edition:edition>")
FILE = "graficas/<slug:key>.<any(svg, png, csv, json):kind>"


@blueprint.get(f"/municipios/<slug:municipality>/{FILE}")
@open_to_all
def of_scorecard(edition: str, municipality: str, key: str, kind: str) -> Response:
    """A chart of a scorecard."""
    card = found(find_scorecard(database.session, edition, municipality))
    return _file(find_scorecard_chart(card, key, current_language()), card.edition, kind, municipality)


@blueprint.get(f"/demandas/<count:number>/{FILE}", defaults={"municipality": ""})
@blueprint.get(f"/demandas/<count:number>/municipios/<slug:municipality>/{FILE}")
@open_to_all
def of_demand(edition: str, number: int, municipality: str, key: str, kind: str) -> Response:
    """A chart of a demand's page, where one municipality may stand out."""
    page = found(find_demand(database.session, edition, number, municipality))
    subject = f"demanda-{number}" + (f"-{municipality}" if municipality else "")
    return _file(find_demand_chart(page, key, current_language()), page.edition, kind, subject)


@blueprint.get("/evaluaciones/<count:number>/graficas/")
@open_to_all
def round_page(edition: str, number: int) -> str:
    """A round in charts."""
    value = found(find_round_charts(database.session, edition, number))
    return render_template("charts/round.html", round=value, charts=round_charts(value, current_language()))


@blueprint.get(f"/evaluaciones/<count:number>/{FILE}")
@open_to_all
def of_round(edition: str, number: int, key: str, kind: str) -> Response:
    """A chart of a round."""
    value = found(find_round_charts(database.session, edition, number))
    return _file(find_round_chart(value, key, current_language()), value.edition, kind, f"evaluacion-{number}")


def _file(chart: Chart | None, edition: Edition, kind: str, subject: str) -> Response:
    """The chart as that kind of file; 404 where there is no such chart, or no figure of it."""
    if chart is None or (kind == "json" and chart.figure is None):
        abort(404)
    response = _content(chart, edition, kind)
    invented = "-datos-inventados" if edition.is_demonstration else ""
    name = f"{edition.slug}{invented}-{subject}-{chart.key}.{kind}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    if edition.is_demonstration:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _content(chart: Chart, edition: Edition, kind: str) -> Response:
    if kind == "json":
        return jsonify(chart.figure)
    if kind == "csv":
        return Response(chart_csv(edition, chart.subject, chart.table.header, chart.table.rows), mimetype="text/csv")
    svg = standalone(chart, current_language(), invented=edition.is_demonstration)
    return Response(png(svg), mimetype="image/png") if kind == "png" else Response(svg, mimetype="image/svg+xml")
