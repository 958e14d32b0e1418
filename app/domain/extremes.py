"""The best and the worst of a scorecard, for where there is room for a few."""

from collections.abc import Sequence

from app.domain.scorecard import ScoreShown
from app.domain.scores import Score


def few_best_and_worst(
    scores: Sequence[ScoreShown], count: int
) -> tuple[tuple[ScoreShown, ...], tuple[ScoreShown, ...]]:
    """Up to ``count`` demands with the highest scores and as many with the lowest, each from its end inwards.

    Never more than half of the rated ones, and never one value on both sides: what would be on both is left out, but
    for the very highest and the very lowest. Equal scores stand in demand order. Both empty with one value.
    """
    rated = [(shown.score.rating.tenths, shown) for shown in scores if isinstance(shown.score.rating, Score)]
    side = min(count, len(rated) // 2)
    top, bottom = (pick((tenths for tenths, _ in rated), default=0) for pick in (max, min))
    if top == bottom:
        return (), ()
    highest = sorted(rated, key=lambda pair: (-pair[0], pair[1].demand.number))[:side]
    lowest = sorted(rated, key=lambda pair: (pair[0], pair[1].demand.number))[:side]
    floor, ceiling = highest[-1][0], lowest[-1][0]
    best = tuple(shown for tenths, shown in highest if tenths > ceiling or tenths == top)
    worst = tuple(shown for tenths, shown in lowest if tenths < floor or tenths == bottom)
    return best, worst
