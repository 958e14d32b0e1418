"""A round at work: how far each municipality's part is, and what stands in the way of leading it on.

Nothing moves on while a cell is unresolved, and the obstacles name which.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from app.domain.cells import CellState
from app.domain.editions import EditionContent, Mandate
from app.domain.errors import RuleBroken
from app.domain.stages import Stage, next_stage, stage_before
from app.domain.working_days import earliest_due_at_utc


class ObstacleKind(StrEnum):
    """Why a round cannot be led on."""

    NO_THEMES = "no-themes"
    NO_DEMANDS = "no-demands"
    NO_MUNICIPALITIES = "no-municipalities"
    NO_MAYOR = "no-mayor"
    NOT_HANDED_IN = "not-handed-in"
    NOT_APPROVED = "not-approved"
    ANSWER_AWAITED = "answer-awaited"
    PUBLICATION_SCHEDULED = "publication-scheduled"


@dataclass(frozen=True)
class Obstacle:
    """One thing that is missing; municipality (address name, and name) and demand where it concerns one."""

    kind: ObstacleKind
    municipality: str = ""
    demand: int = 0
    name: str = ""


class RoundNotReady(RuleBroken):
    """The round cannot be led on; ``facts['obstacles']`` are all that stands in the way."""

    code = "round-not-ready"


class RoundUnknown(RuleBroken):
    """The edition has no such round."""

    code = "round-unknown"


class MoveWrong(RuleBroken):
    """What the move needs is missing: a reason, or a deadline that leaves enough time (``facts['earliest']``)."""

    code = "move-wrong"


@dataclass(frozen=True)
class PartAtWork:
    """One municipality's part in a round. ``cells`` has every demand of the edition by its number."""

    entry_id: int
    cvegeo: str
    slug: str
    name: str
    mayor: str
    cells: Mapping[int, CellState]
    liaisons: int = 0
    notified_at_utc: datetime | None = None
    due_at_utc: datetime | None = None
    answered_at_utc: datetime | None = None

    def count(self, *states: CellState) -> int:
        """How many of its cells stand in one of these states."""
        return sum(state in states for state in self.cells.values())

    def waits_at(self, now_utc: datetime) -> bool:
        """Whether this municipality was asked, has not answered, and still may in time."""
        return self.due_at_utc is not None and self.answered_at_utc is None and now_utc < self.due_at_utc


RESOLVED: Mapping[Stage, frozenset[CellState]] = {
    Stage.RATING: frozenset({CellState.SUBMITTED, CellState.APPROVED}),
    Stage.REVIEW: frozenset({CellState.APPROVED}),
}
"""In which states a cell lets its round leave a stage. An absence must be handed in like any score."""

_UNRESOLVED = {Stage.RATING: ObstacleKind.NOT_HANDED_IN, Stage.REVIEW: ObstacleKind.NOT_APPROVED}


@dataclass(frozen=True)
class RoundAtWork:
    """A round as its organiser sees it, municipalities in their order."""

    edition: str
    number: int
    starts_on: date
    ends_on: date
    stage: Stage
    parts: tuple[PartAtWork, ...]
    publication_due_on: date | None = None
    reply_due_at_utc: datetime | None = None
    is_scheduled: bool = False
    lacking: tuple[Obstacle, ...] = field(default=())

    @property
    def following(self) -> Stage | None:
        """The stage that an organiser may lead it to."""
        return next_stage(self.stage)

    @property
    def before(self) -> Stage | None:
        """The stage that an organiser may lead it back to."""
        return stage_before(self.stage)

    @property
    def total(self) -> int:
        """How many cells the round has."""
        return sum(len(part.cells) for part in self.parts)

    def count(self, *states: CellState) -> int:
        """How many cells stand in one of these states."""
        return sum(part.count(*states) for part in self.parts)

    def unresolved(self) -> Iterator[tuple[PartAtWork, int, CellState]]:
        """The cells that keep the round in its stage, in the order of municipalities and demands."""
        resolved = RESOLVED.get(self.stage)
        for part in self.parts if resolved is not None else ():
            for demand, state in part.cells.items():
                if resolved is not None and state not in resolved:
                    yield part, demand, state

    def unresolved_by_part(self) -> tuple[tuple[PartAtWork, tuple[tuple[int, CellState], ...]], ...]:
        """The same, municipality by municipality; those with nothing unresolved are left out."""
        found: dict[int, tuple[PartAtWork, list[tuple[int, CellState]]]] = {}
        for part, demand, state in self.unresolved():
            found.setdefault(part.entry_id, (part, []))[1].append((demand, state))
        return tuple((part, tuple(cells)) for part, cells in found.values())

    def find_part(self, municipality: str) -> PartAtWork | None:
        """The part of a municipality, by its address name."""
        return next((part for part in self.parts if part.slug == municipality), None)

    def obstacles(self, now_utc: datetime) -> tuple[Obstacle, ...]:
        """All that stands in the way of the next stage. The last step, publishing, is judged elsewhere."""
        if self.stage is Stage.PLANNED:
            return self.lacking
        if self.stage in _UNRESOLVED:
            kind = _UNRESOLVED[self.stage]
            return tuple(Obstacle(kind, part.slug, demand, part.name) for part, demand, _ in self.unresolved())
        if self.stage is Stage.REPLY:
            waiting = (part for part in self.parts if part.waits_at(now_utc))
            return tuple(Obstacle(ObstacleKind.ANSWER_AWAITED, part.slug, name=part.name) for part in waiting)
        return ()

    def obstacles_back(self) -> tuple[Obstacle, ...]:
        """What stands in the way of the stage before: an hour of publication that was set."""
        return (Obstacle(ObstacleKind.PUBLICATION_SCHEDULED),) if self.is_scheduled else ()

    def unheard(self) -> tuple[PartAtWork, ...]:
        """The municipalities that can be notified and were not yet: they have a liaison."""
        return tuple(part for part in self.parts if part.liaisons and part.notified_at_utc is None)

    def unreachable(self) -> tuple[PartAtWork, ...]:
        """The municipalities that nobody can notify: without a liaison."""
        return tuple(part for part in self.parts if not part.liaisons and part.notified_at_utc is None)


def lacking_of(content: EditionContent, mandates: Iterable[Mandate], last_day: date) -> tuple[Obstacle, ...]:
    """What an edition still lacks before a round that ends on that day can be opened."""
    kinds = (
        (content.themes, ObstacleKind.NO_THEMES),
        (content.demands, ObstacleKind.NO_DEMANDS),
        (content.municipalities, ObstacleKind.NO_MUNICIPALITIES),
    )
    in_office = {mandate.cvegeo for mandate in mandates if mandate.covers(last_day)}
    unmanned = (place for place in content.municipalities if place.cvegeo not in in_office)
    return (
        *(Obstacle(kind) for rows, kind in kinds if not rows),
        *(Obstacle(ObstacleKind.NO_MAYOR, place.slug, name=place.name) for place in unmanned),
    )


def require_none(obstacles: Collection[Obstacle]) -> None:
    """Raise RoundNotReady with every obstacle, where there is one."""
    if obstacles:
        raise RoundNotReady(obstacles=tuple(obstacles), count=len(obstacles))


def require_time_to_reply(due_utc: datetime | None, now_utc: datetime, zone: str) -> datetime:
    """The deadline of a notice given now; raise MoveWrong where it is past, or leaves less than the least days."""
    if due_utc is None or due_utc <= now_utc:
        raise MoveWrong("reply-due-passed")
    earliest = earliest_due_at_utc(now_utc, zone)
    if due_utc < earliest:
        raise MoveWrong("reply-due-too-soon", earliest=earliest)
    return due_utc


@dataclass(frozen=True)
class Progress:
    """How far one evaluator is in a round: of the cells assigned to her, those still to be handed in."""

    account_id: int
    name: str
    pending: int
    total: int


@dataclass(frozen=True)
class CellAtWork:
    """One demand of one municipality in a round: its state, and who rates it."""

    number: int
    name_es: str
    name_en: str
    state: CellState
    raters: tuple[str, ...]


def first_open(rounds: Iterable[tuple[int, Stage]]) -> int | None:
    """The round to look at now: the first at work, else the first planned; None where all are published."""
    ordered = sorted(rounds)
    at_work = (number for number, stage in ordered if stage not in {Stage.PLANNED, Stage.PUBLISHED})
    planned = (number for number, stage in ordered if stage is Stage.PLANNED)
    return next(at_work, next(planned, None))
