"""The trend of municipalities over all published rounds, with real gaps, in a fixed number of queries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.domain import publications as d
from app.domain.ranking import Unplaced
from app.domain.trends import Trend, TrendPoint, trend
from app.models import sealed
from app.queries.chains import Chain, Link
from app.queries.rows import value_of


@dataclass(frozen=True)
class History:
    """What the publications in force say of some municipalities: calendar, mandates, entries, standings.

    ``entries`` are by (municipality, round); ``standings`` by (municipality, scope, round).
    """

    periods: tuple[e.Period, ...]
    mandates: tuple[e.Mandate, ...]
    entries: Mapping[tuple[str, int], d.Entry]
    standings: Mapping[tuple[str, e.Scope, int], d.Standing]

    def trend(self, cvegeo: str, scope: e.Scope) -> Trend:
        """One point per round up to the newest published one; a round without a value is a gap with its cause."""
        return trend(self._points(cvegeo, scope))

    def mayors(self, cvegeo: str) -> tuple[d.Entry, ...]:
        """The municipality's entries of its published rounds, the first of each mandate, oldest first."""
        rows = [entry for (key, _), entry in self.entries.items() if key == cvegeo]
        return tuple({entry.mandate_starts_on: entry for entry in reversed(rows)}.values())[::-1]

    def _points(self, cvegeo: str, scope: e.Scope) -> Iterator[TrendPoint]:
        mandate = ""
        for period in self.periods:
            entry = self.entries.get((cvegeo, period.number))
            standing = self.standings.get((cvegeo, scope, period.number))
            mandate = entry.mandate_starts_on.isoformat() if entry else self._mandate(cvegeo, period) or mandate
            tenths = standing.tenths if standing else None
            cause = _cause(standing) if tenths is None or standing is None else standing.unplaced
            yield TrendPoint(period.number, period.starts_on, period.ends_on, tenths, cause, mandate)

    def _mandate(self, cvegeo: str, period: e.Period) -> str:
        """Who was in office on the last day of a round that says nothing of the municipality."""
        found = (m for m in self.mandates if m.cvegeo == cvegeo and m.covers(period.ends_on))
        return next((mandate.starts_on.isoformat() for mandate in found), "")


def _cause(standing: d.Standing | None) -> Unplaced:
    """Why there is no value: no publication says anything, or the row itself says why."""
    return Unplaced.UNPUBLISHED if standing is None or standing.unplaced is None else standing.unplaced


def get_history(
    session: Session, chain: Chain, keys: Sequence[str], scopes: Sequence[e.Scope], until: Link | None = None
) -> History:
    """The history of some municipalities in some scopes. ``until`` looks back from that publication. Four queries."""
    rounds = {link.id: number for number, link in chain.in_force(until).items()}
    entry, standing = sealed.SealedEntry, sealed.SealedStanding
    entries = session.scalars(select(entry).where(entry.publication_id.in_(rounds), entry.cvegeo.in_(keys)))
    standings = session.scalars(
        select(standing).where(
            standing.publication_id.in_(rounds),
            standing.cvegeo.in_(keys),
            standing.scope.in_([str(scope) for scope in scopes]),
        )
    )
    by_round = sorted(entries, key=lambda row: rounds[row.publication_id])
    return History(
        periods=_periods(session, chain, rounds),
        mandates=_mandates(session, chain, keys),
        entries={(row.cvegeo, rounds[row.publication_id]): value_of(d.Entry, row) for row in by_round},
        standings={
            (row.cvegeo, e.Scope.from_text(row.scope), rounds[row.publication_id]): value_of(d.Standing, row)
            for row in standings
        },
    )


def _periods(session: Session, chain: Chain, rounds: Mapping[int, int]) -> tuple[e.Period, ...]:
    """The calendar up to the newest published round; a published round at the dates that it sealed."""
    own = chain.find(0)
    calendar = own.id if own else 0
    table = sealed.SealedPeriod
    rows = session.scalars(select(table).where(table.publication_id.in_([calendar, *rounds])))
    newest = max(rounds.values(), default=0)
    in_order = sorted(rows, key=lambda row: (row.number, row.publication_id != calendar))
    periods = {row.number: value_of(e.Period, row) for row in in_order if row.number <= newest}
    return tuple(periods.values())


def _mandates(session: Session, chain: Chain, keys: Sequence[str]) -> tuple[e.Mandate, ...]:
    own = chain.find(0)
    table = sealed.SealedMandate
    query = select(table).where(table.publication_id == (own.id if own else 0), table.cvegeo.in_(keys))
    return tuple(value_of(e.Mandate, row) for row in session.scalars(query.order_by(table.cvegeo, table.starts_on)))


def find_next_period(session: Session, chain: Chain, after: int) -> e.Period | None:
    """The first period of the edition's calendar past that round; None where there is none. One query."""
    own = chain.find(0)
    table = sealed.SealedPeriod
    query = select(table).where(table.publication_id == (own.id if own else 0), table.number > after)
    row = session.scalar(query.order_by(table.number).limit(1))
    return None if row is None else value_of(e.Period, row)
