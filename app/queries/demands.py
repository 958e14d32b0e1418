"""A demand of an edition: its wording, its newest ranking, and how each municipality moved on it."""

from sqlalchemy.orm import Session

from app.domain.editions import demand_scope
from app.domain.fronts import DemandFront
from app.queries.chains import get_chain, get_round_frame
from app.queries.editions import front_of
from app.queries.rankings import ranking_of
from app.queries.trends import get_history


def find_demand(session: Session, slug: str, number: int) -> DemandFront | None:
    """A demand with its newest ranking and the trend of each row of that; None where the edition has no such demand."""
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
    keys = [row.entry.cvegeo for row in ranking.rows] if ranking else []
    history = get_history(session, chain, keys, [scope])
    return DemandFront(front, demand, theme, ranking, {key: history.trend(key, scope) for key in keys})
