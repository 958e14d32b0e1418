"""A round as its charts show it: every average's ranking, the whole matrix, the round before, how firm places are."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.editions import Edition, Scope
from app.domain.rankings import Matrix, Ranking
from app.domain.scorecard import RoundFrame
from app.domain.sensitivity import PlaceRange


@dataclass(frozen=True)
class RoundInCharts:
    """One round: ``rankings`` overall and by theme, ``before`` the same of the round it was compared with.

    ``ranges`` are by scope and municipality, for the overall ranking or, where there is none, for each theme.
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
    def headlines(self) -> tuple[Ranking, ...]:
        """The overall ranking, or every theme's where the method has none."""
        overall = tuple(ranking for ranking in self.rankings if ranking.theme is None)
        return overall or self.rankings
