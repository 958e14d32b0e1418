"""The arithmetic of a scorecard and how firm its places are, read from the sealed scores of its round."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.arithmetic import Difference, difference_of
from app.domain.calculations import AverageExplained, Calculation, Neighbour, StepShown
from app.domain.scorecard import AverageShown, Scorecard
from app.domain.scores import Rating, Ratings
from app.domain.sensitivity import PlaceRange, Table, are_clearly_apart, place_ranges, steps_up
from app.models import sealed
from app.queries.chains import Chain, Link
from app.queries.rankings import list_rows, list_scores
from app.queries.rows import rating_of
from app.queries.scorecards import find_newest_scorecard, find_sealed_scorecard


def find_calculation(session: Session, slug: str, municipality: str) -> Calculation | None:
    """The calculation of the newest scorecard; None where there is none."""
    found = find_newest_scorecard(session, slug, municipality)
    return None if found is None else _calculation(session, *found)


def find_pinned_calculation(
    session: Session, slug: str, round_number: int, number: int, municipality: str
) -> Calculation | None:
    """The calculation of a scorecard as a given publication sealed it; None where there is none."""
    found = find_sealed_scorecard(session, slug, round_number, number, municipality)
    return None if found is None else _calculation(session, *found)


@dataclass(frozen=True)
class _Sealed:
    """What the publication seals of everybody, and what the one compared with sealed of this municipality."""

    ratings: Mapping[str, Ratings]
    before: Ratings


def _calculation(session: Session, chain: Chain, link: Link, card: Scorecard) -> Calculation:
    rows = _Sealed(_ratings(session, link), _before(session, chain, card))
    asked = [card.overall] if card.overall else [row for row in card.averages if len(row.scores) > 1]
    firm = {row.scope: _firmness(session, link, card, row, rows) for row in asked if row.standing.tenths is not None}
    shown = (*((card.overall,) if card.overall else ()), *card.averages)
    return Calculation(
        card, tuple(firm.get(row.scope) or AverageExplained(row, _change(card, row, rows)) for row in shown if row.sum)
    )


def _change(card: Scorecard, row: AverageShown, rows: _Sealed) -> Difference | None:
    if row.standing.change_tenths is None:
        return None
    weights = {shown.demand.number: shown.demand.weight for shown in row.scores}
    return difference_of(rows.ratings[card.entry.cvegeo], rows.before, weights)


def _firmness(session: Session, link: Link, card: Scorecard, row: AverageShown, rows: _Sealed) -> AverageExplained:
    table = Table(
        rows=rows.ratings,
        sort_keys=dict.fromkeys(rows.ratings, ""),
        weights={shown.demand.number: shown.demand.weight for shown in row.scores},
        minimum_coverage=card.frame.method.minimum_coverage(row.scope),
        refused_counts_as=card.frame.method.refused_counts_as,
    )
    ranges, steps = place_ranges(table), steps_up(table, card.entry.cvegeo)
    return AverageExplained(
        row,
        _change(card, row, rows),
        ranges.get(card.entry.cvegeo),
        _neighbours(session, link, row, ranges),
        tuple(StepShown(shown, steps[number]) for shown in row.scores if (number := shown.demand.number) in steps),
    )


def _neighbours(
    session: Session, link: Link, row: AverageShown, ranges: Mapping[str, PlaceRange]
) -> tuple[Neighbour, ...]:
    """The placed rows just before and after this one, in their sealed order. One query."""
    own, table = row.standing, sealed.SealedStanding
    if own.cvegeo not in ranges:
        return ()
    beside = (table.scope == str(row.scope)) & table.position.in_([own.position - 1, own.position + 1])
    pairs = list_rows(session, link, beside & table.place.is_not(None))
    return tuple(
        Neighbour(entry, standing, ranges[entry.cvegeo], are_clearly_apart(ranges[own.cvegeo], ranges[entry.cvegeo]))
        for entry, standing in pairs
    )


def _ratings(session: Session, link: Link) -> dict[str, Ratings]:
    """Every rating of a publication, by municipality and demand. One query."""
    table = sealed.SealedScore
    columns = select(table.cvegeo, table.demand, table.absence, table.value_tenths)
    found: dict[str, dict[int, Rating]] = {}
    for row in session.execute(columns.where(table.publication_id == link.id)):
        found.setdefault(row.cvegeo, {})[row.demand] = rating_of(row)
    return dict[str, Ratings](found)


def _before(session: Session, chain: Chain, card: Scorecard) -> Ratings:
    """The ratings of the same municipality in the publication that its changes are computed against. One query."""
    compared = card.frame.compared_with
    link = chain.find(compared.round_number, compared.number) if compared else None
    if link is None:
        return {}
    key = card.entry.cvegeo
    scores = list_scores(session, link, [key], card.frame.demands).get(key, {})
    return {number: score.rating for number, score in scores.items()}
