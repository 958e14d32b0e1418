"""What a round gives cause to praise or to reproach, by rule. People decide, write and sign.

A suggestion names its reason with its numbers; it never says more than the sealed rules do. A change beside a withheld
demand is no merit: withholding what fell would pay.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.editions import Scope, ScopeKind
from app.domain.gates import RoundToSeal
from app.domain.publications import DistinctionKind, Entry, Standing
from app.domain.ranking import Ranked
from app.domain.replies import AnswerStatus
from app.domain.scores import HIGHEST_TENTHS, Absence, Score
from app.domain.standings import rank_by_change

SHORTEST_FALL = 2
"""From so many falls in a row on, a fall is long."""


class MeritKind(StrEnum):
    """Why somebody is suggested."""

    LARGEST_RISE = "largest-rise"
    FIRST_TEN = "first-ten"
    LONGEST_FALL = "longest-fall"
    NO_ANSWER = "no-answer"
    WITHHELD = "withheld"


PRAISED = frozenset({MeritKind.LARGEST_RISE, MeritKind.FIRST_TEN})


@dataclass(frozen=True)
class Merit:
    """One suggestion; ``number`` is what its reason tells: tenths of a rise, falls in a row, demands withheld."""

    kind: MeritKind
    entry: Entry
    scope: Scope | None = None
    number: int = 0

    @property
    def distinction(self) -> DistinctionKind:
        """Praise or reproach."""
        return DistinctionKind.PRAISE if self.kind in PRAISED else DistinctionKind.REPROACH


@dataclass(frozen=True)
class PastRound:
    """What an earlier round published: displayed averages by scope and place, each with its mayor, and its tens."""

    averages: Mapping[tuple[Scope, str], int]
    mandates: Mapping[str, object]
    demands_with_ten: frozenset[int] = frozenset()


def merits(to_seal: RoundToSeal, past: Sequence[PastRound]) -> tuple[Merit, ...]:
    """The suggestions of a round, praise first; ``past`` are the earlier rounds, oldest first."""
    found = (
        *_rises(to_seal),
        *_first_tens(to_seal, past),
        *_falls(to_seal, past),
        *_silences(to_seal),
    )
    kinds = tuple(MeritKind)
    return tuple(sorted(found, key=lambda row: (kinds.index(row.kind), row.entry.sort_key, str(row.scope))))


def _averaged(to_seal: RoundToSeal) -> Iterator[tuple[Scope, tuple[Standing, ...]]]:
    """The rows of each ranking over several demands: overall where the method has one, and each theme."""
    for scope in to_seal.content.scopes():
        if scope.kind is not ScopeKind.DEMAND:
            yield scope, tuple(row for row in to_seal.standings if row.scope == scope)


def _rises(to_seal: RoundToSeal) -> Iterator[Merit]:
    """Whoever rose the most in a ranking, all who share it."""
    content = to_seal.content
    entries = {entry.cvegeo: entry for entry in content.entries}
    keys = {entry.cvegeo: entry.sort_key for entry in content.entries}
    for scope, rows in _averaged(to_seal):
        ranked = rank_by_change(rows, keys, content.method.minimum_coverage(scope))
        for row in _first(ranked.placed):
            if row.tenths is not None and row.tenths > 0:
                yield Merit(MeritKind.LARGEST_RISE, entries[row.key], scope, row.tenths)


def _first(placed: Iterable[Ranked]) -> Iterator[Ranked]:
    return (row for row in placed if row.place is not None and row.place.number == 1)


def _first_tens(to_seal: RoundToSeal, past: Sequence[PastRound]) -> Iterator[Merit]:
    """A ten in a demand in which nobody of the edition ever had one."""
    known = frozenset().union(*(round_.demands_with_ten for round_ in past)) if past else frozenset[int]()
    for entry in to_seal.content.entries:
        for demand in to_seal.content.demands:
            ten = to_seal.content.ratings[entry.cvegeo].get(demand.number) == Score(HIGHEST_TENTHS)
            if past and ten and demand.number not in known:
                yield Merit(MeritKind.FIRST_TEN, entry, Scope(ScopeKind.DEMAND, str(demand.number)))


def _falls(to_seal: RoundToSeal, past: Sequence[PastRound]) -> Iterator[Merit]:
    """Whoever fell in the most rounds in a row under one mayor, in each ranking, from two on; all who share it."""
    for scope, rows in _averaged(to_seal):
        entries = {entry.cvegeo: entry for entry in to_seal.content.entries}
        lengths = {row.cvegeo: _falls_in_a_row(row, entries[row.cvegeo], past) for row in rows}
        longest = max(lengths.values(), default=0)
        if longest >= SHORTEST_FALL:
            found = (cvegeo for cvegeo, length in lengths.items() if length == longest)
            yield from (Merit(MeritKind.LONGEST_FALL, entries[cvegeo], scope, longest) for cvegeo in found)


def _falls_in_a_row(row: Standing, entry: Entry, past: Sequence[PastRound]) -> int:
    count, now = 0, row.tenths
    for earlier in reversed(past):
        before = earlier.averages.get((row.scope, row.cvegeo))
        same = earlier.mandates.get(row.cvegeo) == entry.mandate_starts_on
        if now is None or before is None or not same or now >= before:
            break
        count, now = count + 1, before
    return count


def _silences(to_seal: RoundToSeal) -> Iterator[Merit]:
    """Who was notified and did not answer, and who withheld information."""
    entries = {entry.cvegeo: entry for entry in to_seal.content.entries}
    for answer in to_seal.content.answers:
        if answer.status is AnswerStatus.NONE:
            yield Merit(MeritKind.NO_ANSWER, entries[answer.cvegeo])
    for cvegeo, entry in entries.items():
        withheld = sum(rating is Absence.REFUSED for rating in to_seal.content.ratings[cvegeo].values())
        if withheld:
            yield Merit(MeritKind.WITHHELD, entry, number=withheld)
