"""The weighted mean of ratings with its coverage, and the one rounding. The mean of nothing is nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.scores import Absence, Rating, Score


def round_to_tenths(exact: Fraction) -> int:
    """Round points to whole tenths, half away from zero (SCORING §2). Done once, on the exact value."""
    tenfold = exact * 10
    magnitude = (abs(tenfold.numerator) * 2 + tenfold.denominator) // (tenfold.denominator * 2)
    return magnitude if tenfold >= 0 else -magnitude


@dataclass(frozen=True)
class Average:
    """A weighted mean in points with the counts and weights behind it.

    ``exact`` is None where nothing was rated. ``rated`` and ``applicable`` count demands; the ``_weight`` fields add up
    their weights. ``refused`` counts demands whose information the municipality withheld. ``absences`` names the kinds
    of absence met, so that a caller can say why there is no figure.
    """

    exact: Fraction | None
    rated: int
    applicable: int
    refused: int
    rated_weight: int
    applicable_weight: int
    absences: frozenset[Absence]

    @property
    def tenths(self) -> int | None:
        """The displayed value in whole tenths, or None where there is none."""
        return None if self.exact is None else round_to_tenths(self.exact)

    @property
    def coverage(self) -> Fraction | None:
        """Weight rated over weight applicable, between 0 and 1; None where nothing is applicable."""
        return Fraction(self.rated_weight, self.applicable_weight) if self.applicable_weight else None


def average(cells: Iterable[tuple[Rating, int]], refused_counts_as: Score | None = None) -> Average:
    """Average (rating, weight) pairs by SCORING §2: sum(weight x score) / sum(weight) over the rated cells.

    Not applicable leaves both the mean and the coverage; every other absence stays in the coverage's denominator.
    With ``refused_counts_as`` a refusal enters mean and coverage at that value; it is counted as refused, not as rated.
    """
    given = tuple(cells)
    pairs = [(counted(rating, refused_counts_as), weight) for rating, weight in given]
    absences = [rating for rating, _ in pairs if isinstance(rating, Absence)]
    scored = [(rating, weight) for rating, weight in pairs if isinstance(rating, Score)]
    applicable = [weight for rating, weight in pairs if rating is not Absence.NOT_APPLICABLE]
    rated_weight = sum(weight for _, weight in scored)
    return Average(
        exact=_mean(scored, rated_weight),
        rated=sum(isinstance(rating, Score) for rating, _ in given),
        applicable=len(applicable),
        refused=sum(rating is Absence.REFUSED for rating, _ in given),
        rated_weight=rated_weight,
        applicable_weight=sum(applicable),
        absences=frozenset(absences),
    )


def counted(rating: Rating, refused_counts_as: Score | None) -> Rating:
    """The rating as the mean sees it: a refusal at the value that the method sets for it, if it sets one."""
    return refused_counts_as if rating is Absence.REFUSED and refused_counts_as is not None else rating


def _mean(scored: Sequence[tuple[Score, int]], rated_weight: int) -> Fraction | None:
    if not rated_weight:
        return None
    return Fraction(sum(score.tenths * weight for score, weight in scored), 10 * rated_weight)
