"""Which charts a page has, by their keys. A key is also the name of the chart's files."""

from dataclasses import replace

from app.charts.bars import bar_chart
from app.charts.chart import Chart
from app.charts.heat_map import heat_map
from app.charts.multiples import multiples_chart
from app.charts.plots import Line
from app.charts.ranges import range_chart
from app.charts.slopes import slope_chart
from app.charts.trends import trend_chart, trends_chart
from app.charts.words import capital, demand_words, own, scope_name, source_line
from app.domain.charts import RoundInCharts
from app.domain.editions import OVERALL, Scope, ScopeKind
from app.domain.fronts import DemandFront
from app.domain.scorecard import Scorecard
from app.language import Language

NEEDED_POINTS = 2
"""A trend needs two rounds; before that there is only a value."""


def scope_key(scope: Scope) -> str:
    """How a chart of a scope is called: ``general``, ``tema-seguridad``, ``demanda-3``."""
    names = {
        ScopeKind.OVERALL: "general",
        ScopeKind.THEME: f"tema-{scope.key}",
        ScopeKind.DEMAND: f"demanda-{scope.key}",
    }
    return names[scope.kind]


def scorecard_charts(card: Scorecard, language: Language) -> tuple[Chart, ...]:
    """What a scorecard shows: the overall trend (or each theme's where there is none), then the small multiples."""
    if not _has_trend(card):
        return ()
    themes = tuple(scope for scope in card.trends if scope.kind is ScopeKind.THEME)
    first = (OVERALL,) if OVERALL in card.trends else themes
    trends = tuple(_trend(card, scope, language) for scope in first)
    return (*trends, *_multiples(card, language, themes if OVERALL in card.trends else ()))


def find_scorecard_chart(card: Scorecard, key: str, language: Language) -> Chart | None:
    """The chart of that key: any of the page's, and the trend of any one theme or demand."""
    if not _has_trend(card):
        return None
    scope = next((scope for scope in card.trends if scope_key(scope) == key), None)
    if scope is not None:
        return _trend(card, scope, language)
    themes = tuple(scope for scope in card.trends if scope.kind is ScopeKind.THEME)
    return next((chart for chart in _multiples(card, language, themes) if chart.key == key), None)


def _has_trend(card: Scorecard) -> bool:
    return any(len(trend.points) >= NEEDED_POINTS for trend in card.trends.values())


def _trend(card: Scorecard, scope: Scope, language: Language) -> Chart:
    name = scope_name(card.frame, scope, language)
    heading = language.gettext("Calificación") if scope.kind is ScopeKind.DEMAND else language.gettext("Promedio")
    line = Line(name, card.trends[scope], card.mayors)
    chart = trend_chart(scope_key(scope), name, line, heading, language, source_line(card.frame, language))
    return replace(chart, subject=_subject(card, language))


def _subject(card: Scorecard, language: Language) -> str:
    return f"{card.entry.name}, {own(card.edition, 'name', language)}"


def _multiples(card: Scorecard, language: Language, themes: tuple[Scope, ...]) -> tuple[Chart, ...]:
    source = source_line(card.frame, language)
    charts = []
    if themes:
        lines = [Line(scope_name(card.frame, scope, language), card.trends[scope], card.mayors) for scope in themes]
        title = language.gettext("Tema por tema")
        charts.append(multiples_chart("temas", title, lines, language.gettext("Tema"), language, source))
    demands = [scope for scope in card.trends if scope.kind is ScopeKind.DEMAND]
    lines = [Line(scope_name(card.frame, scope, language), card.trends[scope], card.mayors) for scope in demands]
    title = language.sentence("%(words)s, una por una", words=demand_words(card.edition, language))
    word = capital(own(card.edition, "demand_word", language))
    charts.append(multiples_chart("demandas", title, lines, word, language, source))
    return tuple(replace(chart, subject=_subject(card, language)) for chart in charts)


def demand_charts(page: DemandFront, language: Language) -> dict[str, Chart]:
    """What the page of a demand shows: ``barras``, the newest ranking; ``tendencia``, everybody over the rounds."""
    if page.ranking is None or not page.ranking.rows:
        return {}
    name = f"{page.demand.number}. {own(page.demand, 'name', language)}"
    subject = f"{name}, {own(page.edition, 'name', language)}"
    charts = {}
    period = page.ranking.frame.period
    if page.ranking.placed:
        title = language.sentence(
            "Calificaciones de %(months)s", months=language.months(period.starts_on, period.ends_on)
        )
        charts["barras"] = replace(bar_chart("barras", page.ranking, language, title=title), subject=subject)
    if page.front_row and any(len(trend.points) >= NEEDED_POINTS for trend in page.trends.values()):
        charts["tendencia"] = replace(_trend_of_all(page, language), subject=subject)
    return charts


def _trend_of_all(page: DemandFront, language: Language) -> Chart:
    if page.ranking is None or page.front_row is None:
        raise ValueError("no trend without a ranking")
    rows = page.ranking.rows
    lines = [
        Line(row.entry.name, page.trends[row.entry.cvegeo], page.mayors if row is page.front_row else ())
        for row in rows
    ]
    title = language.sentence("%(name)s entre todos los municipios", name=page.front_row.entry.name)
    source = source_line(page.ranking.frame, language)
    return trends_chart("tendencia", title, lines, rows.index(page.front_row), language, source)


def round_charts(value: RoundInCharts, language: Language) -> dict[str, tuple[Chart, ...]]:
    """What a round shows in charts, by kind: ``bars``, ``heat_map``, ``slopes`` and ``ranges``."""
    bars = [
        bar_chart(f"barras-{scope_key(ranking.scope)}", ranking, language)
        for ranking in value.rankings
        if ranking.placed
    ]
    slopes = [
        slope_chart(f"pendiente-{scope_key(now.scope)}", now, value.before[now.scope], language)
        for now in value.headlines
        if now.scope in value.before and now.placed
    ]
    ranges = [
        range_chart(f"rangos-{scope_key(ranking.scope)}", ranking, value.ranges[ranking.scope], language)
        for ranking in value.headlines
        if value.ranges.get(ranking.scope)
    ]
    months = language.months(value.frame.period.starts_on, value.frame.period.ends_on)
    round_name = language.sentence("Evaluación %(number)s, %(months)s", number=value.frame.period.number, months=months)
    subject = f"{round_name}. {own(value.edition, 'name', language)}"
    kinds = {"bars": bars, "heat_map": [heat_map(value.matrix, language)], "slopes": slopes, "ranges": ranges}
    return {kind: tuple(replace(chart, subject=subject) for chart in charts) for kind, charts in kinds.items()}


def find_round_chart(value: RoundInCharts, key: str, language: Language) -> Chart | None:
    """The chart of that key."""
    kinds = round_charts(value, language).values()
    return next((chart for charts in kinds for chart in charts if chart.key == key), None)
