"""Who rose and who fell the most between two rounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.domain.rankings import ChangeRow

SHOWN = 3
"""How many rises, and how many falls, are worth naming."""
MOST_SHOWN = 6
"""Where a tie at the end is cut, so that a front page stays short."""


@dataclass(frozen=True)
class Moved:
    """The largest changes in one direction, the largest first; ``more`` share the last change and are not named."""

    rows: tuple[ChangeRow, ...] = ()
    more: int = 0


@dataclass(frozen=True)
class Moves:
    """The largest rises and the largest falls since the round before."""

    rises: Moved = Moved()
    falls: Moved = Moved()

    def __bool__(self) -> bool:
        """Whether anybody moved."""
        return bool(self.rises.rows or self.falls.rows)


def largest_moves(rows: Iterable[ChangeRow]) -> Moves:
    """The head and the tail of rows ranked by change, ties whole; who did not move is in neither."""
    ties = [tuple(tie) for _, tie in groupby(rows, key=_change)]
    rises = [tie for tie in ties if _change(tie[0]) > 0]
    falls = [tie for tie in reversed(ties) if _change(tie[0]) < 0]
    return Moves(_moved(rises), _moved(falls))


def _moved(ties: Sequence[tuple[ChangeRow, ...]]) -> Moved:
    rows: tuple[ChangeRow, ...] = ()
    for tie in ties:
        if len(rows) >= SHOWN:
            break
        rows += tie
    return Moved(rows[:MOST_SHOWN], max(0, len(rows) - MOST_SHOWN))


def _change(row: ChangeRow) -> int:
    return row.standing.change_tenths or 0
