"""Which charts a page has, by their keys. A key is also the name of the chart's files."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

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

Draw = Callable[[str], Chart]
"""Draws the chart of a key when it is asked for: a file of one chart costs no other."""

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
    draw = _drawings_of_multiples(card, language, themes).get(key)
    return None if draw is None else draw(key)


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


def _multiples(card: Scorecard, language: Language, themes: Sequence[Scope]) -> tuple[Chart, ...]:
    return tuple(draw(key) for key, draw in _drawings_of_multiples(card, language, themes).items())


def _drawings_of_multiples(card: Scorecard, language: Language, themes: Sequence[Scope]) -> dict[str, Draw]:
    """How to draw the small multiples by key: ``temas``, where there are any, and ``demandas``."""
    demands = [scope for scope in card.trends if scope.kind is ScopeKind.DEMAND]
    drawings: dict[str, Draw] = {}
    if themes:
        drawings["temas"] = partial(
            _multiple,
            card=card,
            scopes=themes,
            title=language.gettext("Tema por tema"),
            word=language.gettext("Tema"),
            language=language,
        )
    drawings["demandas"] = partial(
        _multiple,
        card=card,
        scopes=demands,
        title=language.sentence("%(words)s, una por una", words=demand_words(card.edition, language)),
        word=capital(own(card.edition, "demand_word", language)),
        language=language,
    )
    return drawings


def _multiple(
    key: str, *, card: Scorecard, scopes: Sequence[Scope], title: str, word: str, language: Language
) -> Chart:
    lines = [Line(scope_name(card.frame, scope, language), card.trends[scope], card.mayors) for scope in scopes]
    chart = multiples_chart(key, title, lines, word, language, source_line(card.frame, language))
    return replace(chart, subject=_subject(card, language))


def demand_charts(page: DemandFront, language: Language) -> dict[str, Chart]:
    """What the page of a demand shows: ``barras``, the newest ranking; ``tendencia``, everybody over the rounds."""
    return {key: _of_demand(page, draw(key), language) for key, draw in _drawings_of_demand(page, language).items()}


def find_demand_chart(page: DemandFront, key: str, language: Language) -> Chart | None:
    """The chart of that key; no other is drawn."""
    draw = _drawings_of_demand(page, language).get(key)
    return None if draw is None else _of_demand(page, draw(key), language)


def _drawings_of_demand(page: DemandFront, language: Language) -> dict[str, Draw]:
    if page.ranking is None or not page.ranking.rows:
        return {}
    drawings: dict[str, Draw] = {}
    period = page.ranking.frame.period
    if page.ranking.placed:
        title = language.sentence(
            "Calificaciones de %(months)s", months=language.months(period.starts_on, period.ends_on)
        )
        drawings["barras"] = partial(bar_chart, ranking=page.ranking, language=language, title=title)
    if page.front_row and any(len(trend.points) >= NEEDED_POINTS for trend in page.trends.values()):
        drawings["tendencia"] = partial(_trend_of_all, page=page, language=language)
    return drawings


def _of_demand(page: DemandFront, chart: Chart, language: Language) -> Chart:
    """The chart with the demand and the edition that a file of its own must name."""
    name = f"{page.demand.number}. {own(page.demand, 'name', language)}"
    return replace(chart, subject=f"{name}, {own(page.edition, 'name', language)}")


def _trend_of_all(key: str, page: DemandFront, language: Language) -> Chart:
    if page.ranking is None or page.front_row is None:
        raise ValueError("no trend without a ranking")
    rows = page.ranking.rows
    lines = [
        Line(row.entry.name, page.trends[row.entry.cvegeo], page.mayors if row is page.front_row else ())
        for row in rows
    ]
    title = language.sentence("%(name)s entre todos los municipios", name=page.front_row.entry.name)
    source = source_line(page.ranking.frame, language)
    return trends_chart(key, title, lines, rows.index(page.front_row), language, source)


def round_charts(value: RoundInCharts, language: Language) -> dict[str, tuple[Chart, ...]]:
    """What a round shows in charts, by kind: ``bars``, ``heat_map``, ``slopes`` and ``ranges``."""
    return {
        kind: tuple(_of_round(value, draw(key), language) for key, draw in drawings.items())
        for kind, drawings in _drawings_of_round(value, language).items()
    }


def find_round_chart(value: RoundInCharts, key: str, language: Language) -> Chart | None:
    """The chart of that key; no other is drawn."""
    kinds = _drawings_of_round(value, language).values()
    draw = next((drawings[key] for drawings in kinds if key in drawings), None)
    return None if draw is None else _of_round(value, draw(key), language)


def _drawings_of_round(value: RoundInCharts, language: Language) -> dict[str, dict[str, Draw]]:
    """How to draw each chart of a round, by kind and key."""
    bars: dict[str, Draw] = {
        f"barras-{scope_key(ranking.scope)}": partial(bar_chart, ranking=ranking, language=language)
        for ranking in value.rankings
        if ranking.placed
    }
    slopes: dict[str, Draw] = {
        f"pendiente-{scope_key(now.scope)}": partial(
            slope_chart, now=now, before=value.before[now.scope], language=language
        )
        for now in value.headlines
        if now.scope in value.before and now.placed
    }
    ranges: dict[str, Draw] = {
        f"rangos-{scope_key(ranking.scope)}": partial(
            range_chart, ranking=ranking, ranges=value.ranges[ranking.scope], language=language
        )
        for ranking in value.headlines
        if value.ranges.get(ranking.scope)
    }
    heat: dict[str, Draw] = {"mapa": partial(heat_map, matrix=value.matrix, language=language)}
    return {"bars": bars, "heat_map": heat, "slopes": slopes, "ranges": ranges}


def _of_round(value: RoundInCharts, chart: Chart, language: Language) -> Chart:
    """The chart with the round and the edition that a file of its own must name."""
    months = language.months(value.frame.period.starts_on, value.frame.period.ends_on)
    round_name = language.sentence("Evaluación %(number)s, %(months)s", number=value.frame.period.number, months=months)
    return replace(chart, subject=f"{round_name}. {own(value.edition, 'name', language)}")
