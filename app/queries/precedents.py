"""What earlier published rounds say of a cell: publications only."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.publications import score_text_key
from app.domain.scores import Rating, Score
from app.domain.sheets import Published
from app.models.sealed import SealedEntry, SealedScore, SealedText
from app.queries.chains import Chain
from app.queries.rows import rating_of


@dataclass(frozen=True)
class Precedent:
    """A score of an earlier round as its publication in force states it."""

    publication_id: int
    round_number: int
    text_key: str
    rating: Rating
    mayor: str
    mandate_starts_on: date


def list_precedents(
    session: Session, chain: Chain, before: int, cvegeos: Collection[str], demands: Collection[int]
) -> dict[tuple[str, int], tuple[Precedent, ...]]:
    """What the rounds published before that one say of some cells, by CVEGEO and demand, the oldest round first."""
    rounds = {link.id: number for number, link in chain.in_force().items() if number < before}
    query = (
        select(SealedScore, SealedEntry.mayor, SealedEntry.mandate_starts_on)
        .join(
            SealedEntry,
            (SealedEntry.publication_id == SealedScore.publication_id) & (SealedEntry.cvegeo == SealedScore.cvegeo),
        )
        .where(
            SealedScore.publication_id.in_(rounds),
            SealedScore.cvegeo.in_(cvegeos),
            SealedScore.demand.in_(demands),
        )
    )
    rows = [
        Precedent(
            row.publication_id,
            rounds[row.publication_id],
            score_text_key(row.cvegeo, row.demand, row.revision),
            rating_of(row),
            mayor,
            starts_on,
        )
        for row, mayor, starts_on in session.execute(query)
    ]
    found: dict[tuple[str, int], tuple[Precedent, ...]] = {}
    for row in sorted(rows, key=lambda row: (row.round_number, row.text_key)):
        _, cvegeo, demand, _ = row.text_key.split("/")
        found[cvegeo, int(demand)] = (*found.get((cvegeo, int(demand)), ()), row)
    return found


def get_reasons(session: Session, precedents: Collection[Precedent]) -> dict[tuple[int, str], str]:
    """The published reasons, by publication and key; a withdrawn one is not there."""
    query = select(SealedText).where(
        SealedText.publication_id.in_({row.publication_id for row in precedents}),
        SealedText.key.in_({row.text_key for row in precedents}),
    )
    return {(row.publication_id, row.key): row.body for row in session.scalars(query) if row.body}


def last_score(precedents: Collection[Precedent], mandate_starts_on: date) -> Score | None:
    """The mandate's newest published score; None where there is none."""
    of_mandate = [row.rating for row in precedents if row.mandate_starts_on == mandate_starts_on]
    return next((rating for rating in reversed(of_mandate) if isinstance(rating, Score)), None)


def newest_of(
    precedents: tuple[Precedent, ...], mandate_starts_on: date, reasons: dict[tuple[int, str], str]
) -> Published | None:
    """The newest published round's word on the cell; None where no round said one."""
    if not precedents:
        return None
    row = precedents[-1]
    return Published(
        round_number=row.round_number,
        rating=row.rating,
        reason=reasons.get((row.publication_id, row.text_key), ""),
        mayor=row.mayor,
        is_same_mandate=row.mandate_starts_on == mandate_starts_on,
    )
