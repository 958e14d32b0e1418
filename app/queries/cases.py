"""What a form of a correction needs to know of its round: its cells as they stand, and what was published of it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.editions import Demand, Edition
from app.domain.scores import Rating
from app.domain.stages import Stage
from app.models.editions import Demand as DemandRow
from app.models.editions import RoundEntry
from app.models.places import Municipality
from app.queries import drafts
from app.queries.amendments import Case, find_case, list_cases
from app.queries.cells import get_cells
from app.queries.rows import value_of


@dataclass(frozen=True)
class CaseCell:
    """One cell of a published round: its ids, and what stands in it."""

    entry_id: int
    demand_id: int
    municipality: str
    slug: str
    demand: int
    rating: Rating
    reason: str


@dataclass(frozen=True)
class CasesPage:
    """The corrections of a round: all of them, or one with the round's cells by (municipality, demand)."""

    edition: Edition
    number: int
    stage: Stage
    cases: tuple[Case, ...] = ()
    case: Case | None = None
    demands: tuple[Demand, ...] = ()
    cells: tuple[CaseCell, ...] = ()

    def find(self, slug: str, demand: int) -> CaseCell | None:
        """One cell by the municipality's address name and the number of the demand."""
        return next((cell for cell in self.cells if (cell.slug, cell.demand) == (slug, demand)), None)

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The municipalities, by name: address name and name."""
        return tuple(dict.fromkeys((cell.slug, cell.municipality) for cell in self.cells))


def find_cases(session: Session, slug: str, number: int) -> CasesPage | None:
    """The corrections of a round, newest first; None where there is no such round."""
    edition = drafts.find_edition(session, slug)
    row = drafts.find_round(session, edition.id, number) if edition else None
    if edition is None or row is None:
        return None
    found = list_cases(session, slug, number)
    return CasesPage(value_of(Edition, edition), number, Stage(row.stage), cases=found)


def find_case_page(session: Session, slug: str, number: int, case: int) -> CasesPage | None:
    """One correction with the cells that it may change; None where there is none of that number."""
    edition = drafts.find_edition(session, slug)
    row = drafts.find_round(session, edition.id, number) if edition else None
    found = find_case(session, slug, number, case)
    if edition is None or row is None or found is None:
        return None
    demands = session.scalars(
        select(DemandRow).where(DemandRow.edition_id == edition.id).order_by(DemandRow.number)
    ).all()
    entries = session.execute(
        select(RoundEntry.id, Municipality)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .where(RoundEntry.round_id == row.id)
        .order_by(Municipality.sort_key, Municipality.cvegeo)
    ).all()
    cells = get_cells(session, row.id)
    return CasesPage(
        edition=value_of(Edition, edition),
        number=number,
        stage=Stage(row.stage),
        case=found,
        demands=tuple(value_of(Demand, demand, theme="") for demand in demands),
        cells=tuple(
            CaseCell(entry, demand.id, place.name, place.slug, demand.number, cell.rating, cell.reason)
            for entry, place in entries
            for demand in demands
            if (cell := cells.get((entry, demand.id))) is not None
        ),
    )
