"""Sealing in a test's own session: the actor, moments, and what stands in the chain afterwards."""

import itertools
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app.domain.clarifications import Passages
from app.domain.permissions import Actor
from app.domain.verification import Verdict, verify
from app.models.clarifications import Clarification
from app.models.publications import Publication
from app.queries.drafts import find_edition
from app.queries.publications import list_publications, list_stored
from app.services.accounts import act_as_system
from app.services.publications import Reason, SealedPublication, seal_edition, seal_round
from tests.integration.folders import SLUGS, VALLEY

SLUG = SLUGS[VALLEY]
NOW = datetime(2021, 6, 1, 18, tzinfo=UTC)
MAY = datetime(2021, 5, 1, 18, tzinfo=UTC)
MISPRINT = Passages("cuenta, y", "cuenta y")
REASON = Reason("Se capturó mal.", "44444444444444444444444444444499")


def actor(session: Session) -> Actor:
    return act_as_system(session, NOW)


def seal(
    session: Session, round_number: int, *, reason: Reason | None = None, at: datetime = NOW, slug: str = SLUG
) -> SealedPublication:
    """Seal a round of the valley, or with 0 the valley itself."""
    if round_number == 0:
        return seal_edition(session, actor(session), slug=slug, sealed_at_utc=at)
    return seal_round(session, actor(session), slug=slug, round_number=round_number, sealed_at_utc=at, reason=reason)


def clarify(session: Session, passages: Passages = MISPRINT, subject: str = "demand:1/measure") -> SealedPublication:
    """Seal the valley again with its first clarification: of what its first demand measures."""
    row = find_edition(session, SLUG)
    assert row is not None
    session.add(
        Clarification(
            edition_id=row.id,
            position=1,
            subject=subject,
            **passages.__dict__,
            account_id=actor(session).account_id,
            recorded_at_utc=MAY,
        )
    )
    session.flush()
    return seal(session, 0, at=MAY)


def chain(session: Session, slug: str = SLUG) -> list[Publication]:
    return list(list_publications(session, slug))


def verdict(session: Session, slug: str = SLUG, head: str = "", up_to: int | None = None) -> Verdict:
    """What verification says of the database as this session sees it: all of the chain, or ``up_to`` a place in it."""
    session.expire_all()
    return verify(slug, itertools.islice(list_stored(session, slug), up_to), head)
