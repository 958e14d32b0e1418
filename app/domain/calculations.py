"""How the figures of a scorecard come about, with the actual numbers, and how firm its places are."""

from dataclasses import dataclass

from app.domain.arithmetic import Difference
from app.domain.editions import Edition
from app.domain.publications import Entry, Standing
from app.domain.scorecard import AverageShown, Scorecard, ScoreShown
from app.domain.sensitivity import PlaceRange, Step


@dataclass(frozen=True)
class Neighbour:
    """A row next to this one in a ranking, the range of its place, and whether the two are clearly apart."""

    entry: Entry
    standing: Standing
    range: PlaceRange
    is_apart: bool


@dataclass(frozen=True)
class StepShown:
    """A demand, and what score would lift the municipality; None where not even 10 would."""

    shown: ScoreShown
    step: Step | None


@dataclass(frozen=True)
class AverageExplained:
    """One average of a scorecard: the arithmetic of its change, the range of its place, and what it would take.

    ``range`` is None where the municipality has no place. ``neighbours`` and ``steps`` are empty where nothing was
    asked: an edition with an overall ranking explains them there, and in no theme.
    """

    average: AverageShown
    change: Difference | None
    range: PlaceRange | None = None
    neighbours: tuple[Neighbour, ...] = ()
    steps: tuple[StepShown, ...] = ()

    @property
    def enough(self) -> tuple[StepShown, ...]:
        """The demands of which a better score alone would lift the municipality."""
        return tuple(row for row in self.steps if row.step)


@dataclass(frozen=True)
class Calculation:
    """A scorecard with the arithmetic of each of its averages, overall first."""

    card: Scorecard
    averages: tuple[AverageExplained, ...]

    @property
    def edition(self) -> Edition:
        """The edition as its publication states it."""
        return self.card.edition
