"""How the placed rows of a ranking are spread: the median, and how many others stand above and below one of them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from app.domain.averages import round_to_tenths
from app.domain.publications import Standing


@dataclass(frozen=True)
class Median:
    """The displayed value in the middle; of an even number of rows, the mean of the two in the middle, rounded once.

    ``middle`` holds that one value or those two, the higher first; ``tenths`` is the median as displayed.
    """

    middle: tuple[int, ...]
    exact: Fraction
    tenths: int


@dataclass(frozen=True)
class Peers:
    """How many of the other placed rows show a higher, the same and a lower value."""

    above: int
    equal: int
    below: int

    @property
    def others(self) -> int:
        """How many other rows are placed."""
        return self.above + self.equal + self.below


@dataclass(frozen=True)
class Spread:
    """How many placed rows show each value, in tenths. Who has no place is in no count."""

    counts: Mapping[int, int]

    @classmethod
    def of(cls, values: Iterable[int]) -> "Spread":
        """Count displayed values, in tenths."""
        return cls(Counter(values))

    @property
    def rows(self) -> int:
        """How many rows are placed."""
        return sum(self.counts.values())

    @property
    def values(self) -> tuple[int, ...]:
        """The displayed values, highest first, each as often as it is shown."""
        return tuple(tenths for tenths in sorted(self.counts, reverse=True) for _ in range(self.counts[tenths]))

    @property
    def places(self) -> dict[int, int]:
        """The place of each value: one more than the rows above it, so that equal values share it (SCORING §3)."""
        heights = sorted(self.counts, reverse=True)
        return dict(zip(heights, accumulate((self.counts[h] for h in heights), initial=1), strict=False))

    @property
    def median(self) -> Median | None:
        """The median of the displayed values; None where nothing is placed."""
        values = self.values
        if not values:
            return None
        middle = values[(len(values) - 1) // 2 : len(values) // 2 + 1]
        exact = Fraction(sum(middle), 10 * len(middle))
        return Median(middle, exact, round_to_tenths(exact))

    def peers_of(self, tenths: int) -> Peers:
        """The other rows around one that shows this value and is itself among the counted."""
        above = sum(count for value, count in self.counts.items() if value > tenths)
        equal = self.counts.get(tenths, 0) - 1
        return Peers(above, equal, self.rows - above - equal - 1)

    def place_beside(self, tenths: int) -> tuple[int, bool]:
        """The place that a further row would take with this value, and whether it would share it."""
        above = sum(count for value, count in self.counts.items() if value > tenths)
        return above + 1, self.counts.get(tenths, 0) > 0


NO_ROWS = Spread({})


class AmongOthers:
    """What a figure of one municipality is among the placed rows of its ranking."""

    standing: Standing
    spread: Spread

    @property
    def peers(self) -> Peers | None:
        """How many others stand above and below; None without a place, or where the spread was not asked for."""
        placed = self.standing.place is not None and self.standing.tenths in self.spread.counts
        return self.spread.peers_of(self.standing.tenths) if placed and self.standing.tenths is not None else None

    @property
    def from_median(self) -> int | None:
        """Tenths above (below, if negative) the median, both as displayed; None without a place.

        An average that leaves something withheld out has no place, and is not praised for what it leaves out.
        """
        median, tenths = self.spread.median, self.standing.tenths
        return None if self.standing.place is None or median is None or tenths is None else tenths - median.tenths

    @property
    def behind_first(self) -> int | None:
        """Tenths below the highest displayed value; None without a place."""
        placed = self.standing.place is not None and self.spread.counts
        tenths = self.standing.tenths
        return max(self.spread.counts) - tenths if placed and tenths is not None else None
