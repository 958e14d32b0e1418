"""Municipalities of the newest round side by side, in a fixed number of queries; and the page that chooses them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from app.domain import editions as e
from app.domain import publications as d
from app.domain.comparisons import (
    AverageCompared,
    Comparison,
    DemandCompared,
    Picker,
    RoundCompared,
    Suggestion,
    by_difference,
    compare_average,
    compare_demand,
    last_rounds,
    pick,
    suggestions,
)
from app.domain.peers import nearest_by_population
from app.domain.scorecard import RoundFrame
from app.domain.texts import Text
from app.models import sealed
from app.queries.chains import Chain, Link, get_chain, get_round_frame
from app.queries.publications import list_sealed, list_withdrawn, text_shown
from app.queries.rankings import list_rows, list_scores
from app.queries.rows import value_of
from app.queries.trends import get_history

SIMILAR = 2
"""How many municipalities of a like population are suggested for each one chosen."""


def find_picker(session: Session, slug: str, asked: Sequence[str]) -> Picker | None:
    """The choice a reader makes among the newest round's municipalities; None before a first round."""
    chain = get_chain(session, slug)
    link = _newest(chain)
    if link is None:
        return None
    frame = get_round_frame(session, chain, link)
    entries = _list_entries(session, link)
    found = pick(asked, [entry.slug for entry in entries])
    picker = Picker(frame, entries, found)
    return Picker(frame, entries, found, _suggestions(session, chain, link, frame, picker.chosen, entries))


def find_comparison(session: Session, slug: str, asked: Sequence[str]) -> Comparison | Picker | None:
    """The municipalities asked for side by side; the page to choose where the choice cannot be compared."""
    picker = find_picker(session, slug, asked)
    if picker is None or picker.pick.problem:
        return picker
    chain = get_chain(session, slug)
    link = _newest(chain)
    return None if link is None else _comparison(session, chain, link, picker)


def _newest(chain: Chain) -> Link | None:
    links = list(chain.in_force().values())
    return links[-1] if links else None


def _list_entries(session: Session, link: Link) -> tuple[d.Entry, ...]:
    """Everybody in a round, by name. One query."""
    table = sealed.SealedEntry
    rows = session.scalars(select(table).where(table.publication_id == link.id).order_by(table.sort_key, table.cvegeo))
    return tuple(value_of(d.Entry, row) for row in rows)


def _comparison(session: Session, chain: Chain, link: Link, picker: Picker) -> Comparison:
    frame, entries = picker.frame, picker.chosen
    averages = _averages(session, link, frame, entries)
    over = next((row.theme for row in averages if row.has_values), None)
    return Comparison(
        frame=frame,
        entries=entries,
        averages=averages,
        demands=by_difference(_demands(session, chain, link, frame, entries)),
        over=over,
        rounds=_rounds(session, chain, entries, e.theme_scope(over.key) if over else e.OVERALL),
        suggestions=picker.suggestions,
    )


def _averages(
    session: Session, link: Link, frame: RoundFrame, entries: Sequence[d.Entry]
) -> tuple[AverageCompared, ...]:
    """The overall average, where there is one, and each theme's. Two queries."""
    table = sealed.SealedStanding
    of_averages = or_(table.scope == str(e.OVERALL), table.scope.like("theme:%"))
    chosen = table.cvegeo.in_([entry.cvegeo for entry in entries])
    rows = {(str(row.scope), row.cvegeo): row for _, row in list_rows(session, link, of_averages & chosen)}
    counts = select(table.scope, func.count(table.place)).where(table.publication_id == link.id, of_averages)
    out_of = {scope: count for scope, count in session.execute(counts.group_by(table.scope))}  # noqa: C416 - typed rows
    themes: list[e.Theme | None] = [None] if frame.method.overall else []
    return tuple(
        compare_average(theme, [(entry, rows[scope, entry.cvegeo]) for entry in entries], out_of.get(scope, 0))
        for theme in [*themes, *frame.themes]
        for scope in [str(e.theme_scope(theme.key) if theme else e.OVERALL)]
    )


def _demands(
    session: Session, chain: Chain, link: Link, frame: RoundFrame, entries: Sequence[d.Entry]
) -> list[DemandCompared]:
    """Every demand with the scores and reasons of those entries. Three queries."""
    scores = list_scores(session, link, [entry.cvegeo for entry in entries], frame.demands)
    reasons = _list_reasons(session, chain, link, scores)
    return [
        compare_demand(
            demand,
            [(entry, scores[entry.cvegeo][demand.number]) for entry in entries],
            {cvegeo: text for (cvegeo, number), text in reasons.items() if number == demand.number},
        )
        for demand in frame.demands
    ]


def _list_reasons(
    session: Session, chain: Chain, link: Link, scores: Mapping[str, Mapping[int, d.PublishedScore]]
) -> dict[tuple[str, int], Text]:
    """What was written about those scores, by municipality and demand. Two queries."""
    keys = {
        d.score_text_key(score.cvegeo, score.demand, score.revision): (score.cvegeo, score.demand)
        for of_one in scores.values()
        for score in of_one.values()
    }
    withdrawn = list_withdrawn(session, chain.slug)
    table = sealed.SealedText
    rows = session.scalars(
        select(table).where(table.publication_id == link.id, table.key.in_(keys), table.field == "reason")
    )
    return {keys[row.key]: text_shown(value_of(d.SealedText, row), withdrawn) for row in rows}


def _rounds(session: Session, chain: Chain, entries: Sequence[d.Entry], scope: e.Scope) -> tuple[RoundCompared, ...]:
    """The last rounds of those municipalities in one scope. Four queries."""
    history = get_history(session, chain, [entry.cvegeo for entry in entries], [scope])
    barred = {(key, number) for (key, _, number), row in history.standings.items() if row.place is None}
    return last_rounds(
        [history.trend(entry.cvegeo, scope) for entry in entries],
        [{number for key, number in barred if key == entry.cvegeo} for entry in entries],
    )


def _suggestions(
    session: Session,
    chain: Chain,
    link: Link,
    frame: RoundFrame,
    chosen: Sequence[d.Entry],
    entries: Sequence[d.Entry],
) -> tuple[Suggestion, ...]:
    """The neighbours of those chosen in the ranking, and who has about as many inhabitants. Three queries."""
    by_key = {entry.cvegeo: entry for entry in entries}
    own = chain.find(0)
    places = list_sealed(session, e.Municipality, sealed.SealedMunicipality, own.id if own else 0)
    near = [place for entry in chosen for place in nearest_by_population(places, entry.cvegeo, SIMILAR)]
    return suggestions(
        chosen,
        [by_key[key] for key in _list_neighbours(session, link, frame, chosen)],
        [by_key[place.cvegeo] for place in near if place.cvegeo in by_key],
    )


def _list_neighbours(session: Session, link: Link, frame: RoundFrame, chosen: Sequence[d.Entry]) -> tuple[str, ...]:
    """Who stands just above and just below each one chosen, in the first ranking that has places. Two queries."""
    table = sealed.SealedStanding
    scopes = [*([e.OVERALL] if frame.method.overall else []), *(e.theme_scope(theme.key) for theme in frame.themes)]
    placed = table.place.is_not(None) & table.scope.in_([str(scope) for scope in scopes])
    own = select(table.scope, table.position).where(
        table.publication_id == link.id, placed, table.cvegeo.in_([entry.cvegeo for entry in chosen])
    )
    positions = session.execute(own.order_by(table.position)).all()
    scope = next((str(scope) for scope in scopes if any(row.scope == str(scope) for row in positions)), "")
    beside = [row.position + step for row in positions if row.scope == scope for step in (-1, 1)]
    query = select(table.cvegeo).where(
        table.publication_id == link.id, placed, table.scope == scope, table.position.in_(beside)
    )
    return tuple(session.scalars(query.order_by(table.position)))
