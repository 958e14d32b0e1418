"""What the cells of a municipality held in the last published round: the measure beside every new score."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.publications import score_text_key
from app.domain.reviews import PastScore
from app.models.publications import Publication
from app.models.sealed import SealedEntry, SealedScore, SealedText
from app.queries.rows import rating_of


def get_past_scores(
    session: Session, slug: str, number: int, cvegeo: str, mandate_starts_on: date
) -> dict[int, PastScore]:
    """The scores of the newest publication of the last round before ``number``, by demand; four statements at most.

    ``mandate_starts_on`` says whose mandate is rated now: a predecessor's scores are marked as such.
    """
    last = (
        select(func.max(Publication.round_number))
        .where(Publication.edition_slug == slug, Publication.round_number.between(1, number - 1))
        .scalar_subquery()
    )
    newest = session.execute(
        select(Publication.id, Publication.round_number)
        .where(Publication.edition_slug == slug, Publication.round_number == last)
        .order_by(Publication.number.desc())
        .limit(1)
    ).one_or_none()
    if newest is None:
        return {}
    publication_id, round_number = newest
    rows = session.scalars(
        select(SealedScore).where(SealedScore.publication_id == publication_id, SealedScore.cvegeo == cvegeo)
    ).all()
    keys = {score_text_key(cvegeo, row.demand, row.revision): row.demand for row in rows}
    texts = select(SealedText.key, SealedText.body).where(
        SealedText.publication_id == publication_id, SealedText.field == "reason", SealedText.key.in_(keys)
    )
    reasons = {keys[key]: body or "" for key, body in session.execute(texts)}
    answered = select(SealedEntry.mandate_starts_on).where(
        SealedEntry.publication_id == publication_id, SealedEntry.cvegeo == cvegeo
    )
    same = session.scalar(answered) == mandate_starts_on
    return {row.demand: PastScore(round_number, rating_of(row), reasons.get(row.demand, ""), same) for row in rows}
