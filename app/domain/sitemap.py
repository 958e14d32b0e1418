"""What of an edition has an address: the map that search engines are given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class SealedOn:
    """A publication by its numbers in the address (round 0: the edition's own), and when it was sealed."""

    round_number: int
    number: int
    sealed_at_utc: datetime


@dataclass(frozen=True)
class EditionMap:
    """An edition's publications in the order of the chain, and what has a page of its own.

    ``themes`` and ``demands`` are by round, as its publication in force states them; 0 holds the edition's own.
    """

    slug: str
    is_demonstration: bool
    publications: tuple[SealedOn, ...]
    themes: Mapping[int, tuple[str, ...]]
    demands: Mapping[int, tuple[int, ...]]
    municipalities: tuple[str, ...]

    @property
    def rounds(self) -> tuple[int, ...]:
        """The numbers of the published rounds, in order."""
        return tuple(sorted({row.round_number for row in self.publications if row.round_number}))

    def changed_on(self, round_number: int | None = None) -> date:
        """The day (UTC) of the newest publication: of all, or of one round."""
        moments = [row.sealed_at_utc for row in self.publications if round_number in {None, row.round_number}]
        return max(moments).date()
