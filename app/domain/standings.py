"""The standings of a round: every ranking row, computed from what the publication seals."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from app.domain.averages import average
from app.domain.editions import Scope
from app.domain.errors import BadScore
from app.domain.publications import Entry, PublishedFigure, RoundContent, Standing
from app.domain.ranking import Candidate, Place, RankedRows, Unplaced, bar_to_a_place, rank
from app.domain.scores import Absence, Rating, Ratings, Score
from app.domain.trends import change


def standings(content: RoundContent, previous: RoundContent | None) -> tuple[Standing, ...]:
    """Every ranking row of a round: per scope, in the order in which pages show them.

    ``previous`` is the publication in force of the round published before, or None for the first.
    """
    before = _Before(previous)
    return tuple(row for scope in content.scopes() for row in _standings_of(content, scope, before))


@dataclass(frozen=True)
class _Before:
    """The previous round, as a comparison needs it: its ratings per mandate, its places per scope."""

    content: RoundContent | None
    mandates: Mapping[str, date] = field(init=False)

    def __post_init__(self) -> None:
        entries = self.content.entries if self.content else ()
        object.__setattr__(self, "mandates", {entry.cvegeo: entry.mandate_starts_on for entry in entries})

    def ratings_of(self, entry: Entry) -> Ratings | None:
        """The ratings of the same mandate in the previous round, or None."""
        if self.content is None or self.mandates.get(entry.cvegeo) != entry.mandate_starts_on:
            return None
        return self.content.ratings[entry.cvegeo]

    def places(self, scope: Scope) -> dict[str, int]:
        """The previous places in that scope, by municipality."""
        if self.content is None or scope not in self.content.scopes():
            return {}
        placed = ranked_rows(self.content, scope).placed
        return {row.key: row.place.number for row in placed if row.place is not None}


def ranked_rows(content: RoundContent, scope: Scope) -> RankedRows:
    """Rank the municipalities of a round in one scope."""
    weights = content.weights(scope)
    return rank(_candidate(content, entry, scope, weights) for entry in content.entries)


def _cells(content: RoundContent, entry: Entry, weights: Mapping[int, int]) -> Iterator[tuple[Rating, int]]:
    ratings = content.ratings[entry.cvegeo]
    return ((ratings.get(number, Absence.NOT_RATED), weight) for number, weight in weights.items())


def _candidate(content: RoundContent, entry: Entry, scope: Scope, weights: Mapping[int, int]) -> Candidate:
    method = content.method
    mean = average(_cells(content, entry, weights), method.refused_counts_as)
    refusals_count = method.refused_counts_as is not None
    bar = bar_to_a_place(mean, method.minimum_coverage(scope), refusals_count=refusals_count)
    return Candidate(entry.cvegeo, entry.sort_key, mean.exact, bar)


def _standings_of(content: RoundContent, scope: Scope, before: _Before) -> Iterator[Standing]:
    weights = content.weights(scope)
    entries = {entry.cvegeo: entry for entry in content.entries}
    previous_places = before.places(scope)
    ranked = ranked_rows(content, scope)
    for position, row in enumerate((*ranked.placed, *ranked.refused, *ranked.unplaced), start=1):
        entry = entries[row.key]
        mean = average(_cells(content, entry, weights), content.method.refused_counts_as)
        earlier = before.ratings_of(entry)
        moved = None if earlier is None else change(content.ratings[entry.cvegeo], earlier, weights)
        previous_place = None if earlier is None else previous_places.get(row.key)
        yield Standing(
            scope=scope,
            cvegeo=row.key,
            position=position,
            rated=mean.rated,
            applicable=mean.applicable,
            refused=mean.refused,
            rated_weight=mean.rated_weight,
            applicable_weight=mean.applicable_weight,
            exact=mean.exact,
            tenths=row.tenths,
            place=row.place.number if row.place else None,
            shared=row.place.shared if row.place else False,
            unplaced=row.unplaced,
            change_tenths=moved.tenths if moved else None,
            change_common=moved.common if moved else None,
            change_common_weight=moved.common_weight if moved else None,
            previous_place=previous_place,
            previous_out_of=None if previous_place is None else len(previous_places),
            previous_refused=None if earlier is None else _refused(earlier, weights),
        )


def _refused(ratings: Ratings, weights: Mapping[int, int]) -> int:
    return sum(ratings.get(number) is Absence.REFUSED for number in weights)


def rank_by_change(rows: Iterable[Standing], sort_keys: Mapping[str, str], minimum_coverage: Fraction) -> RankedRows:
    """Rank the rows of one scope by their displayed change, the largest rise first.

    A change is placed only where the demands in common reach the method's minimum coverage (SCORING §4), and never
    where a demand is refused now or was in the round before: withholding what fell, or what was high, would lift the
    change (SCORING §2).
    """
    return rank(_change_candidate(row, sort_keys[row.cvegeo], minimum_coverage) for row in rows)


def is_change_told(row: Standing) -> bool:
    """Whether a row's change may be told by itself: there is one, and no refusal now or before that would lift it."""
    return row.change_tenths is not None and not row.refused and not row.previous_refused


def _change_candidate(row: Standing, sort_key: str, minimum_coverage: Fraction) -> Candidate:
    exact = None if row.change_tenths is None else Fraction(row.change_tenths, 10)
    return Candidate(row.cvegeo, sort_key, exact, _bar_to_a_change(row, minimum_coverage))


def _bar_to_a_change(row: Standing, minimum_coverage: Fraction) -> Unplaced | None:
    if row.refused or row.previous_refused:
        return Unplaced.REFUSED
    if row.change_common_weight is None:
        return Unplaced.NO_COMPARISON
    enough = Fraction(row.change_common_weight, row.applicable_weight) >= minimum_coverage
    return None if enough else Unplaced.LOW_COVERAGE


def places_as_printed(figures: Iterable[PublishedFigure], sort_keys: Mapping[str, str]) -> dict[str, Place]:
    """The place that each municipality would have by the figures as their source printed them, by the same rule.

    ``sort_keys`` names who takes part. A figure that is no number on the scale gives no place.
    """
    candidates = (_printed_candidate(figure, sort_keys) for figure in figures if figure.cvegeo in sort_keys)
    return {row.key: row.place for row in rank(candidates).placed if row.place is not None}


def _printed_candidate(figure: PublishedFigure, sort_keys: Mapping[str, str]) -> Candidate:
    try:
        exact = Score.from_text(figure.printed).exact
    except BadScore:
        return Candidate(figure.cvegeo, sort_keys[figure.cvegeo], None, Unplaced.NOT_RATED)
    return Candidate(figure.cvegeo, sort_keys[figure.cvegeo], exact)
