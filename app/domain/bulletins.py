"""A round as a bulletin: the document that goes to print and to newsrooms."""

from dataclasses import dataclass

from app.domain.editions import Edition
from app.domain.rankings import Ranking
from app.domain.scorecard import DistinctionShown, RoundFrame, Scorecard

MOST_CARDS = 60
"""Up to how many municipalities each has a page of its own; above that the bulletin says where they are."""


@dataclass(frozen=True)
class Bulletin:
    """A publication of a round: its rankings (overall where there is one, then themes), and a card per municipality.

    ``cards`` stand by name, without their tenures, and are empty where there are more than MOST_CARDS;
    ``municipalities`` counts all.
    """

    frame: RoundFrame
    rankings: tuple[Ranking, ...]
    cards: tuple[Scorecard, ...]
    distinctions: tuple[DistinctionShown, ...]
    municipalities: int
    published_demands: int

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.frame.edition
