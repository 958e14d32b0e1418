"""A round as its charts show it: every average's ranking, the whole matrix, the round before, how firm places are."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.editions import Edition, Scope
from app.domain.rankings import Matrix, Ranking
from app.domain.scorecard import RoundFrame
from app.domain.sensitivity import PlaceRange

MOST_FOR_RANGES = 300
"""Up to how many municipalities the ranges of all places are computed at once: they take every rating of the round."""


def are_few_enough_for_ranges(municipalities: int) -> bool:
    """Whether the ranges of all places of so many municipalities are computed at once."""
    return municipalities <= MOST_FOR_RANGES


@dataclass(frozen=True)
class RoundInCharts:
    """One round: ``rankings`` overall and by theme, ``before`` the same of the round it was compared with.

    ``ranges`` are by scope and municipality, for the overall ranking or, where there is none, for each theme; they are
    empty where the round has too many municipalities.
    """

    frame: RoundFrame
    rankings: tuple[Ranking, ...]
    matrix: Matrix
    before: Mapping[Scope, Ranking]
    ranges: Mapping[Scope, Mapping[str, PlaceRange]]

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition

    @property
    def municipalities(self) -> int:
        """How many the round has, drawn or not."""
        return self.matrix.part.rows

    @property
    def most_for_ranges(self) -> int:
        """Up to how many municipalities ranges are computed."""
        return MOST_FOR_RANGES

    @property
    def is_beyond_ranges(self) -> bool:
        """Whether it has places, and more municipalities than ranges are computed for at once: a page must say so."""
        return not are_few_enough_for_ranges(self.municipalities) and any(row.placed for row in self.headlines)

    @property
    def headlines(self) -> tuple[Ranking, ...]:
        """The overall ranking, or every theme's where the method has none."""
        overall = tuple(ranking for ranking in self.rankings if ranking.theme is None)
        return overall or self.rankings
