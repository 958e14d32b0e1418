"""A round at a glance: the head of each ranking, the largest moves, praise and reproach."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.editions import OVERALL, Scope, theme_scope
from app.domain.fronts import Glance, SealedRound
from app.domain.moves import Moves, largest_moves
from app.domain.ranking import Unplaced
from app.domain.rankings import ChangeRow, Part, Ranking, RankingRow
from app.domain.scorecard import DistinctionShown, RoundFrame
from app.domain.standings import rank_by_change
from app.domain.texts import Text
from app.models import sealed
from app.queries.chains import Chain, Link, find_round_frame, get_round_frame
from app.queries.parts import ROWS_OF_A_PAGE
from app.queries.publications import list_withdrawn, text_shown
from app.queries.rankings import assemble_ranking, count_published_demands, list_rows, matrix_of
from app.queries.rows import value_of

LAST_PLACE_AT_A_GLANCE = 10
"""Down to which place a glance names municipalities. A cut by place never splits a tie."""


def find_sealed_round(session: Session, slug: str, round_number: int, number: int, page: int) -> SealedRound | None:
    """One publication of a round, at a glance and whole; None where there is no such publication or page."""
    found = find_round_frame(session, slug, round_number, number)
    if found is None:
        return None
    chain, link, frame = found
    matrix = matrix_of(session, link, frame, page)
    return None if matrix is None else SealedRound(_glance(session, chain, link, frame), matrix, chain.cited(link))


def get_glance(session: Session, chain: Chain, link: Link) -> Glance:
    """A round's publication at a glance."""
    return _glance(session, chain, link, get_round_frame(session, chain, link))


def _glance(session: Session, chain: Chain, link: Link, frame: RoundFrame) -> Glance:
    rankings = _list_rankings(session, link, frame)
    texts = _texts(session, chain, link)
    headline = next((ranking for ranking in rankings if ranking.placed or ranking.refused), None)
    return Glance(
        frame=frame,
        rankings=rankings,
        moves=_moves(session, link, frame, headline.scope) if headline else Moves(),
        distinctions=_list_distinctions(session, link, texts),
        published_demands=count_published_demands(session, link),
        correction=texts.get((d.CORRECTION_TEXT_KEY, "reason")),
    )


def _scopes(frame: RoundFrame) -> tuple[Scope, ...]:
    overall = (OVERALL,) if frame.method.overall else ()
    return (*overall, *(theme_scope(theme.key) for theme in frame.themes))


def _list_rankings(session: Session, link: Link, frame: RoundFrame) -> tuple[Ranking, ...]:
    """Overall and each theme: the first places, everybody who withheld information, and the unplaced. Three queries."""
    standing = sealed.SealedStanding
    scopes = _scopes(frame)
    of_scopes = standing.scope.in_([str(scope) for scope in scopes])
    head = or_(
        standing.place <= LAST_PLACE_AT_A_GLANCE,
        standing.unplaced == Unplaced.REFUSED.value,
        standing.place.is_(None) & (standing.position <= ROWS_OF_A_PAGE),
    )
    pairs = list_rows(session, link, of_scopes & head)
    counts = {
        scope: (rows, placed)
        for scope, rows, placed in session.execute(
            select(standing.scope, func.count(), func.count(standing.place))
            .where(standing.publication_id == link.id, of_scopes)
            .group_by(standing.scope)
        )
    }
    figures = _figures(session, link, [entry.cvegeo for entry, _ in pairs])
    rankings = []
    for scope in scopes:
        rows, placed = counts.get(str(scope), (0, 0))
        shown = [RankingRow(e, s, figures.get((e.cvegeo, str(scope)))) for e, s in pairs if s.scope == scope]
        rankings.append(assemble_ranking(frame, scope, shown, out_of=placed, part=Part(1, 1, rows)))
    return tuple(rankings)


def _figures(session: Session, link: Link, keys: Sequence[str]) -> dict[tuple[str, str], d.PublishedFigure]:
    table = sealed.SealedFigure
    query = select(table).where(table.publication_id == link.id, table.cvegeo.in_(keys))
    return {(row.cvegeo, row.scope): value_of(d.PublishedFigure, row) for row in session.scalars(query)}


def _moves(session: Session, link: Link, frame: RoundFrame, scope: Scope) -> Moves:
    """The largest rises and falls of a scope, among the changes that may be ranked. One query."""
    if frame.compared_with is None:
        return Moves()
    standing = sealed.SealedStanding
    pairs = list_rows(session, link, (standing.scope == str(scope)) & standing.change_tenths.is_not(None))
    entries = {entry.cvegeo: (entry, row) for entry, row in pairs}
    ranked = rank_by_change(
        (row for _, row in pairs),
        {entry.cvegeo: entry.sort_key for entry, _ in pairs},
        frame.method.minimum_coverage(scope),
    )
    return largest_moves(ChangeRow(*entries[row.key], row.place) for row in ranked.placed if row.place is not None)


def _texts(session: Session, chain: Chain, link: Link) -> dict[tuple[str, str], Text]:
    """The texts of distinctions and of the correction, by key and field. Two queries."""
    withdrawn = list_withdrawn(session, chain.slug)
    table = sealed.SealedText
    wanted = or_(table.key == d.CORRECTION_TEXT_KEY, table.key.like("distinction/%"))
    rows = session.scalars(select(table).where(table.publication_id == link.id, wanted))
    return {(row.key, row.field): text_shown(value_of(d.SealedText, row), withdrawn) for row in rows}


def list_distinctions(session: Session, chain: Chain, link: Link) -> tuple[DistinctionShown, ...]:
    """All praise and reproach of a publication with its words. Three queries."""
    return _list_distinctions(session, link, _texts(session, chain, link))


def _list_distinctions(
    session: Session, link: Link, texts: Mapping[tuple[str, str], Text]
) -> tuple[DistinctionShown, ...]:
    table, entry = sealed.SealedDistinction, sealed.SealedEntry
    query = (
        select(table, entry)
        .join(entry, (entry.publication_id == table.publication_id) & (entry.cvegeo == table.cvegeo))
        .where(table.publication_id == link.id)
        .order_by(table.kind, entry.sort_key, entry.cvegeo, table.position)
    )
    return tuple(
        distinction_shown(value_of(d.Entry, e), value_of(d.Distinction, row), texts)
        for row, e in session.execute(query)
    )


def distinction_shown(entry: d.Entry, row: d.Distinction, texts: Mapping[tuple[str, str], Text]) -> DistinctionShown:
    """A distinction with its words."""
    key = d.distinction_text_key(row.cvegeo, row.position)
    text, signatory = (texts.get((key, field), Text(None)) for field in ("text", "signatory"))
    return DistinctionShown(entry, row.kind, text, signatory)
