"""Reading editions as their organisers prepare them. Staff only: no public page reads these."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from app.domain.editions import Edition, Mandate
from app.domain.preparations import Preparation
from app.domain.rounds import lacking_of
from app.domain.stages import Stage
from app.models import editions
from app.queries import drafts
from app.queries.clarifications import count_proposals
from app.queries.publications import find_edition_publication
from app.queries.rounds import list_rounds
from app.queries.rows import value_of


def list_preparations(session: Session, slugs: Iterable[str], today: date) -> tuple[Preparation, ...]:
    """These editions, the newest term first."""
    found = [row for row in (find_preparation(session, slug, today) for slug in slugs) if row is not None]
    return tuple(sorted(found, key=lambda row: (-row.edition.starts_on.toordinal(), row.edition.slug)))


def find_preparation(session: Session, slug: str, today: date) -> Preparation | None:
    """One edition with its rules as they stand in the working tables, or None. A fixed number of statements."""
    row = drafts.find_edition(session, slug)
    return None if row is None else _preparation(session, row, today)


def _preparation(session: Session, row: editions.Edition, today: date) -> Preparation:
    content = drafts.get_edition_content(session, row, max(today, row.starts_on))
    rounds = list_rounds(session, row.slug)
    first = next((line for line in rounds if line.stage is Stage.PLANNED), None)
    mandates = [value_of(Mandate, held, cvegeo=cvegeo) for cvegeo, held in drafts.list_mandates(session, row)]
    return Preparation(
        content=content,
        is_sealed=find_edition_publication(session, row.slug) is not None,
        second_factor_for_all=row.second_factor_for_all,
        stages=tuple((line.number, line.stage) for line in rounds),
        lacking=lacking_of(content, mandates, first.ends_on if first else row.starts_on),
        proposals=count_proposals(session, row.id),
    )


def find_edition_value(session: Session, slug: str) -> Edition | None:
    """An edition as its working row states it, or None."""
    row = drafts.find_edition(session, slug)
    return None if row is None else value_of(Edition, row)
