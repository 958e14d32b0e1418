"""What an evaluator is asked to rate. Staff only."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from app.domain.cells import CellHistory, CellState, may_be_rated
from app.domain.editions import Demand, Edition, Period
from app.domain.permissions import Actor, Permission, Role
from app.domain.sheets import Line, RoundToRate
from app.domain.stages import Stage
from app.models import editions
from app.models.accounts import RoleGrant
from app.models.assignments import Assignment, Bar
from app.models.editions import Organisation, Round, RoundEntry
from app.models.mandates import Mandate
from app.models.places import Municipality
from app.queries.cells import Cell, get_cells_of_entries
from app.queries.rows import value_of

Mark = TypeVar("Mark", str, int)


@dataclass(frozen=True)
class Assigned:
    """A cell of a round that an evaluator is asked to rate, and the interest that she declared."""

    entry_id: int
    demand_id: int
    demand: int
    cvegeo: str
    slug: str
    name: str
    mayor: str
    mandate_starts_on: date
    conflict: str


def list_assigned(session: Session, account_id: int, edition: str, number: int) -> tuple[Assigned, ...]:
    """The cells that were assigned to her in a round and are not barred to her; by municipality, then demand."""
    barred = exists().where(
        Bar.account_id == account_id,
        Bar.municipality_id == RoundEntry.municipality_id,
        Bar.edition_id == editions.Edition.id,
    )
    query = (
        select(
            RoundEntry.id,
            editions.Demand.id,
            editions.Demand.number,
            Municipality.cvegeo,
            Municipality.slug,
            Municipality.name,
            Mandate.mayor,
            Mandate.starts_on,
            Assignment.conflict_es,
        )
        .join(Round, Round.id == RoundEntry.round_id)
        .join(editions.Edition, editions.Edition.id == Round.edition_id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .join(Mandate, Mandate.id == RoundEntry.mandate_id)
        .join(Assignment, Assignment.municipality_id == RoundEntry.municipality_id)
        .join(editions.Demand, editions.Demand.theme_id == Assignment.theme_id)
        .where(
            editions.Edition.slug == edition,
            editions.Demand.edition_id == editions.Edition.id,
            Round.number == number,
            Assignment.account_id == account_id,
            ~barred,
        )
        .order_by(Municipality.sort_key, Municipality.cvegeo, editions.Demand.number)
    )
    return tuple(Assigned(*row) for row in session.execute(query))


def find_institution(session: Session, account_id: int, edition: str) -> str:
    """The organisation that stands beside an evaluator's scores; empty where she has none."""
    query = (
        select(Organisation.name)
        .join(RoleGrant, RoleGrant.organisation_id == Organisation.id)
        .join(editions.Edition, editions.Edition.id == RoleGrant.edition_id)
        .where(
            RoleGrant.account_id == account_id,
            RoleGrant.role == Role.EVALUATOR.value,
            editions.Edition.slug == edition,
        )
        .order_by(RoleGrant.id)
        .limit(1)
    )
    return session.scalar(query) or ""


def find_stage(session: Session, edition: str, number: int) -> Stage | None:
    """Where a round stands now, whatever this session read before."""
    query = (
        select(Round.stage)
        .join(editions.Edition, editions.Edition.id == Round.edition_id)
        .where(editions.Edition.slug == edition, Round.number == number)
    )
    stage = session.scalar(query)
    return Stage(stage) if stage else None


def list_rounds_to_rate(session: Session, actor: Actor) -> tuple[RoundToRate, ...]:
    """The rounds in which cells wait for her: all that are being rated, and those in review where some came back."""
    query = (
        select(Round, editions.Edition)
        .join(editions.Edition, editions.Edition.id == Round.edition_id)
        .where(
            editions.Edition.slug.in_(actor.editions(Permission.RATE)),
            Round.stage.in_([Stage.RATING.value, Stage.REVIEW.value]),
        )
        .order_by(editions.Edition.starts_on.desc(), editions.Edition.slug, Round.number)
    )
    found = (_round(session, actor, row, edition) for row, edition in session.execute(query).all())
    return tuple(row for row in found if row.places and (row.stage is Stage.RATING or row.left))


def _round(session: Session, actor: Actor, row: Round, edition: editions.Edition) -> RoundToRate:
    stage = Stage(row.stage)
    assigned = list_assigned(session, actor.account_id, edition.slug, row.number)
    cells = get_cells_of_entries(session, [cell.entry_id for cell in assigned])
    stands = {(cell.entry_id, cell.demand_id): cells.get((cell.entry_id, cell.demand_id)) for cell in assigned}
    return RoundToRate(
        edition=value_of(Edition, edition),
        period=value_of(Period, row),
        stage=stage,
        places=tuple(
            _line(stage, [stands[cell.entry_id, cell.demand_id] for cell in group], name=group[0].name, slug=slug)
            for slug, group in _grouped(assigned, lambda cell: cell.slug).items()
        ),
        demands=tuple(
            _line(stage, [stands[cell.entry_id, cell.demand_id] for cell in group], demand=demand)
            for demand, group in _by_demand(session, assigned)
        ),
    )


def _by_demand(session: Session, assigned: Sequence[Assigned]) -> list[tuple[Demand, list[Assigned]]]:
    groups = _grouped(sorted(assigned, key=lambda cell: cell.demand), lambda cell: cell.demand_id)
    query = select(editions.Demand).where(editions.Demand.id.in_(groups))
    rows = {row.id: value_of(Demand, row, theme="") for row in session.scalars(query)}
    return [(rows[demand_id], group) for demand_id, group in groups.items()]


def _grouped(assigned: Iterable[Assigned], by: Callable[[Assigned], Mark]) -> dict[Mark, list[Assigned]]:
    groups: dict[Mark, list[Assigned]] = {}
    for cell in assigned:
        groups.setdefault(by(cell), []).append(cell)
    return groups


def _line(
    stage: Stage, cells: Sequence[Cell | None], *, name: str = "", slug: str = "", demand: Demand | None = None
) -> Line:
    states = tuple(cell.state if cell else CellHistory().state for cell in cells)
    waiting = {CellState.EMPTY, CellState.SAVED, CellState.RETURNED}
    left = sum(
        state in waiting and may_be_rated(state, stage, was_returned=cell is not None and cell.was_returned)
        for state, cell in zip(states, cells, strict=True)
    )
    return Line(name, states, left, slug, demand)
