"""Who stands behind an edition, as its own publication and its newest round state it."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.backing import Backing, DeclaredConflict, Work
from app.domain.editions import Demand
from app.domain.organisations import Organisation
from app.domain.publications import Entry, PublishedScore
from app.language import sort_key
from app.models import sealed
from app.queries.chains import Link, get_chain
from app.queries.editions import front_of
from app.queries.publications import list_sealed
from app.queries.rows import rating_of, value_of


def find_backing(session: Session, slug: str) -> Backing | None:
    """The organisations of an edition, what each rated in the newest round and the conflicts declared there.

    None before the edition's first publication. At most eleven queries.
    """
    chain = get_chain(session, slug)
    link = chain.find(0)
    if link is None:
        return None
    front = front_of(session, chain, link)
    rows = list_sealed(session, Organisation, sealed.SealedOrganisation, link.id)
    organisations = tuple(sorted(rows, key=lambda row: (sort_key(row.name), row.key)))
    newest = next(reversed(chain.in_force().values()), None)
    if newest is None:
        return Backing(front, organisations)
    demands = {demand.number: demand for demand in front.content.demands}
    return Backing(front, organisations, _work(session, newest, demands), _conflicts(session, newest, demands))


def _work(session: Session, link: Link, demands: Mapping[int, Demand]) -> tuple[Work, ...]:
    """What each institution rated, by name. Absences are nobody's work. One query."""
    table = sealed.SealedScore
    query = (
        select(table.institution, table.demand, func.count())
        .where(table.publication_id == link.id, table.institution != "", table.value_tenths.is_not(None))
        .group_by(table.institution, table.demand)
        .order_by(table.institution, table.demand)
    )
    found: dict[str, Work] = {}
    for institution, demand, scores in session.execute(query):
        before = found.get(institution, Work(institution, (), 0))
        found[institution] = Work(institution, (*before.demands, demands[demand]), before.scores + scores)
    return tuple(sorted(found.values(), key=lambda row: (sort_key(row.institution), row.institution)))


def _conflicts(session: Session, link: Link, demands: Mapping[int, Demand]) -> tuple[DeclaredConflict, ...]:
    """The scores with a declared conflict, by municipality and demand. One query."""
    score, entry = sealed.SealedScore, sealed.SealedEntry
    query = (
        select(score, entry)
        .join(entry, (entry.publication_id == score.publication_id) & (entry.cvegeo == score.cvegeo))
        .where(score.publication_id == link.id, score.conflict != "")
        .order_by(entry.sort_key, entry.cvegeo, score.demand)
    )
    return tuple(
        DeclaredConflict(
            value_of(Entry, place), demands[row.demand], value_of(PublishedScore, row, rating=rating_of(row))
        )
        for row, place in session.execute(query)
    )
