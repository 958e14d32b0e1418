"""The arithmetic behind one average, number by number, as "how this is computed" spells it out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.domain.averages import average, counted, round_to_tenths
from app.domain.scores import Absence, Rating, Ratings, Score


@dataclass(frozen=True)
class Term:
    """One score that enters the mean, with its weight; ``refused`` where the method counts a refusal at that value."""

    demand: int
    weight: int
    score: Score
    refused: bool


@dataclass(frozen=True)
class Sum:
    """``(weight x score + ...) / divisor = exact``, displayed as ``tenths``. Left out: what has no score."""

    terms: tuple[Term, ...]
    divisor: int
    exact: Fraction
    tenths: int

    @property
    def is_weighted(self) -> bool:
        """Whether the weights differ from 1 anywhere."""
        return any(term.weight != 1 for term in self.terms)

    @property
    def is_rounded(self) -> bool:
        """Whether the displayed value differs from the exact one."""
        return self.exact != Fraction(self.tenths, 10)


def sum_of(cells: Iterable[tuple[int, Rating, int]], refused_counts_as: Score | None) -> Sum | None:
    """The arithmetic of (demand, rating, weight) cells by SCORING §2, or None where nothing is rated."""
    given = tuple(cells)
    mean = average(((rating, weight) for _, rating, weight in given), refused_counts_as)
    if mean.exact is None or mean.tenths is None:
        return None
    seen = ((number, counted(rating, refused_counts_as), rating, weight) for number, rating, weight in given)
    terms = tuple(
        Term(number, weight, score, refused=rating is Absence.REFUSED)
        for number, score, rating, weight in seen
        if isinstance(score, Score)
    )
    return Sum(terms, mean.rated_weight, mean.exact, mean.tenths)


@dataclass(frozen=True)
class Difference:
    """The arithmetic of a change: the means of now and before over the demands scored in both, and their difference."""

    now: Sum
    before: Sum

    @property
    def exact(self) -> Fraction:
        """The change in points, exactly."""
        return self.now.exact - self.before.exact

    @property
    def tenths(self) -> int:
        """The displayed change, rounded once."""
        return round_to_tenths(self.exact)

    @property
    def is_rounded(self) -> bool:
        """Whether the displayed change differs from the exact one."""
        return self.exact != Fraction(self.tenths, 10)


def difference_of(now: Ratings, before: Ratings, weights: Mapping[int, int]) -> Difference | None:
    """The arithmetic of a change by SCORING §4; None with nothing in common."""
    common = [n for n in weights if isinstance(now.get(n), Score) and isinstance(before.get(n), Score)]
    sums = tuple(sum_of(((n, ratings[n], weights[n]) for n in common), None) for ratings in (now, before))
    return Difference(sums[0], sums[1]) if sums[0] and sums[1] else None
