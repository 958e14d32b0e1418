"""The gate: what publishing a round now would make public, what stands against it, and whose yes is needed.

A signature is given to exactly one public difference. ``digest`` names it: whatever changes what readers would see, or
what the publication would follow in its chain, gives another digest and voids what was signed before.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property

from app.domain.amendments import changes_more_than_cells
from app.domain.decisions import contradictions
from app.domain.editions import EditionContent, Scope, ScopeKind
from app.domain.errors import RuleBroken
from app.domain.manifests import render
from app.domain.publications import Entry, PublicationHead, RoundContent, SealedText, Standing, score_text_key
from app.domain.replies import reply_text_key
from app.domain.scores import Absence, Rating, Score
from app.domain.signatures import SIGNERS, Signed, may_be_published
from app.domain.standings import standings

Cell = tuple[str, int]
"""A municipality's CVEGEO and the number of a demand."""

LONG_HISTORY = 3
FAR_TENTHS = 20
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class GateKey:
    """Which gate: that of a round or, with the number of a case, that of one correction of it."""

    edition: str
    number: int
    case: int | None = None


class GateClosed(RuleBroken):
    """The round may not be published as it stands; the code says why."""

    code = "gate-closed"


class ConcernKind(StrEnum):
    """What the gate points at."""

    ROUND_DEPARTS = "round-departs"
    CELL_EMPTY = "cell-empty"
    CELL_UNAPPROVED = "cell-unapproved"
    REASON_MISSING = "reason-missing"
    ANSWER_UNDECIDED = "answer-undecided"
    ANSWER_CONTRADICTS = "answer-contradicts"
    NOTHING_CORRECTED = "nothing-corrected"
    CELL_MOVED_ON = "cell-moved-on"
    JUMP = "jump"
    FAR_FROM_HISTORY = "far-from-history"
    EVIDENCE_MISSING = "evidence-missing"
    COPY_MISSING = "copy-missing"
    ANSWER_COPY_MISSING = "answer-copy-missing"
    RATED_BY_BARRED = "rated-by-barred"
    SIGNER_BY_SIGNER = "signer-by-signer"


WARNINGS = frozenset(
    {
        ConcernKind.JUMP,
        ConcernKind.FAR_FROM_HISTORY,
        ConcernKind.EVIDENCE_MISSING,
        ConcernKind.COPY_MISSING,
        ConcernKind.ANSWER_COPY_MISSING,
        ConcernKind.RATED_BY_BARRED,
        ConcernKind.SIGNER_BY_SIGNER,
    }
)
"""What people should look at and may publish all the same; everything else keeps the gate shut."""


@dataclass(frozen=True)
class Concern:
    """One thing that the gate points at, and where. ``before`` and ``after`` are ratings where it is about a move."""

    kind: ConcernKind
    cvegeo: str = ""
    demand: int | None = None
    before: Rating | None = None
    after: Rating | None = None

    @property
    def blocks(self) -> bool:
        """Whether the round cannot be published before this is mended."""
        return self.kind not in WARNINGS


@dataclass(frozen=True)
class RoundToSeal:
    """What sealing a round now would write; ``case`` is the number of a correction in the making.

    ``before`` is the round published before it, ``corrected`` this round's publication in force, where there are such.
    """

    head: PublicationHead
    content: RoundContent
    rules: EditionContent
    before: RoundContent | None = None
    corrected: RoundContent | None = None
    case: int | None = None
    standings: tuple[Standing, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Compute every ranking row, by the rule of all rankings."""
        object.__setattr__(self, "standings", standings(self.content, self.before))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the manifest that would be sealed, but for its hour and the salts of its texts.

        The hour is not known when people sign; a text counts by its words. What it follows in the chain counts too.
        """
        content = replace(self.content, texts=tuple(map(_by_its_words, self.content.texts)))
        manifest = render(replace(self.head, sealed_at_utc=_NO_TIME), content, self.standings)
        return hashlib.sha256(f"case {self.case or 0}\n".encode() + manifest).hexdigest()


def _by_its_words(text: SealedText) -> SealedText:
    return text if text.body is None else replace(text, sha256=hashlib.sha256(text.body.encode()).hexdigest())


@dataclass(frozen=True)
class Workings:
    """What the working tables know of the cells beside what would be public.

    ``history`` holds the scores of the same mayor in the publications in force of earlier rounds, oldest first.
    """

    unapproved: frozenset[Cell] = frozenset()
    by_barred: frozenset[Cell] = frozenset()
    uncopied: frozenset[Cell] = frozenset()
    moved_on: frozenset[Cell] = frozenset()
    history: Mapping[Cell, tuple[Score, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class CellDifference:
    """A rating that readers would see and do not see yet; ``before`` is what they see of this round now."""

    entry: Entry
    demand: int
    before: Rating | None
    after: Rating | None


@dataclass(frozen=True)
class RowDifference:
    """One row of a ranking to come. ``before_…``: the publication it corrects or, for a new round, the round before.

    Without a place before there is nothing to compare with in a new round; a correction always compares.
    """

    entry: Entry
    after: Standing
    before_tenths: int | None
    before_place: int | None
    is_corrected: bool = False

    @property
    def moves(self) -> bool:
        """Whether its place is another one than before."""
        is_compared = self.is_corrected or self.before_place is not None
        return is_compared and self.after.place != self.before_place


@dataclass(frozen=True)
class ScopeDifference:
    """One ranking to come, its rows in final order."""

    scope: Scope
    rows: tuple[RowDifference, ...]


def cell_differences(to_seal: RoundToSeal) -> tuple[CellDifference, ...]:
    """Every rating that would be new to readers, by municipality in the order of their names, then by demand."""
    old = to_seal.corrected.ratings if to_seal.corrected else {}
    cells = (
        CellDifference(entry, demand.number, old.get(entry.cvegeo, {}).get(demand.number), after)
        for entry in sorted(to_seal.content.entries, key=lambda entry: (entry.sort_key, entry.cvegeo))
        for demand in to_seal.content.demands
        if (after := to_seal.content.ratings[entry.cvegeo].get(demand.number)) is not None
    )
    return tuple(cell for cell in cells if cell.before != cell.after)


def ranking_differences(to_seal: RoundToSeal) -> tuple[ScopeDifference, ...]:
    """The rankings to come: overall where the method has one, and each theme."""
    entries = {entry.cvegeo: entry for entry in to_seal.content.entries}
    old = {(row.scope, row.cvegeo): row for row in standings(to_seal.corrected, None)} if to_seal.corrected else {}
    found: dict[Scope, list[RowDifference]] = {}
    for row in to_seal.standings:
        if row.scope.kind is ScopeKind.DEMAND:
            continue
        seen = old.get((row.scope, row.cvegeo))
        place = seen.place if seen else row.previous_place if to_seal.corrected is None else None
        rows = found.setdefault(row.scope, [])
        tenths = seen.tenths if seen else None
        rows.append(RowDifference(entries[row.cvegeo], row, tenths, place, to_seal.corrected is not None))
    return tuple(ScopeDifference(scope, tuple(rows)) for scope, rows in found.items())


def concerns(to_seal: RoundToSeal, workings: Workings) -> tuple[Concern, ...]:
    """What stands against publishing, first what keeps the gate shut, each by name of municipality and by demand."""
    kinds, names = tuple(ConcernKind), {entry.cvegeo: entry.sort_key for entry in to_seal.content.entries}

    def _order(row: Concern) -> tuple[bool, int, str, str, int]:
        return (not row.blocks, kinds.index(row.kind), names.get(row.cvegeo, ""), row.cvegeo, row.demand or 0)

    return tuple(sorted((*_of_the_round(to_seal), *_of_the_cells(to_seal, workings)), key=_order))


def _of_the_round(to_seal: RoundToSeal) -> Iterator[Concern]:
    content = to_seal.content
    departs = to_seal.corrected is not None and changes_more_than_cells(to_seal.corrected, content)
    if departs or any(True for _ in content.departures(to_seal.rules)) or not content.entries:
        yield Concern(ConcernKind.ROUND_DEPARTS)
    if to_seal.case is not None and not cell_differences(to_seal):
        yield Concern(ConcernKind.NOTHING_CORRECTED)
    for code, place in contradictions(content, is_first=to_seal.case is None):
        kind = ConcernKind.ANSWER_UNDECIDED if code == "reply-undecided" else ConcernKind.ANSWER_CONTRADICTS
        cvegeo, _, demand = place.partition(" ")[2].partition("/")
        yield Concern(kind, cvegeo, int(demand) if demand else None)


def _of_the_cells(to_seal: RoundToSeal, workings: Workings) -> Iterator[Concern]:
    yield from (Concern(ConcernKind.CELL_EMPTY, *cell) for cell in to_seal.content.missing_cells())
    yield from (Concern(ConcernKind.CELL_UNAPPROVED, *cell) for cell in sorted(workings.unapproved))
    yield from (Concern(ConcernKind.CELL_MOVED_ON, *cell) for cell in sorted(workings.moved_on))
    yield from (Concern(ConcernKind.RATED_BY_BARRED, *cell) for cell in sorted(workings.by_barred))
    reasoned = {text.key for text in to_seal.content.texts if text.field == "reason" and text.body != ""}
    written = {(text.key, text.field) for text in to_seal.content.texts if text.body}
    backed = {(row.cvegeo, row.demand) for row in to_seal.content.evidence}
    revisions = {(row.cvegeo, row.demand): row.revision for row in to_seal.content.scores}
    for change in cell_differences(to_seal):
        cell = (change.entry.cvegeo, change.demand)
        if _owes_a_reason(change.after) and score_text_key(*cell, revisions[cell]) not in reasoned:
            yield Concern(ConcernKind.REASON_MISSING, *cell)
        if isinstance(change.after, Score):
            yield from _of_a_score(cell, change.after, to_seal, workings.history.get(cell, ()))
            if cell not in backed:
                yield Concern(ConcernKind.EVIDENCE_MISSING, *cell)
        if cell in workings.uncopied:
            yield Concern(ConcernKind.COPY_MISSING, *cell)
        if _is_backed_by_a_link_alone(reply_text_key(*cell), written):
            yield Concern(ConcernKind.ANSWER_COPY_MISSING, *cell)


def _is_backed_by_a_link_alone(reply: str, written: AbstractSet[tuple[str, str]]) -> bool:
    """Whether a municipality proves its request by an address, and handed in no file."""
    return (reply, "evidence_url") in written and (reply, "file") not in written


def _owes_a_reason(rating: Rating | None) -> bool:
    """A score, a withheld information and what does not apply are judgements; that nobody rated yet is none."""
    return isinstance(rating, Score) or rating in {Absence.REFUSED, Absence.NOT_APPLICABLE}


def _of_a_score(cell: Cell, now: Score, to_seal: RoundToSeal, history: tuple[Score, ...]) -> Iterator[Concern]:
    """A jump above the method's limit since the last score, or a value two points outside all of three or more."""
    if history and abs(now.tenths - history[-1].tenths) > to_seal.content.method.jump_limit.tenths:
        yield Concern(ConcernKind.JUMP, *cell, before=history[-1], after=now)
    if len(history) >= LONG_HISTORY:
        lowest, highest = min(history), max(history)
        if now.tenths >= highest.tenths + FAR_TENTHS:
            yield Concern(ConcernKind.FAR_FROM_HISTORY, *cell, before=highest, after=now)
        elif now.tenths <= lowest.tenths - FAR_TENTHS:
            yield Concern(ConcernKind.FAR_FROM_HISTORY, *cell, before=lowest, after=now)


def require_open_gate(found: Iterable[Concern], signatures: Iterable[Signed], digest: str) -> None:
    """Raise GateClosed while something blocks, or two people have not signed exactly this."""
    if any(concern.blocks for concern in found):
        raise GateClosed("gate-blocked")
    if not may_be_published(signatures, digest):
        raise GateClosed("signatures-missing", needed=SIGNERS)


def require_same(seen: str, now: str) -> None:
    """Raise GateClosed where what somebody saw is no longer what would be published."""
    if seen != now:
        raise GateClosed("difference-changed")
