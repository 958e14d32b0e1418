"""Reading what the municipalities said of an edition's rules. Staff only, until the rules are sealed."""

from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.domain.acknowledgements import (
    AcknowledgementKind,
    NewAcknowledgement,
    Note,
    PublishedAcknowledgement,
    acknowledgement_text_key,
)
from app.domain.publications import SealedText
from app.models import scores
from app.models.acknowledgements import Acknowledgement
from app.models.editions import Edition, EditionMunicipality
from app.models.places import Municipality
from app.queries.liaisons import count_liaisons


def list_notes(session: Session, slug: str) -> tuple[Note, ...]:
    """Every municipality of an edition by name with what it last said of the rules. Four statements."""
    edition = session.scalar(select(Edition).where(Edition.slug == slug))
    if edition is None:
        return ()
    newest = {place.id: row for place, row in list_acknowledgements(session, edition.id)}
    liaisons = count_liaisons(session, edition.id)
    places = session.scalars(
        select(Municipality)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
        .where(EditionMunicipality.edition_id == edition.id)
        .order_by(Municipality.sort_key, Municipality.cvegeo)
    )
    return tuple(_note(place, liaisons.get(place.id, 0), newest.get(place.id)) for place in places)


def list_acknowledgements(session: Session, edition_id: int) -> tuple[tuple[Municipality, Acknowledgement], ...]:
    """The newest row of each municipality that said something, in the order of the INEGI codes."""
    query = (
        select(Municipality, Acknowledgement)
        .join(Acknowledgement, Acknowledgement.municipality_id == Municipality.id)
        .where(Acknowledgement.edition_id == edition_id)
        .options(
            joinedload(Acknowledgement.words),
            joinedload(Acknowledgement.signatory),
            joinedload(Acknowledgement.position),
        )
        .order_by(Municipality.cvegeo, Acknowledgement.id)
    )
    return tuple({place.id: (place, row) for place, row in session.execute(query)}.values())


def _note(place: Municipality, liaisons: int, row: Acknowledgement | None) -> Note:
    if row is None:
        return Note(place.cvegeo, place.slug, place.name, liaisons)
    words = (row.words.body or "–") if row.words else ""
    said = NewAcknowledgement(AcknowledgementKind(row.kind), words, row.signatory.body or "–", row.position.body or "–")
    return Note(place.cvegeo, place.slug, place.name, liaisons, said, row.acknowledged_at_utc)


def find_note(session: Session, slug: str, municipality: str) -> Note | None:
    """What one municipality of an edition last said of the rules, or None where it is not in the edition."""
    return next((note for note in list_notes(session, slug) if note.slug == municipality), None)


def published_of(
    rows: tuple[tuple[Municipality, Acknowledgement], ...], zone: str
) -> tuple[tuple[PublishedAcknowledgement, ...], tuple[SealedText, ...]]:
    """What an edition's publication seals of it, and the texts."""
    said, texts = [], []
    for place, row in rows:
        day = row.acknowledged_at_utc.astimezone(ZoneInfo(zone)).date()
        said.append(PublishedAcknowledgement(place.cvegeo, AcknowledgementKind(row.kind), day))
        key = acknowledgement_text_key(place.cvegeo)
        named = {"words": row.words, "signatory": row.signatory, "position": row.position}
        texts += [_text(key, field, text) for field, text in named.items() if text is not None]
    return tuple(said), tuple(texts)


def _text(key: str, field: str, row: scores.Text) -> SealedText:
    return SealedText(key, field, row.sha256, row.salt, row.body)
