"""Sealing: working rows become a publication with its frozen rows and its manifest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.domain.decisions import contradictions
from app.domain.editions import EditionContent, Scope
from app.domain.errors import NotSealable
from app.domain.gates import RoundToSeal
from app.domain.manifests import render, sha256
from app.domain.permissions import Actor
from app.domain.publications import (
    CORRECTION_TEXT_KEY,
    NO_PREVIOUS,
    RULES,
    PublicationHead,
    PublicationKind,
    PublishedScore,
    RoundContent,
    SealedText,
    Standing,
    text_sha256,
)
from app.domain.replies import PublishedReply
from app.domain.scores import Score
from app.domain.stages import Stage
from app.models import sealed, sealed_acknowledgements, sealed_clarifications, sealed_replies
from app.models.base import Base
from app.models.publications import Publication
from app.queries import drafts, publications
from app.queries.sealings import get_edition_row, get_round_to_seal
from app.services.audit import record_event

CELLS_NAMED = 5


@dataclass(frozen=True)
class SealedPublication:
    """What a sealing gives back: where the publication stands and its code of verification."""

    edition_slug: str
    round_number: int
    number: int
    sequence: int
    kind: PublicationKind
    sha256: str


@dataclass(frozen=True)
class Reason:
    """Why a correction was made, with the salt of its checksum (32 hex digits)."""

    body: str
    salt: str


def seal_edition(session: Session, actor: Actor, *, slug: str, sealed_at_utc: datetime) -> SealedPublication:
    """Seal an edition's method, demands, municipalities, mandates and calendar.

    Raise NotSealable where the edition is unknown or empty, or where published rounds were rated by other rules.
    """
    next_id = publications.lock_chains(session)
    edition = get_edition_row(session, slug)
    day = sealed_at_utc.astimezone(ZoneInfo(edition.zone)).date()
    content = drafts.get_edition_content(session, edition, day, sealed_at_utc)
    if not (content.themes and content.demands and content.municipalities):
        raise NotSealable("edition-incomplete", edition=slug)
    chain = publications.list_publications(session, slug)
    own = [row for row in chain if row.round_number == 0]
    if own and len(own) < len(chain):
        in_force = publications.get_edition_content(session, own[-1].id)
        if not content.has_the_rules_of(in_force):
            raise NotSealable("method-already-used", edition=slug)
    head = _head(chain, PublicationKind.EDITION, len(own) + 1, sealed_at_utc)
    return _store(session, actor, next_id, head, content, ())


def seal_round(
    session: Session,
    actor: Actor,
    *,
    slug: str,
    round_number: int,
    sealed_at_utc: datetime,
    reason: Reason | None = None,
) -> SealedPublication:
    """Seal a round as it stood at that moment; a round already published is sealed again as a numbered correction.

    Raise NotSealable where the edition is not sealed, a cell is unresolved, or a correction has no reason.
    """
    next_id = publications.lock_chains(session)
    text = None
    if reason is not None:
        checksum = text_sha256(reason.salt, reason.body)
        text = SealedText(CORRECTION_TEXT_KEY, "reason", checksum, reason.salt, reason.body)
    to_seal = get_round_to_seal(session, slug, round_number, sealed_at_utc, reason=text)
    return store_round(session, actor, publication_id=next_id, to_seal=to_seal)


def store_round(session: Session, actor: Actor, *, publication_id: int, to_seal: RoundToSeal) -> SealedPublication:
    """Seal exactly that, under an id that ``lock_chains`` gave; raise NotSealable where it cannot be sealed."""
    content, head = to_seal.content, to_seal.head
    _refuse_what_is_open(to_seal)
    chain = publications.list_publications(session, content.edition.slug)
    _refuse_before(chain, head.sealed_at_utc)
    result = _store(session, actor, publication_id, head, content, to_seal.standings)
    edition = get_edition_row(session, content.edition.slug)
    row = drafts.find_round(session, edition.id, content.period.number)
    if row is not None:
        row.stage = Stage.PUBLISHED.value
        session.flush()
    return result


def _refuse_what_is_open(to_seal: RoundToSeal) -> None:
    content, number = to_seal.content, to_seal.content.period.number
    for code, place in content.departures(to_seal.rules):
        raise NotSealable(code, place=place, round=number)
    missing = content.missing_cells()
    if missing or not content.entries:
        first = ", ".join(f"{cvegeo}/{demand}" for cvegeo, demand in missing[:CELLS_NAMED])
        raise NotSealable("cells-unresolved", cells=first, count=len(missing), round=number)
    for code, place in contradictions(content, is_first=to_seal.head.number == 1):
        raise NotSealable(code, place=place, round=number)


def _refuse_before(chain: Sequence[Publication], sealed_at_utc: datetime) -> None:
    """A chain runs forward in time."""
    if chain and sealed_at_utc < chain[-1].sealed_at_utc:
        raise NotSealable("sealed-before-previous", at=sealed_at_utc, previous=chain[-1].sealed_at_utc)


def _head(chain: Sequence[Publication], kind: PublicationKind, number: int, sealed_at_utc: datetime) -> PublicationHead:
    _refuse_before(chain, sealed_at_utc)
    return PublicationHead(
        previous_sha256=chain[-1].sha256 if chain else NO_PREVIOUS,
        rules=RULES,
        kind=kind,
        sequence=len(chain) + 1,
        number=number,
        sealed_at_utc=sealed_at_utc.replace(microsecond=0),
    )


def _store(
    session: Session,
    actor: Actor,
    publication_id: int,
    head: PublicationHead,
    content: EditionContent | RoundContent,
    rows: tuple[Standing, ...],
) -> SealedPublication:
    """Write the frozen rows, then the publication: from then on the database refuses any further row."""
    manifest = render(head, content, rows)
    for table, values in _frozen_rows(content, rows):
        if values:
            session.execute(insert(table), [_columns(table, publication_id, value) for value in values])
    round_number = content.period.number if isinstance(content, RoundContent) else 0
    publication = Publication(
        id=publication_id,
        edition_slug=content.edition.slug,
        round_number=round_number,
        sha256=sha256(manifest),
        manifest=manifest,
        account_id=actor.account_id,
        **{**head.__dict__, "kind": head.kind.value},
    )
    session.add(publication)
    session.flush()
    result = SealedPublication(
        content.edition.slug, round_number, head.number, head.sequence, head.kind, publication.sha256
    )
    record_event(
        session,
        actor,
        action="publication.sealed",
        subject=f"{content.edition.slug}/{head.sequence}",
        at_utc=head.sealed_at_utc,
        after={"kind": head.kind.value, "round": round_number, "number": head.number, "sha256": publication.sha256},
    )
    return result


def _frozen_rows(
    content: EditionContent | RoundContent, rows: tuple[Standing, ...]
) -> list[tuple[type[Base], Sequence[Any]]]:
    tables: list[tuple[type[Base], Sequence[Any]]] = [
        (sealed.SealedEdition, [(content.edition, content.method)]),
        (sealed.SealedTheme, content.themes),
        (sealed.SealedDemand, content.demands),
        (sealed.SealedSource, content.sources),
    ]
    if isinstance(content, EditionContent):
        return [
            *tables,
            (sealed.SealedMunicipality, content.municipalities),
            (sealed.SealedMandate, content.mandates),
            (sealed.SealedPeriod, content.periods),
            (sealed.SealedOrganisation, content.organisations),
            (sealed_acknowledgements.SealedAcknowledgement, content.acknowledgements),
            (sealed_clarifications.SealedClarification, content.clarifications),
            (sealed.SealedText, content.texts),
        ]
    return [
        *tables,
        (sealed.SealedPeriod, [content.period]),
        (sealed.SealedEntry, content.entries),
        (sealed.SealedScore, content.scores),
        (sealed.SealedEvidence, content.evidence),
        (sealed.SealedFigure, content.figures),
        (sealed.SealedDistinction, content.distinctions),
        (sealed_replies.SealedReply, content.replies),
        (sealed_replies.SealedAnswer, content.answers),
        (sealed.SealedStanding, rows),
        (sealed.SealedText, content.texts),
    ]


def _columns(table: type[Base], publication_id: int, value: Any) -> dict[str, object]:  # noqa: ANN401
    """The columns of a frozen row: a value's fields under their own names."""
    if isinstance(value, tuple):
        edition, method = value
        fields = {
            **edition.__dict__,
            **{f"{k}_tenths" if k in _IN_TENTHS else k: v for k, v in method.__dict__.items()},
        }
    else:
        fields = dict(value.__dict__)
    if isinstance(value, PublishedScore):
        rated = isinstance(value.rating, Score)
        fields |= {"value_tenths": value.rating if rated else None, "absence": None if rated else value.rating}
    if isinstance(value, PublishedReply):
        ratings = {name: fields[name] for name in ("before", "requested", "after")}
        fields |= {name: None if rating is None else str(rating) for name, rating in ratings.items()}
    names = [column.name for column in table.__table__.columns if column.name != "publication_id"]
    return {"publication_id": publication_id, **{name: _stored(fields[name]) for name in names}}


_IN_TENTHS = {"jump_limit", "refused_counts_as"}


def _stored(value: object) -> object:
    if isinstance(value, Score):
        return value.tenths
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Scope | Fraction) else value
