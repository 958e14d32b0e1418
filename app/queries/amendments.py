"""Reading the corrections in the making of a published round. Staff only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.amendments import Proposal
from app.models.accounts import Account
from app.models.editions import Demand, Edition, Round, RoundEntry
from app.models.places import Municipality
from app.models.signatures import CorrectionCase, CorrectionItem
from app.queries.rows import rating_of


@dataclass(frozen=True)
class Item:
    """One cell of a correction."""

    id: int
    entry_id: int
    demand_id: int
    municipality: str
    slug: str
    proposal: Proposal


@dataclass(frozen=True)
class Case:
    """A correction in the making, its items by municipality and demand."""

    id: int
    round_id: int
    reason: str
    state: str
    version: int
    opened_by: str
    opened_at_utc: datetime
    items: tuple[Item, ...] = ()

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """What its items would put into their cells."""
        return tuple(item.proposal for item in self.items)


def list_cases(session: Session, edition: str, number: int) -> tuple[Case, ...]:
    """The corrections of a round ever begun, newest first, without their items."""
    query = (
        select(CorrectionCase, Account.name)
        .join(Round, Round.id == CorrectionCase.round_id)
        .join(Edition, Edition.id == Round.edition_id)
        .join(Account, Account.id == CorrectionCase.account_id)
        .where(Edition.slug == edition, Round.number == number)
        .order_by(CorrectionCase.id.desc())
    )
    return tuple(_case(row, name, ()) for row, name in session.execute(query))


def find_case(session: Session, edition: str, number: int, case: int) -> Case | None:
    """One correction of a round with its items, or None where there is none of that number."""
    query = (
        select(CorrectionCase, Account.name)
        .join(Round, Round.id == CorrectionCase.round_id)
        .join(Edition, Edition.id == Round.edition_id)
        .join(Account, Account.id == CorrectionCase.account_id)
        .where(Edition.slug == edition, Round.number == number, CorrectionCase.id == case)
        .execution_options(populate_existing=True)
    )
    found = session.execute(query).one_or_none()
    return None if found is None else _case(*found, _items(session, case))


def find_case_row(session: Session, case: int) -> CorrectionCase:
    """The row of a correction, to write to; its round is locked by the caller."""
    query = select(CorrectionCase).where(CorrectionCase.id == case).execution_options(populate_existing=True)
    return session.scalars(query).one()


def find_item_row(session: Session, case: int, entry_id: int, demand_id: int) -> CorrectionItem | None:
    """The row of one cell of a correction, or None."""
    query = select(CorrectionItem).where(
        CorrectionItem.correction_id == case,
        CorrectionItem.entry_id == entry_id,
        CorrectionItem.demand_id == demand_id,
    )
    return session.scalar(query)


def _case(row: CorrectionCase, name: str, items: tuple[Item, ...]) -> Case:
    return Case(row.id, row.round_id, row.reason, row.state, row.version, name, row.opened_at_utc, items)


def _items(session: Session, case: int) -> tuple[Item, ...]:
    query = (
        select(CorrectionItem, Municipality, Demand.number)
        .join(RoundEntry, RoundEntry.id == CorrectionItem.entry_id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .join(Demand, Demand.id == CorrectionItem.demand_id)
        .where(CorrectionItem.correction_id == case)
        .order_by(Municipality.sort_key, Municipality.cvegeo, Demand.number)
    )
    return tuple(
        Item(
            row.id,
            row.entry_id,
            row.demand_id,
            place.name,
            place.slug,
            Proposal(place.cvegeo, number, row.base_revision, rating_of(row), row.reason),
        )
        for row, place, number in session.execute(query)
    )
