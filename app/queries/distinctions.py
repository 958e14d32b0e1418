"""Distinctions of a round in the making, and what its numbers suggest. Staff only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.editions import Edition, Scope, Theme
from app.domain.errors import NotSealable
from app.domain.merits import Merit, PastRound, merits
from app.domain.publications import DistinctionKind
from app.domain.scores import HIGHEST_TENTHS
from app.domain.stages import Stage
from app.models import sealed
from app.models.editions import Edition as EditionRow
from app.models.editions import EditionMunicipality, Round, RoundEntry
from app.models.places import Municipality
from app.models.scores import Distinction
from app.queries import drafts
from app.queries.publications import list_publications
from app.queries.rows import value_of
from app.queries.sealings import get_round_to_seal


@dataclass(frozen=True)
class DistinctionDraft:
    """One distinction as written so far."""

    id: int
    name: str
    slug: str
    position: int
    kind: DistinctionKind
    text: str
    signatory: str


@dataclass(frozen=True)
class DistinctionsPage:
    """The distinctions of a round, by place and position, and the suggestions; ``places`` are (address name, name)."""

    edition: Edition
    number: int
    stage: Stage
    themes: tuple[Theme, ...]
    places: tuple[tuple[str, str], ...]
    rows: tuple[DistinctionDraft, ...]
    merits: tuple[Merit, ...]

    @property
    def is_open(self) -> bool:
        """Whether they can still be written: the round is under way and not published."""
        return self.stage not in {Stage.PLANNED, Stage.PUBLISHED}

    def find(self, distinction: int) -> DistinctionDraft | None:
        """One of them by its id."""
        return next((row for row in self.rows if row.id == distinction), None)


def find_distinctions(session: Session, slug: str, number: int, now_utc: datetime) -> DistinctionsPage | None:
    """The distinctions of a round, or None where there is no such round."""
    edition = drafts.find_edition(session, slug)
    row = drafts.find_round(session, edition.id, number) if edition else None
    if edition is None or row is None:
        return None
    found: tuple[Merit, ...] = ()
    themes: tuple[Theme, ...] = ()
    if row.stage != Stage.PUBLISHED:
        found, themes = _merits(session, slug, number, now_utc)
    return DistinctionsPage(
        edition=value_of(Edition, edition),
        number=number,
        stage=Stage(row.stage),
        themes=themes,
        places=_places(session, edition.id),
        rows=_rows(session, row.id),
        merits=found,
    )


def _merits(session: Session, slug: str, number: int, now_utc: datetime) -> tuple[tuple[Merit, ...], tuple[Theme, ...]]:
    try:
        to_seal = get_round_to_seal(session, slug, number, now_utc)
    except NotSealable:
        return (), ()
    return merits(to_seal, _past(session, slug, number)), to_seal.content.themes


def _past(session: Session, slug: str, number: int) -> tuple[PastRound, ...]:
    """The publications in force of earlier rounds, oldest first, as suggestions need them."""
    in_force = {row.round_number: row.id for row in list_publications(session, slug) if 0 < row.round_number < number}
    return tuple(_past_round(session, publication_id) for _, publication_id in sorted(in_force.items()))


def _past_round(session: Session, publication_id: int) -> PastRound:
    standing, score, entry = sealed.SealedStanding, sealed.SealedScore, sealed.SealedEntry
    averages = session.execute(
        select(standing.scope, standing.cvegeo, standing.tenths).where(
            standing.publication_id == publication_id,
            standing.tenths.is_not(None),
            standing.scope.not_like("demand:%"),
        )
    ).all()
    mandates = session.execute(
        select(entry.cvegeo, entry.mandate_starts_on).where(entry.publication_id == publication_id)
    ).all()
    tens = session.scalars(
        select(score.demand).where(score.publication_id == publication_id, score.value_tenths == HIGHEST_TENTHS)
    )
    return PastRound(
        {(Scope.from_text(scope), cvegeo): tenths for scope, cvegeo, tenths in averages if tenths is not None},
        dict(mandates),
        frozenset(tens),
    )


def _places(session: Session, edition_id: int) -> tuple[tuple[str, str], ...]:
    query = (
        select(Municipality.slug, Municipality.name)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
        .where(EditionMunicipality.edition_id == edition_id)
        .order_by(Municipality.sort_key, Municipality.cvegeo)
    )
    return tuple((slug, name) for slug, name in session.execute(query))


def _rows(session: Session, round_id: int) -> tuple[DistinctionDraft, ...]:
    query = (
        select(Distinction, Municipality)
        .join(RoundEntry, RoundEntry.id == Distinction.entry_id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .where(RoundEntry.round_id == round_id)
        .options(joinedload(Distinction.text), joinedload(Distinction.signatory))
        .order_by(Municipality.sort_key, Municipality.cvegeo, Distinction.position)
    )
    return tuple(
        DistinctionDraft(
            row.id,
            place.name,
            place.slug,
            row.position,
            DistinctionKind(row.kind),
            row.text.body or "",
            row.signatory.body or "",
        )
        for row, place in session.execute(query)
    )


def find_distinction_row(session: Session, round_id: int, distinction: int) -> Distinction | None:
    """The row of a distinction of that round, or None."""
    query = (
        select(Distinction)
        .join(RoundEntry, RoundEntry.id == Distinction.entry_id)
        .where(RoundEntry.round_id == round_id, Distinction.id == distinction)
    )
    return session.scalar(query)


def list_distinction_rows(session: Session, entry_id: int) -> tuple[Distinction, ...]:
    """The distinctions of an entry in their order."""
    query = select(Distinction).where(Distinction.entry_id == entry_id).order_by(Distinction.position)
    return tuple(session.scalars(query))


def find_entry_id(session: Session, edition: str, number: int, municipality: str) -> int | None:
    """The entry of a municipality (by its address name) in a round, or None."""
    query = (
        select(RoundEntry.id)
        .join(Round, Round.id == RoundEntry.round_id)
        .join(EditionRow, EditionRow.id == Round.edition_id)
        .join(Municipality, Municipality.id == RoundEntry.municipality_id)
        .where(EditionRow.slug == edition, Round.number == number, Municipality.slug == municipality)
    )
    return session.scalar(query)
