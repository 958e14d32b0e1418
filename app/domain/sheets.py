"""The sheet that an evaluator fills in: one municipality and her demands, or one demand and her municipalities."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from app.domain.cells import CellState, ReviewKind
from app.domain.clarifications import Clarification
from app.domain.editions import Demand, Edition, Method, Period
from app.domain.evidence import KeptFile
from app.domain.rankings import Part
from app.domain.ratings import Content, Judged, Lack, Typed, judge, lack_of
from app.domain.scores import Rating, Score
from app.domain.stages import Stage

TO_DO = frozenset({CellState.EMPTY, CellState.SAVED, CellState.RETURNED})
"""The states in which a cell waits for its evaluator."""


@dataclass(frozen=True)
class Place:
    """The municipality of a cell and who answers for it in the round."""

    slug: str
    name: str
    mayor: str


@dataclass(frozen=True)
class Piece:
    """One evidence: a dated link or a kept file. ``key`` names it among those of its cell; new ones wait for a rating.

    ``key`` is the position in the newest revision, or for a waiting one its own number.
    """

    key: int
    title: str
    url: str
    dated_on: date
    file: KeptFile | None = None
    is_waiting: bool = False


@dataclass(frozen=True)
class Remark:
    """One line in the thread of a cell. Evaluators are not told each other's names, nor the reviewer's."""

    kind: ReviewKind
    words: str
    at_utc: datetime
    is_mine: bool


@dataclass(frozen=True)
class Published:
    """What the newest published round before this one says of the cell, and who answered for it then."""

    round_number: int
    rating: Rating
    reason: str
    mayor: str
    is_same_mandate: bool


@dataclass(frozen=True)
class SheetCell:
    """One cell with all that stands beside its fields.

    ``jump_from`` is the mandate's last published score; ``draft`` what she typed and what is no revision (yet).
    """

    place: Place
    demand: Demand
    state: CellState
    is_open: bool
    limit: Score
    revisions: Mapping[int, Content] = field(default_factory=dict)
    newest_is_mine: bool = False
    newest_at_utc: datetime | None = None
    draft: Typed | None = None
    evidence: tuple[Piece, ...] = ()
    thread: tuple[Remark, ...] = ()
    published: Published | None = None
    jump_from: Score | None = None

    @property
    def key(self) -> str:
        """The name of the cell among the fields of a page: ``alba-3``."""
        return f"{self.place.slug}-{self.demand.number}"

    @property
    def revision(self) -> int:
        """The number of the newest revision; 0 for none."""
        return max(self.revisions, default=0)

    @property
    def newest(self) -> Content | None:
        """What the newest revision says."""
        return self.revisions.get(self.revision)

    @property
    def fields(self) -> Typed:
        """What the fields show: her draft, else the newest revision."""
        if self.draft is not None:
            return self.draft
        return self.newest.typed(self.revision) if self.newest else Typed()

    @property
    def in_conflict(self) -> bool:
        """Whether somebody wrote a revision after the one that her draft began from."""
        return self.draft is not None and self.draft.base_revision < self.revision

    @property
    def judged(self) -> Judged | None:
        """What her draft amounts to; None without a draft."""
        return judge(self.draft) if self.draft is not None else None

    @property
    def lack(self) -> Lack | None:
        """What the newest revision needs before it can be handed in."""
        return lack_of(self.newest, self.jump_from, self.limit) if self.newest else None

    @property
    def kept(self) -> tuple[Piece, ...]:
        """The evidence of the newest revision."""
        return tuple(piece for piece in self.evidence if not piece.is_waiting)

    @property
    def waiting(self) -> tuple[Piece, ...]:
        """Her evidence that is not yet part of a revision."""
        return tuple(piece for piece in self.evidence if piece.is_waiting)

    def piece(self, key: int, *, is_waiting: bool) -> Piece | None:
        """The evidence of that key."""
        found = (piece for piece in self.evidence if (piece.key, piece.is_waiting) == (key, is_waiting))
        return next(found, None)

    @property
    def may_be_handed_in(self) -> bool:
        """Whether it is whole, and nothing that she typed would be left behind."""
        at_rest = self.draft is None and not self.waiting
        return self.is_open and self.state is CellState.SAVED and at_rest and self.lack is None

    @property
    def waits_for_her(self) -> bool:
        """Whether there is something left to do in it."""
        return self.is_open and (self.state in TO_DO or self.draft is not None)


@dataclass(frozen=True)
class Sheet:
    """The cells of one page with what all share."""

    edition: Edition
    method: Method
    demands: tuple[Demand, ...]
    period: Period
    stage: Stage
    cells: tuple[SheetCell, ...]
    part: Part
    clarifications: tuple[Clarification, ...] = ()

    def filled(self, cells: Sequence[SheetCell]) -> "Sheet":
        """The same sheet with these cells."""
        return replace(self, cells=tuple(cells))

    def find(self, municipality: str, demand: int) -> SheetCell | None:
        """The cell of that municipality and demand, where it is hers."""
        found = (cell for cell in self.cells if (cell.place.slug, cell.demand.number) == (municipality, demand))
        return next(found, None)

    @property
    def is_open(self) -> bool:
        """Whether any cell can still be written."""
        return any(cell.is_open for cell in self.cells)

    @property
    def counts(self) -> Mapping[CellState, int]:
        """How many cells stand where."""
        return count_states([cell.state for cell in self.cells])

    @property
    def handed_in(self) -> int:
        """How many cells left her hands."""
        return sum(cell.state not in TO_DO for cell in self.cells)

    @property
    def is_done(self) -> bool:
        """Whether nothing on this page waits for her."""
        return not any(cell.waits_for_her for cell in self.cells)


def count_states(states: Sequence[CellState]) -> Mapping[CellState, int]:
    """How many cells stand in each state, in the order of their way."""
    counted = Counter(states)
    return {state: counted[state] for state in CellState}


@dataclass(frozen=True)
class Line:
    """One municipality or demand in an evaluator's list: the states of her cells there, and how many wait for her."""

    name: str
    states: tuple[CellState, ...]
    left: int
    slug: str = ""
    demand: Demand | None = None

    @property
    def handed_in(self) -> int:
        """How many cells left her hands."""
        return sum(state not in TO_DO for state in self.states)

    @property
    def returned(self) -> int:
        """How many came back."""
        return sum(state is CellState.RETURNED for state in self.states)


@dataclass(frozen=True)
class RoundToRate:
    """An evaluator's part in a round, by municipality and by demand."""

    edition: Edition
    period: Period
    stage: Stage
    places: tuple[Line, ...]
    demands: tuple[Line, ...]

    @property
    def states(self) -> tuple[CellState, ...]:
        """Where each of her cells stands."""
        return tuple(state for line in self.places for state in line.states)

    @property
    def counts(self) -> Mapping[CellState, int]:
        """How many of her cells stand where."""
        return count_states(self.states)

    @property
    def handed_in(self) -> int:
        """How many of her cells left her hands."""
        return sum(line.handed_in for line in self.places)

    @property
    def left(self) -> int:
        """How many of her cells wait for her."""
        return sum(line.left for line in self.places)

    @property
    def next_place(self) -> Line | None:
        """The first municipality where something is left to do."""
        return next((line for line in self.places if line.left), None)


class Outcome(StrEnum):
    """What saving a page did with one cell."""

    UNTOUCHED = "untouched"
    SAVED = "saved"
    HANDED_IN = "handed-in"
    LACKING = "lacking"
    DRAFT = "draft"
    CONFLICT = "conflict"
    CLOSED = "closed"
