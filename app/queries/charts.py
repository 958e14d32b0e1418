"""A round in charts, in a fixed number of queries; of long lists the first page."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.charts import RoundInCharts, are_few_enough_for_ranges
from app.domain.editions import OVERALL, Scope, theme_scope
from app.domain.rankings import Matrix, Part, Ranking, RankingRow
from app.domain.scorecard import RoundFrame
from app.domain.scores import Rating
from app.domain.sensitivity import PlaceRange, Table, place_ranges
from app.models import sealed
from app.queries.chains import Chain, Link, find_round_frame, get_round_frame
from app.queries.parts import ROWS_OF_A_PAGE
from app.queries.rankings import assemble_ranking, demands_of, list_rows, matrix_of
from app.queries.rows import rating_of


def find_round_charts(session: Session, slug: str, number: int) -> RoundInCharts | None:
    """The round in force of that number; None where there is none. Twenty-three queries at most."""
    found = find_round_frame(session, slug, number, None)
    if found is None:
        return None
    chain, link, frame = found
    matrix = matrix_of(session, link, frame, 1)
    if matrix is None:
        return None
    rankings = tuple(_rankings(session, link, frame).values())
    before = _before(session, chain, frame)
    return RoundInCharts(frame, rankings, matrix, before, _ranges(session, link, frame, matrix))


def _scopes(frame: RoundFrame) -> tuple[Scope, ...]:
    overall = (OVERALL,) if frame.method.overall else ()
    return (*overall, *(theme_scope(theme.key) for theme in frame.themes))


def _rankings(session: Session, link: Link, frame: RoundFrame) -> dict[Scope, Ranking]:
    """The first page of overall and of each theme, where anybody has a place or withheld something. Two queries."""
    standing = sealed.SealedStanding
    scopes = _scopes(frame)
    of_scopes = standing.scope.in_([str(scope) for scope in scopes])
    pairs = list_rows(session, link, of_scopes & (standing.position <= ROWS_OF_A_PAGE))
    query = (
        select(standing.scope, func.count(), func.count(standing.place))
        .where(standing.publication_id == link.id, of_scopes)
        .group_by(standing.scope)
    )
    counts = {scope: (rows, placed) for scope, rows, placed in session.execute(query)}
    rankings = {}
    for scope in scopes:
        rows, placed = counts.get(str(scope), (0, 0))
        shown = [RankingRow(entry, row) for entry, row in pairs if row.scope == scope]
        part = Part(1, max(1, -(-rows // ROWS_OF_A_PAGE)), rows)
        ranking = assemble_ranking(frame, scope, shown, out_of=placed, part=part)
        if ranking.placed or ranking.refused:
            rankings[scope] = ranking
    return rankings


def _before(session: Session, chain: Chain, frame: RoundFrame) -> dict[Scope, Ranking]:
    """The same rankings of the publication that the round was compared with. Seven queries."""
    compared = frame.compared_with
    link = chain.find(compared.round_number, compared.number) if compared else None
    return {} if link is None else _rankings(session, link, get_round_frame(session, chain, link))


def _ranges(session: Session, link: Link, frame: RoundFrame, matrix: Matrix) -> dict[Scope, dict[str, PlaceRange]]:
    """How firm each place is, overall or by theme; nothing where there are too many municipalities. Two queries."""
    if not are_few_enough_for_ranges(matrix.part.rows):
        return {}
    entry, score = sealed.SealedEntry, sealed.SealedScore
    names = select(entry.cvegeo, entry.sort_key).where(entry.publication_id == link.id)
    sort_keys = {cvegeo: sort_key for cvegeo, sort_key in session.execute(names)}  # noqa: C416 - typed rows
    ratings: dict[str, dict[int, Rating]] = {cvegeo: {} for cvegeo in sort_keys}
    for row in session.scalars(select(score).where(score.publication_id == link.id)):
        ratings[row.cvegeo][row.demand] = rating_of(row)
    return {
        scope: place_ranges(
            Table(
                rows=ratings,
                sort_keys=sort_keys,
                weights={demand.number: demand.weight for demand in demands_of(frame, scope)},
                minimum_coverage=frame.method.minimum_coverage(scope),
                refused_counts_as=frame.method.refused_counts_as,
            )
        )
        for scope in _headline_scopes(frame)
        if len(demands_of(frame, scope)) > 1
    }


def _headline_scopes(frame: RoundFrame) -> Iterable[Scope]:
    return (OVERALL,) if frame.method.overall else _scopes(frame)
