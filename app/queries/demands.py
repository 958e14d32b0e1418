"""A demand of an edition: its wording, its newest ranking, who leads and why, how each municipality moved on it."""

from collections.abc import Sequence

from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.editions import demand_scope
from app.domain.fronts import DemandFront, Leader
from app.domain.rankings import Ranking, RankingRow
from app.domain.scorecard import Evidence
from app.domain.texts import NO_TEXT, Text
from app.models import sealed
from app.queries.chains import Chain, Link, get_chain, get_round_frame
from app.queries.editions import front_of
from app.queries.publications import list_withdrawn, text_shown
from app.queries.rankings import ranking_of
from app.queries.rows import value_of
from app.queries.trends import get_history


def find_demand(session: Session, slug: str, number: int, municipality: str = "") -> DemandFront | None:
    """A demand with its newest ranking, its leaders and the trend of each row of the ranking.

    ``municipality`` names the row that stands out; without one it is the first. None where the edition has no such
    demand, or its ranking no such row.
    """
    chain = get_chain(session, slug)
    own = chain.find(0)
    front = front_of(session, chain, own) if own else None
    demand = next((row for row in front.content.demands if row.number == number), None) if front else None
    if front is None or demand is None:
        return None
    theme = next(theme for theme in front.content.themes if theme.key == demand.theme)
    links = list(chain.in_force().values())
    scope = demand_scope(number)
    ranking = ranking_of(session, links[-1], get_round_frame(session, chain, links[-1]), scope) if links else None
    rows = ranking.rows if ranking else ()
    front_row = next((row for row in rows if municipality in {row.entry.slug, ""}), None)
    if municipality and front_row is None:
        return None
    keys = [row.entry.cvegeo for row in rows]
    history = get_history(session, chain, keys, [scope])
    return DemandFront(
        front=front,
        demand=demand,
        theme=theme,
        ranking=ranking,
        trends={key: history.trend(key, scope) for key in keys},
        front_row=front_row,
        mayors=history.mayors(front_row.entry.cvegeo) if front_row else (),
        leaders=_list_leaders(session, chain, links[-1], ranking) if ranking else (),
    )


def _list_leaders(session: Session, chain: Chain, link: Link, ranking: Ranking) -> tuple[Leader, ...]:
    """The rows in first place with the reason and the evidence behind them. Three queries."""
    rows = [row for row in ranking.placed if row.standing.place == 1]
    evidence = _list_evidence(session, link, rows)
    keys = [_score_key(row, ranking) for row in rows] + [_evidence_key(row) for row in evidence]
    withdrawn = list_withdrawn(session, chain.slug)
    table = sealed.SealedText
    query = select(table).where(table.publication_id == link.id, table.key.in_(keys))
    texts = {(row.key, row.field): text_shown(value_of(d.SealedText, row), withdrawn) for row in session.scalars(query)}
    return tuple(
        Leader(
            row=row,
            reason=texts.get((_score_key(row, ranking), "reason")),
            evidence=tuple(_shown(piece, texts) for piece in evidence if piece.cvegeo == row.entry.cvegeo),
        )
        for row in rows
    )


def _list_evidence(session: Session, link: Link, rows: Sequence[RankingRow]) -> tuple[d.PublishedEvidence, ...]:
    table = sealed.SealedEvidence
    of_rows = [
        (table.cvegeo == score.cvegeo) & (table.demand == score.demand) & (table.revision == score.revision)
        for row in rows
        for score in row.scores.values()
    ]
    query = select(table).where(table.publication_id == link.id, or_(false(), *of_rows))
    found = session.scalars(query.order_by(table.cvegeo, table.position))
    return tuple(value_of(d.PublishedEvidence, row) for row in found)


def _score_key(row: RankingRow, ranking: Ranking) -> str:
    score = row.scores[ranking.demands[0].number]
    return d.score_text_key(score.cvegeo, score.demand, score.revision)


def _evidence_key(row: d.PublishedEvidence) -> str:
    return d.evidence_text_key(row.cvegeo, row.demand, row.revision, row.position)


def _shown(row: d.PublishedEvidence, texts: dict[tuple[str, str], Text]) -> Evidence:
    title, url, file = (texts.get((_evidence_key(row), field), NO_TEXT) for field in ("title", "url", "file"))
    return Evidence(title, url, row.dated_on, file)
