"""Small scorecards for the tests of what is drawn and written from them, computed by the same rules as sealed ones."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from app.domain.arithmetic import sum_of
from app.domain.editions import OVERALL, Method, Scope, Theme, demand_scope, theme_scope
from app.domain.publications import PublicationKind, RoundContent, Standing
from app.domain.scorecard import (
    AverageShown,
    Publication,
    RoundFrame,
    RoundReference,
    Scorecard,
    ScoreShown,
    best_and_worst,
)
from app.domain.standings import standings
from app.domain.trends import TrendPoint, trend
from tests.unit.examples import METHOD, SAFETY, round_of

NOON = datetime(2021, 1, 20, 18, tzinfo=UTC)
ADDRESS = "https://alcalde.example/valle-2020-2023/evaluaciones/1/publicaciones/1/municipios/a/"


def card_of(
    lines: Mapping[str, str],
    who: str,
    *,
    before: Mapping[str, str] | None = None,
    method: Method = METHOD,
    themes: Sequence[Theme] = (SAFETY,),
    in_force: int = 1,
) -> Scorecard:
    """One municipality's scorecard in a round given as one line of ratings each; ``before`` is the round before."""
    previous = round_of(before, number=1, method=method, themes=themes) if before else None
    content = round_of(lines, number=2 if before else 1, method=method, themes=themes)
    rows = {(row.scope, row.cvegeo): row for row in standings(content, previous)}
    out_of = {scope: sum(row.place is not None for (s, _), row in rows.items() if s == scope) for scope, _ in rows}
    entry = next(entry for entry in content.entries if entry.name == who)
    own = {scope: row for (scope, cvegeo), row in rows.items() if cvegeo == who}
    scores = {score.demand: score for score in content.scores if score.cvegeo == who}
    shown = tuple(
        ScoreShown(
            demand,
            scores[demand.number],
            own[demand_scope(demand.number)],
            out_of[demand_scope(demand.number)],
            None,
            (),
        )
        for demand in content.demands
    )
    best, worst = best_and_worst(shown)
    return Scorecard(
        frame=_frame(content, in_force=in_force, compared=previous is not None),
        entry=entry,
        overall=_average(content, OVERALL, None, own, out_of, shown) if method.overall else None,
        averages=tuple(_average(content, theme_scope(t.key), t, own, out_of, shown) for t in themes),
        trends={scope: trend(_points(content, row, entry.mandate_starts_on.isoformat())) for scope, row in own.items()},
        distinctions=(),
        best=best,
        worst=worst,
        mayors=(entry,),
    )


def _frame(content: RoundContent, *, in_force: int, compared: bool) -> RoundFrame:
    return RoundFrame(
        edition=content.edition,
        method=content.method,
        themes=content.themes,
        demands=content.demands,
        sources={},
        period=content.period,
        publication=Publication(2, PublicationKind.ROUND, 1, NOON, "a" * 64, "0" * 64, in_force, NOON),
        compared_with=RoundReference(1, 1) if compared else None,
        newest_round=content.period.number,
    )


def _average(
    content: RoundContent,
    scope: Scope,
    theme: Theme | None,
    own: Mapping[Scope, Standing],
    out_of: Mapping[Scope, int],
    shown: Sequence[ScoreShown],
) -> AverageShown:
    scores = tuple(row for row in shown if theme is None or row.demand.theme == theme.key)
    cells = ((row.demand.number, row.score.rating, row.demand.weight) for row in scores)
    return AverageShown(
        scope, theme, own[scope], out_of[scope], None, scores, sum_of(cells, content.method.refused_counts_as)
    )


def _points(content: RoundContent, row: Standing, mandate: str) -> list[TrendPoint]:
    period = content.period
    return [TrendPoint(period.number, period.starts_on, period.ends_on, row.tenths, row.unplaced, mandate)]


def named(card: Scorecard, name: str) -> Scorecard:
    """The same scorecard of a municipality, a mayor, a party and demands of that name."""
    entry = replace(card.entry, name=name, mayor=name, party=name)
    averages = tuple(replace(each, scores=tuple(_renamed(row, name) for row in each.scores)) for each in card.averages)
    return replace(card, entry=entry, averages=averages)


def _renamed(row: ScoreShown, name: str) -> ScoreShown:
    return replace(row, demand=replace(row.demand, name_es=name, name_en=name))
