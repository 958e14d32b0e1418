"""The rounds of a municipality by the mayor who answered for them. One mayor is never compared with another."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.editions import Period
from app.domain.publications import Entry, Standing


@dataclass(frozen=True)
class AverageThen:
    """A municipality's row of one ranking as its round was published; ``out_of`` counts who had a place."""

    standing: Standing
    out_of: int


@dataclass(frozen=True)
class RoundThen:
    """One published round of a municipality: its publication in force, who answered for it, and its averages.

    ``averages`` holds the overall one, or one per theme where the method has no overall.
    """

    period: Period
    number: int
    entry: Entry
    averages: tuple[AverageThen, ...]


@dataclass(frozen=True)
class Tenure:
    """A mayor with the rounds that they answered for, newest first."""

    rounds: tuple[RoundThen, ...]

    @property
    def entry(self) -> Entry:
        """The mayor as the last of those rounds names them."""
        return self.rounds[0].entry

    @property
    def last(self) -> RoundThen:
        """The last of those rounds."""
        return self.rounds[0]

    @property
    def first(self) -> RoundThen:
        """The first of those rounds."""
        return self.rounds[-1]


def tenures(rounds: Iterable[RoundThen]) -> tuple[Tenure, ...]:
    """The rounds by mandate; the newest mandate first, and in each the newest round first."""
    by_mandate: dict[date, list[RoundThen]] = {}
    for row in sorted(rounds, key=lambda row: -row.period.number):
        by_mandate.setdefault(row.entry.mandate_starts_on, []).append(row)
    return tuple(Tenure(tuple(rows)) for rows in by_mandate.values())
