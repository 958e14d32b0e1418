"""Reading the chain of publications and the frozen rows. Every public page starts here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import func, select, text
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, undefer

from app.domain import editions as e
from app.domain import publications as d
from app.domain.acknowledgements import PublishedAcknowledgement
from app.domain.clarifications import Clarification
from app.domain.errors import RuleBroken
from app.domain.manifests import Manifest
from app.domain.organisations import Organisation
from app.domain.replies import PublishedAnswer, PublishedReply
from app.domain.scorecard import Publication
from app.domain.texts import Text
from app.domain.verification import StoredPublication
from app.models import guards, sealed, sealed_acknowledgements, sealed_replies
from app.models.publications import Publication as Row
from app.models.publications import Withdrawal
from app.models.sealed_clarifications import SealedClarification
from app.queries.rows import method_of, rating_of, value_of

Value = TypeVar("Value")


@dataclass(frozen=True)
class ChainHead:
    """The newest publication of an edition, and how many of its texts were withdrawn: what a page's ETag depends on."""

    edition_slug: str
    sequence: int
    sha256: str
    withdrawals: int


def list_heads(session: Session) -> tuple[ChainHead, ...]:
    """The head of every chain, by edition."""
    newest = select(Row.edition_slug, func.max(Row.sequence).label("sequence")).group_by(Row.edition_slug).subquery()
    withdrawn = (
        select(func.count(Withdrawal.id))
        .where(Withdrawal.edition_slug == Row.edition_slug)
        .correlate(Row)
        .scalar_subquery()
    )
    query = (
        select(Row.edition_slug, Row.sequence, Row.sha256, withdrawn)
        .join(newest, (newest.c.edition_slug == Row.edition_slug) & (newest.c.sequence == Row.sequence))
        .order_by(Row.edition_slug)
    )
    return tuple(ChainHead(*row) for row in session.execute(query))


def list_publications(session: Session, slug: str) -> tuple[Row, ...]:
    """All publications of an edition without their manifests, in the order of the chain."""
    return tuple(session.scalars(select(Row).where(Row.edition_slug == slug).order_by(Row.sequence)))


def find_publication(session: Session, slug: str, round_number: int, number: int) -> Row | None:
    """One publication with its manifest; ``round_number`` 0 for the edition's own."""
    query = select(Row).where(Row.edition_slug == slug, Row.round_number == round_number, Row.number == number)
    return session.scalar(query.options(undefer(Row.manifest)))


def find_edition_publication(session: Session, slug: str) -> Row | None:
    """The edition's own publication in force."""
    query = select(Row).where(Row.edition_slug == slug, Row.round_number == 0).order_by(Row.number.desc()).limit(1)
    return session.scalar(query)


def lock_chains(session: Session) -> int:
    """Keep every other sealing out until this transaction ends, and give the next free id.

    SQLite has the lock already: a writing session begins IMMEDIATE.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE publications IN SHARE ROW EXCLUSIVE MODE"))
    return (session.scalar(select(func.max(Row.id))) or 0) + 1


def publications_shown(rows: Sequence[Row]) -> tuple[Publication, ...]:
    """The publications of one round as pages name them, oldest first."""
    newest = rows[-1]
    return tuple(
        Publication(
            sequence=row.sequence,
            kind=d.PublicationKind(row.kind),
            number=row.number,
            sealed_at_utc=row.sealed_at_utc,
            sha256=row.sha256,
            previous_sha256=row.previous_sha256,
            in_force=newest.number,
            in_force_since_utc=newest.sealed_at_utc,
        )
        for row in rows
    )


def list_sealed(session: Session, kind: type[Value], table: Any, publication_id: int) -> tuple[Value, ...]:  # noqa: ANN401
    """The frozen rows of one table as values, in the order of their key."""
    query = select(table).where(table.publication_id == publication_id).order_by(*table.__mapper__.primary_key)
    return tuple(value_of(kind, row) for row in session.scalars(query))


def get_edition_frame(session: Session, publication_id: int) -> dict[str, Any]:
    """Edition, method, themes, demands and sources of a publication, as keyword arguments of its content."""
    query = select(sealed.SealedEdition).where(sealed.SealedEdition.publication_id == publication_id)
    row = session.scalars(query).one()
    themes = list_sealed(session, e.Theme, sealed.SealedTheme, publication_id)
    return {
        "edition": value_of(e.Edition, row),
        "method": method_of(row),
        "themes": tuple(sorted(themes, key=lambda theme: theme.position)),
        "demands": list_sealed(session, e.Demand, sealed.SealedDemand, publication_id),
        "sources": list_sealed(session, e.Source, sealed.SealedSource, publication_id),
    }


def get_edition_content(session: Session, publication_id: int) -> e.EditionContent:
    """What an edition's own publication sealed."""
    return e.EditionContent(
        **get_edition_frame(session, publication_id),
        municipalities=list_sealed(session, e.Municipality, sealed.SealedMunicipality, publication_id),
        mandates=list_sealed(session, e.Mandate, sealed.SealedMandate, publication_id),
        periods=list_sealed(session, e.Period, sealed.SealedPeriod, publication_id),
        organisations=list_sealed(session, Organisation, sealed.SealedOrganisation, publication_id),
        acknowledgements=list_sealed(
            session, PublishedAcknowledgement, sealed_acknowledgements.SealedAcknowledgement, publication_id
        ),
        texts=list_sealed(session, d.SealedText, sealed.SealedText, publication_id),
        clarifications=list_sealed(session, Clarification, SealedClarification, publication_id),
    )


def get_round_content(session: Session, publication_id: int) -> d.RoundContent:
    """What a round's publication sealed, whole."""
    (period,) = list_sealed(session, e.Period, sealed.SealedPeriod, publication_id)
    scores = session.scalars(
        select(sealed.SealedScore)
        .where(sealed.SealedScore.publication_id == publication_id)
        .order_by(sealed.SealedScore.cvegeo, sealed.SealedScore.demand)
    )
    return d.RoundContent(
        **get_edition_frame(session, publication_id),
        period=period,
        entries=list_sealed(session, d.Entry, sealed.SealedEntry, publication_id),
        scores=tuple(value_of(d.PublishedScore, row, rating=rating_of(row)) for row in scores),
        evidence=list_sealed(session, d.PublishedEvidence, sealed.SealedEvidence, publication_id),
        figures=list_sealed(session, d.PublishedFigure, sealed.SealedFigure, publication_id),
        distinctions=list_sealed(session, d.Distinction, sealed.SealedDistinction, publication_id),
        replies=list_sealed(session, PublishedReply, sealed_replies.SealedReply, publication_id),
        answers=list_sealed(session, PublishedAnswer, sealed_replies.SealedAnswer, publication_id),
        texts=list_sealed(session, d.SealedText, sealed.SealedText, publication_id),
    )


def list_standings(session: Session, publication_id: int) -> tuple[d.Standing, ...]:
    """Every ranking row of a publication."""
    return list_sealed(session, d.Standing, sealed.SealedStanding, publication_id)


def list_stored(session: Session, slug: str) -> Iterator[StoredPublication]:
    """The chain of an edition as verification asks for it, one publication in memory at a time."""
    withdrawn = frozenset(session.scalars(select(Withdrawal.sha256).where(Withdrawal.edition_slug == slug)))
    query = select(Row).where(Row.edition_slug == slug).order_by(Row.sequence).options(undefer(Row.manifest))
    for row in session.scalars(query):
        yield StoredPublication(
            row.sequence, row.sha256, row.previous_sha256, row.manifest, _frozen(session, row), withdrawn
        )


def _frozen(session: Session, row: Row) -> Manifest | None:
    try:
        head = value_of(d.PublicationHead, row)
        if head.kind is d.PublicationKind.EDITION:
            edition = get_edition_content(session, row.id)
            return Manifest(head, replace(edition, edition=_addressed(edition.edition, row)), ())
        content = get_round_content(session, row.id)
        if content.period.number != row.round_number:
            content = replace(content, period=replace(content.period, number=-row.round_number))
        content = replace(content, edition=_addressed(content.edition, row))
        return Manifest(head, content, list_standings(session, row.id))
    except (LookupError, ValueError, TypeError, RuleBroken, NoResultFound):
        return None


def _addressed(edition: e.Edition, row: Row) -> e.Edition:
    """The edition; under a slug that no manifest holds where its publication is filed under another."""
    return edition if edition.slug == row.edition_slug else replace(edition, slug=f"{edition.slug}/{row.edition_slug}")


def list_withdrawn(session: Session, slug: str) -> Mapping[str, Withdrawal]:
    """The withdrawals of an edition by the checksum of the text."""
    query = select(Withdrawal).where(Withdrawal.edition_slug == slug).order_by(Withdrawal.id)
    return {row.sha256: row for row in session.scalars(query)}


def text_shown(row: d.SealedText, withdrawn: Mapping[str, Withdrawal]) -> Text:
    """A sealed text as pages show it: its words, or why they are gone."""
    withdrawal = withdrawn.get(row.sha256)
    return Text(row.body, withdrawal.cause_es if withdrawal else "")


def list_missing_guards(session: Session) -> tuple[str, ...]:
    """The triggers that should protect the tables and do not."""
    return guards.missing(session.connection())
