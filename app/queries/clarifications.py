"""Clarifications of an edition's wordings: confirmed and proposed for the staff, sealed ones for everybody."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.clarifications import Clarification, Passages, Wording
from app.domain.editions import Edition, EditionContent
from app.domain.wordings import find_wording, wordings_of
from app.models import editions
from app.models.accounts import Account
from app.models.clarifications import Clarification as Row
from app.models.clarifications import ClarificationCase
from app.models.sealed_clarifications import SealedClarification
from app.queries.publications import find_edition_publication, get_edition_content, list_sealed
from app.queries.rows import value_of

OPEN = "open"


@dataclass(frozen=True)
class Proposal:
    """A clarification proposed and neither confirmed nor dropped, with the wording that it quotes."""

    id: int
    wording: Wording
    passages: Passages
    asked_by: str
    account_id: int
    opened_at_utc: datetime


@dataclass(frozen=True)
class ClarificationsPage:
    """An edition's sealed wordings with what was clarified of them, and the proposals, oldest first."""

    content: EditionContent
    publication: int
    proposals: tuple[Proposal, ...]

    @property
    def edition(self) -> Edition:
        """The edition as its publication in force states it."""
        return self.content.edition

    @property
    def wordings(self) -> tuple[tuple[Wording, ...], ...]:
        """Every sealed wording that says anything, those of one demand or theme together."""
        by_owner = groupby(wordings_of(self.content), key=lambda wording: wording.subject.partition("/")[0])
        return tuple(tuple(group) for _, group in by_owner)

    def find(self, case: int) -> Proposal | None:
        """The proposal of that number."""
        return next((row for row in self.proposals if row.id == case), None)


def find_clarifications(session: Session, slug: str) -> ClarificationsPage | None:
    """What was clarified of an edition's sealed wordings and what is proposed; None where they are not sealed yet."""
    sealed = find_edition_publication(session, slug)
    if sealed is None:
        return None
    content = get_edition_content(session, sealed.id)
    query = (
        select(ClarificationCase, Account.name)
        .join(Account, Account.id == ClarificationCase.account_id)
        .join(editions.Edition, editions.Edition.id == ClarificationCase.edition_id)
        .where(editions.Edition.slug == slug, ClarificationCase.state == OPEN)
        .order_by(ClarificationCase.id)
    )
    proposals = (_proposal(row, name, content) for row, name in session.execute(query))
    return ClarificationsPage(content, sealed.number, tuple(row for row in proposals if row is not None))


def _proposal(row: ClarificationCase, name: str, content: EditionContent) -> Proposal | None:
    wording = find_wording(content, row.subject)
    if wording is None:
        return None
    return Proposal(row.id, wording, value_of(Passages, row), name, row.account_id, row.opened_at_utc)


def count_proposals(session: Session, edition_id: int) -> int:
    """How many clarifications of an edition wait to be confirmed."""
    query = select(func.count(ClarificationCase.id))
    waiting = query.where(ClarificationCase.edition_id == edition_id, ClarificationCase.state == OPEN)
    return session.scalar(waiting) or 0


def find_clarification_row(session: Session, slug: str, case: int) -> ClarificationCase | None:
    """An open proposal of an edition, held until this transaction ends; None where there is none."""
    query = (
        select(ClarificationCase)
        .join(editions.Edition, editions.Edition.id == ClarificationCase.edition_id)
        .where(ClarificationCase.id == case, editions.Edition.slug == slug, ClarificationCase.state == OPEN)
        .with_for_update(of=ClarificationCase)
        .execution_options(populate_existing=True)
    )
    return session.scalar(query)


def list_clarifications(
    session: Session, edition: editions.Edition, as_of_utc: datetime | None = None
) -> tuple[Clarification, ...]:
    """The confirmed clarifications of an edition in their order, up to a moment; a sealing then takes in just these."""
    query = select(Row).where(Row.edition_id == edition.id).order_by(Row.position)
    if as_of_utc is not None:
        query = query.where(Row.recorded_at_utc <= as_of_utc)
    zone = ZoneInfo(edition.zone)
    rows = session.scalars(query)
    return tuple(value_of(Clarification, row, dated_on=row.recorded_at_utc.astimezone(zone).date()) for row in rows)


def list_sealed_clarifications(session: Session, publication_id: int) -> tuple[Clarification, ...]:
    """The clarifications that one of an edition's own publications sealed. One query."""
    return list_sealed(session, Clarification, SealedClarification, publication_id)


def list_clarifications_of(session: Session, slug: str) -> tuple[Clarification, ...]:
    """The confirmed clarifications of an edition, for its staff's and its offices' pages. Two queries."""
    edition = session.scalar(select(editions.Edition).where(editions.Edition.slug == slug))
    return list_clarifications(session, edition) if edition else ()
