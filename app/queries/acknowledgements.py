"""Reading what the municipalities said of an edition's rules. Staff only, until the rules are sealed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.acknowledgements import AcknowledgementKind, NewAcknowledgement, Note
from app.models.acknowledgements import Acknowledgement
from app.models.editions import EditionMunicipality
from app.models.places import Municipality
from app.queries.drafts import find_edition
from app.queries.rounds import count_liaisons


def list_notes(session: Session, slug: str) -> tuple[Note, ...]:
    """Every municipality of an edition by name with what it last said of the rules. Four statements."""
    edition = find_edition(session, slug)
    if edition is None:
        return ()
    newest = {
        row.municipality_id: row
        for row in session.scalars(
            select(Acknowledgement).where(Acknowledgement.edition_id == edition.id).order_by(Acknowledgement.id)
        )
    }
    liaisons = count_liaisons(session, edition.id)
    places = session.scalars(
        select(Municipality)
        .join(EditionMunicipality, EditionMunicipality.municipality_id == Municipality.id)
        .where(EditionMunicipality.edition_id == edition.id)
        .order_by(Municipality.sort_key, Municipality.cvegeo)
    )
    return tuple(_note(place, liaisons.get(place.id, 0), newest.get(place.id)) for place in places)


def _note(place: Municipality, liaisons: int, row: Acknowledgement | None) -> Note:
    if row is None:
        return Note(place.cvegeo, place.slug, place.name, liaisons)
    said = NewAcknowledgement(AcknowledgementKind(row.kind), row.words, row.signatory, row.position)
    return Note(place.cvegeo, place.slug, place.name, liaisons, said, row.acknowledged_at_utc)


def find_note(session: Session, slug: str, municipality: str) -> Note | None:
    """What one municipality of an edition last said of the rules, or None where it is not in the edition."""
    return next((note for note in list_notes(session, slug) if note.slug == municipality), None)
