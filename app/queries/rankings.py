"""Rankings as sealed: one scope of a round, a whole round as a matrix, a round at a glance.

Rows come in their sealed position; a page number cuts lists over sixty rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.arithmetic import Sum, sum_of
from app.domain.editions import OVERALL, Demand, Scope, ScopeKind
from app.domain.fronts import published_demands
from app.domain.orders import Order, Orders, orders_of
from app.domain.ranking import Unplaced
from app.domain.rankings import Matrix, MatrixRow, Part, PlacedOtherwise, Ranking, RankingRow, Refusal
from app.domain.scorecard import RoundFrame
from app.domain.scores import Absence
from app.domain.standings import places_as_printed
from app.models import sealed
from app.queries.answers import map_replies
from app.queries.chains import Link, find_round_frame
from app.queries.orders import list_keys
from app.queries.parts import ROWS_OF_A_PAGE, part_of
from app.queries.rows import rating_of, value_of


def find_ranking(
    session: Session, slug: str, round_number: int, scope: Scope, *, page: int = 1, order: Order | None = None
) -> Ranking | None:
    """One ranking of a published round; None where round, theme, demand, page or column is unknown."""
    found = find_round_frame(session, slug, round_number, None)
    return None if found is None else ranking_of(session, found[1], found[2], scope, page, order)


def ranking_of(
    session: Session, link: Link, frame: RoundFrame, scope: Scope, page: int = 1, order: Order | None = None
) -> Ranking | None:
    """The ranking of a publication in one scope; None where it has none, or no such page or column.

    Seven queries, eight where the rows are reordered.
    """
    standing = sealed.SealedStanding
    of_scope = (standing.publication_id == link.id) & (standing.scope == str(scope))
    rows, out_of = session.execute(select(func.count(), func.count(standing.place)).where(of_scope)).one()
    part = part_of(rows, page)
    orders = orders_of(frame, scope, rated_demands(list_kinds(session, link)), order)
    if not rows or part is None or orders is None:
        return None
    first = (page - 1) * ROWS_OF_A_PAGE
    if orders.is_own:
        of_page = standing.position.between(first + 1, first + ROWS_OF_A_PAGE)
        pairs = list_rows(session, link, of_scope & of_page)
    else:
        keys = list_keys(session, link, frame, scope, orders.current)[first : first + ROWS_OF_A_PAGE]
        found = {entry.cvegeo: (entry, row) for entry, row in list_rows(session, link, of_scope & _one_of(keys))}
        pairs = tuple(found[key] for key in keys)
    printed = _list_printed(session, link, scope)
    shown = _ranking_rows(session, link, frame, scope, pairs, {row.entry.cvegeo: row.figure for row in printed})
    ranking = assemble_ranking(frame, scope, shown, out_of=out_of, part=part, otherwise=placed_otherwise(printed))
    barred = list_rows(session, link, of_scope & (standing.unplaced == Unplaced.REFUSED.value))
    withheld = tuple(RankingRow(entry, row) for entry, row in barred)
    return replace(ranking, orders=orders, reordered=() if orders.is_own else shown, withheld=withheld)


def _one_of(keys: Sequence[str]) -> ColumnElement[bool]:
    return sealed.SealedStanding.cvegeo.in_(keys)


def _ranking_rows(
    session: Session,
    link: Link,
    frame: RoundFrame,
    scope: Scope,
    pairs: Sequence[tuple[d.Entry, d.Standing]],
    figures: Mapping[str, d.PublishedFigure | None],
) -> tuple[RankingRow, ...]:
    """The rows with their scores, the arithmetic of their averages and the replies. Two queries."""
    demands, keys = demands_of(frame, scope), [entry.cvegeo for entry, _ in pairs]
    scores = list_scores(session, link, keys, demands)
    replies = map_replies(session, link, keys, [demand.number for demand in demands])
    return tuple(
        RankingRow(
            entry,
            row,
            figures.get(entry.cvegeo),
            scores.get(entry.cvegeo, {}),
            _sum(frame, demands, scores.get(entry.cvegeo, {})),
            replies.get(entry.cvegeo, {}),
        )
        for entry, row in pairs
    )


def assemble_ranking(
    frame: RoundFrame,
    scope: Scope,
    rows: Iterable[RankingRow],
    *,
    out_of: int,
    part: Part,
    otherwise: tuple[PlacedOtherwise, ...] = (),
) -> Ranking:
    """The rows of a scope in their three blocks; their order is kept."""
    shown = tuple(rows)
    return Ranking(
        frame=frame,
        scope=scope,
        theme=frame.find_theme(scope.key) if scope.kind is ScopeKind.THEME else None,
        demand=frame.find_demand(int(scope.key)) if scope.kind is ScopeKind.DEMAND else None,
        demands=demands_of(frame, scope),
        placed=tuple(row for row in shown if row.standing.place is not None),
        refused=tuple(row for row in shown if row.standing.unplaced is Unplaced.REFUSED),
        unplaced=tuple(row for row in shown if row.standing.unplaced not in {None, Unplaced.REFUSED}),
        out_of=out_of,
        part=part,
        otherwise=otherwise,
    )


def demands_of(frame: RoundFrame, scope: Scope) -> tuple[Demand, ...]:
    """The demands that a scope averages, in their order."""
    if scope.kind is ScopeKind.OVERALL:
        return frame.demands
    if scope.kind is ScopeKind.THEME:
        return frame.demands_of(scope.key)
    return tuple(demand for demand in frame.demands if str(demand.number) == scope.key)


def list_rows(session: Session, link: Link, condition: ColumnElement[bool]) -> tuple[tuple[d.Entry, d.Standing], ...]:
    """Standings with their entries, by scope and sealed position."""
    standing, entry = sealed.SealedStanding, sealed.SealedEntry
    query = (
        select(entry, standing)
        .join(standing, (standing.publication_id == entry.publication_id) & (standing.cvegeo == entry.cvegeo))
        .where(standing.publication_id == link.id, condition)
        .order_by(standing.scope, standing.position)
    )
    return tuple((value_of(d.Entry, e), value_of(d.Standing, s)) for e, s in session.execute(query))


def _list_printed(session: Session, link: Link, scope: Scope) -> tuple[RankingRow, ...]:
    """All rows of a scope for which a source printed a figure, by sealed position."""
    standing, entry, figure = sealed.SealedStanding, sealed.SealedEntry, sealed.SealedFigure
    query = (
        select(entry, standing, figure)
        .join(standing, (standing.publication_id == entry.publication_id) & (standing.cvegeo == entry.cvegeo))
        .join(
            figure,
            (figure.publication_id == standing.publication_id)
            & (figure.cvegeo == standing.cvegeo)
            & (figure.scope == standing.scope),
        )
        .where(standing.publication_id == link.id, standing.scope == str(scope))
        .order_by(standing.position)
    )
    rows = session.execute(query)
    return tuple(
        RankingRow(value_of(d.Entry, e), value_of(d.Standing, s), value_of(d.PublishedFigure, f)) for e, s, f in rows
    )


def placed_otherwise(printed: Sequence[RankingRow]) -> tuple[PlacedOtherwise, ...]:
    """The placed rows that the printed figures would place elsewhere, or alone instead of in a tie, in our order."""
    placed = [row for row in printed if row.standing.place is not None and row.figure is not None]
    figures = [row.figure for row in placed if row.figure is not None]
    places = places_as_printed(figures, {row.entry.cvegeo: row.entry.sort_key for row in placed})
    pairs = ((row, row.figure, places.get(row.entry.cvegeo)) for row in placed)
    return tuple(
        PlacedOtherwise(row, figure.printed, place)
        for row, figure, place in pairs
        if figure and place and (place.number, place.shared) != (row.standing.place, row.standing.shared)
    )


def list_scores(
    session: Session, link: Link, keys: Sequence[str], demands: Sequence[Demand]
) -> dict[str, dict[int, d.PublishedScore]]:
    """The scores of some municipalities on some demands, by municipality and demand. One query."""
    table = sealed.SealedScore
    numbers = [demand.number for demand in demands]
    query = select(table).where(table.publication_id == link.id, table.cvegeo.in_(keys), table.demand.in_(numbers))
    found: dict[str, dict[int, d.PublishedScore]] = {}
    for row in session.scalars(query.order_by(table.cvegeo, table.demand)):
        found.setdefault(row.cvegeo, {})[row.demand] = value_of(d.PublishedScore, row, rating=rating_of(row))
    return found


def _sum(frame: RoundFrame, demands: Sequence[Demand], scores: dict[int, d.PublishedScore]) -> Sum | None:
    """The arithmetic of a row's average; a ranking of one demand has none."""
    if len(demands) <= 1:
        return None
    cells = ((n.number, scores[n.number].rating, n.weight) for n in demands if n.number in scores)
    return sum_of(cells, frame.method.refused_counts_as)


def find_matrix(
    session: Session, slug: str, round_number: int, *, page: int = 1, order: Order | None = None
) -> Matrix | None:
    """A whole published round; None where round, page or column is unknown."""
    found = find_round_frame(session, slug, round_number, None)
    return None if found is None else matrix_of(session, found[1], found[2], page, order)


def matrix_of(session: Session, link: Link, frame: RoundFrame, page: int, order: Order | None = None) -> Matrix | None:
    """The matrix of a publication; None where it has no such page or column. Seven queries, eight reordered."""
    entries_of, out_of = _counts(session, link)
    part = part_of(entries_of, page)
    kinds = list_kinds(session, link)
    orders = orders_of(frame, None, rated_demands(kinds), order)
    if part is None or orders is None:
        return None
    entries = _list_entries(session, link, frame, part, orders)
    keys = [row.cvegeo for row in entries]
    standing = sealed.SealedStanding
    of_averages = _one_of(keys) & or_(standing.scope == str(OVERALL), standing.scope.like("theme:%"))
    standings = {(row.cvegeo, str(row.scope)): row for _, row in list_rows(session, link, of_averages)}
    scores, replies = list_scores(session, link, keys, frame.demands), map_replies(session, link, keys)
    rows = tuple(
        MatrixRow(
            entry=row,
            scores=scores.get(row.cvegeo, {}),
            themes={t.key: standings[row.cvegeo, f"theme:{t.key}"] for t in frame.themes},
            overall=standings.get((row.cvegeo, str(OVERALL))),
            replies=replies.get(row.cvegeo, {}),
        )
        for row in entries
    )
    return Matrix(frame, rows, published_demands(kinds), part, orders, list_refusals(session, link), out_of)


def _counts(session: Session, link: Link) -> tuple[int, int]:
    """How many municipalities a publication holds, and how many of them have an overall place. One query."""
    entry, standing = sealed.SealedEntry, sealed.SealedStanding
    entries = select(func.count()).where(entry.publication_id == link.id)
    placed = select(func.count(standing.place)).where(
        standing.publication_id == link.id, standing.scope == str(OVERALL)
    )
    counted = session.execute(select(entries.scalar_subquery(), placed.scalar_subquery())).one()
    return int(counted[0]), int(counted[1])


def list_refusals(session: Session, link: Link) -> tuple[Refusal, ...]:
    """Everybody who withheld information in a round, by name. One query: the themes share out the demands."""
    table, entry = sealed.SealedStanding, sealed.SealedEntry
    refused, applicable = func.sum(table.refused), func.sum(table.applicable)
    sums = (
        select(table.cvegeo, refused.label("refused"), applicable.label("applicable"))
        .where(table.publication_id == link.id, table.scope.like("theme:%"))
        .group_by(table.cvegeo)
        .having(refused > 0)
        .subquery()
    )
    query = select(entry, sums.c.refused, sums.c.applicable).join(sums, sums.c.cvegeo == entry.cvegeo)
    query = query.where(entry.publication_id == link.id).order_by(entry.sort_key, entry.cvegeo)
    return tuple(Refusal(value_of(d.Entry, row), int(r), int(a)) for row, r, a in session.execute(query))


def _list_entries(session: Session, link: Link, frame: RoundFrame, part: Part, orders: Orders) -> tuple[d.Entry, ...]:
    """One page of entries: in the order asked for, else as the overall ranking seals them, or by name without one."""
    entry, standing = sealed.SealedEntry, sealed.SealedStanding
    query = select(entry).where(entry.publication_id == link.id)
    first = (part.number - 1) * ROWS_OF_A_PAGE
    if not orders.is_own:
        keys = list_keys(session, link, frame, None, orders.current)[first : first + ROWS_OF_A_PAGE]
        found = {row.cvegeo: value_of(d.Entry, row) for row in session.scalars(query.where(entry.cvegeo.in_(keys)))}
        return tuple(found[key] for key in keys)
    if frame.method.overall:
        same = (standing.publication_id == entry.publication_id) & (standing.cvegeo == entry.cvegeo)
        query = query.join(standing, same).where(standing.scope == str(OVERALL)).order_by(standing.position)
    else:
        query = query.order_by(entry.sort_key, entry.cvegeo)
    return tuple(value_of(d.Entry, row) for row in session.scalars(query.limit(ROWS_OF_A_PAGE).offset(first)))


def list_kinds(session: Session, link: Link) -> tuple[tuple[int, Absence | None], ...]:
    """What a round holds of each demand: the pairs of demand and absence that occur (None: a score). One query."""
    table = sealed.SealedScore
    pairs = select(table.demand, table.absence).where(table.publication_id == link.id).distinct()
    return tuple((n, Absence(absence) if absence else None) for n, absence in session.execute(pairs))


def rated_demands(kinds: Iterable[tuple[int, Absence | None]]) -> frozenset[int]:
    """The demands for which a round holds any score."""
    return frozenset(number for number, absence in kinds if absence is None)


def count_published_demands(session: Session, link: Link) -> int:
    """How many demands of a round hold anything but "the source does not publish it". One query."""
    return published_demands(list_kinds(session, link))
