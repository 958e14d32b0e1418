"""What corrections changed: only the differences are read, by joining each correction with what it corrects."""

from typing import Any

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.domain.corrections import Correction, CorrectionsPage, ScoreChange, StandingChange, WithdrawnText
from app.domain.publications import CORRECTION_TEXT_KEY, Entry, PublishedScore, SealedText, Standing
from app.domain.texts import Text
from app.models import sealed
from app.models.publications import Publication as Row
from app.models.publications import Withdrawal
from app.queries.chains import get_chain
from app.queries.editions import front_of
from app.queries.publications import list_withdrawn, text_shown
from app.queries.rows import rating_of, value_of

_BY_DEMAND = "demand:%"


def find_corrections(session: Session, slug: str) -> CorrectionsPage | None:
    """All corrections and withdrawals of an edition, newest first; None before its first publication."""
    chain = get_chain(session, slug)
    link = chain.find(0)
    if link is None:
        return None
    front = front_of(session, chain, link)
    scores, standings = _score_changes(session, slug), _standing_changes(session, slug)
    reasons = _reasons(session, slug)
    corrections = tuple(
        Correction(
            link.round_number,
            link.publication,
            reasons.get(link.id, Text(None)),
            tuple(scores.get(link.id, ())),
            tuple(standings.get(link.id, ())),
        )
        for link in reversed(chain.links)
        if link.round_number and link.publication.number > 1
    )
    return CorrectionsPage(front, corrections, _withdrawn(session, slug))


def _score_changes(session: Session, slug: str) -> dict[int, list[ScoreChange]]:
    after, before = aliased(sealed.SealedScore), aliased(sealed.SealedScore)
    query = (
        _with_what_it_corrects(slug, after, before)
        .where(
            before.demand == after.demand,
            or_(
                before.value_tenths.is_distinct_from(after.value_tenths),
                before.absence.is_distinct_from(after.absence),
            ),
        )
        .order_by(after.publication_id, sealed.SealedEntry.sort_key, after.cvegeo, after.demand)
    )
    found: dict[int, list[ScoreChange]] = {}
    for old, new, entry in session.execute(query):
        old_score, new_score = (value_of(PublishedScore, row, rating=rating_of(row)) for row in (old, new))
        found.setdefault(new.publication_id, []).append(ScoreChange(value_of(Entry, entry), old_score, new_score))
    return found


def _standing_changes(session: Session, slug: str) -> dict[int, list[StandingChange]]:
    after, before = aliased(sealed.SealedStanding), aliased(sealed.SealedStanding)
    query = (
        _with_what_it_corrects(slug, after, before)
        .where(
            before.scope == after.scope,
            after.scope.not_like(_BY_DEMAND),
            or_(
                before.tenths.is_distinct_from(after.tenths),
                before.place.is_distinct_from(after.place),
                before.shared != after.shared,
            ),
        )
        .order_by(after.publication_id, after.scope, after.position)
    )
    found: dict[int, list[StandingChange]] = {}
    for old, new, entry in session.execute(query):
        pair = (value_of(Standing, old), value_of(Standing, new))
        found.setdefault(new.publication_id, []).append(StandingChange(value_of(Entry, entry), *pair))
    return found


def _with_what_it_corrects(slug: str, after: Any, before: Any) -> Select[Any]:  # noqa: ANN401 - aliases of one table
    """Select (before, after, entry) rows of each correction and the publication it follows."""
    new, old = aliased(Row), aliased(Row)
    return (
        select(before, after, sealed.SealedEntry)
        .select_from(new)
        .join(
            old,
            (old.edition_slug == new.edition_slug)
            & (old.round_number == new.round_number)
            & (old.number == new.number - 1),
        )
        .join(after, after.publication_id == new.id)
        .join(before, (before.publication_id == old.id) & (before.cvegeo == after.cvegeo))
        .join(
            sealed.SealedEntry,
            (sealed.SealedEntry.publication_id == new.id) & (sealed.SealedEntry.cvegeo == after.cvegeo),
        )
        .where(new.edition_slug == slug, new.round_number > 0)
    )


def _reasons(session: Session, slug: str) -> dict[int, Text]:
    withdrawn = list_withdrawn(session, slug)
    query = (
        select(sealed.SealedText)
        .join(Row, Row.id == sealed.SealedText.publication_id)
        .where(Row.edition_slug == slug, sealed.SealedText.key == CORRECTION_TEXT_KEY)
    )
    return {row.publication_id: text_shown(value_of(SealedText, row), withdrawn) for row in session.scalars(query)}


def _withdrawn(session: Session, slug: str) -> tuple[WithdrawnText, ...]:
    """What was public and is gone; the same words in a revision that never was public are not told of."""
    was_public = exists().where(sealed.SealedText.sha256 == Withdrawal.sha256)
    query = select(Withdrawal).where(Withdrawal.edition_slug == slug, was_public)
    rows = session.scalars(query.order_by(Withdrawal.withdrawn_at_utc.desc(), Withdrawal.id))
    return tuple({(row.round_number, row.key): value_of(WithdrawnText, row) for row in rows}.values())
