"""What the municipalities said of an edition's rules, as one of its own publications sealed it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import publications as d
from app.domain.acknowledgements import AcknowledgementKind, SealedNote, acknowledgement_text_key
from app.domain.texts import Text
from app.models.publications import Publication
from app.models.sealed import SealedMunicipality, SealedText
from app.models.sealed_acknowledgements import SealedAcknowledgement
from app.queries.publications import list_withdrawn, text_shown
from app.queries.rows import value_of


def list_sealed_notes(session: Session, slug: str, number: int) -> tuple[SealedNote, ...]:
    """Every municipality that said something of the rules of that publication, by name. Three statements."""
    own = select(Publication.id).where(
        Publication.edition_slug == slug, Publication.round_number == 0, Publication.number == number
    )
    publication_id = own.scalar_subquery()
    query = (
        select(SealedMunicipality.name, SealedAcknowledgement)
        .join(
            SealedMunicipality,
            (SealedMunicipality.publication_id == SealedAcknowledgement.publication_id)
            & (SealedMunicipality.cvegeo == SealedAcknowledgement.cvegeo),
        )
        .where(SealedAcknowledgement.publication_id == publication_id)
        .order_by(SealedMunicipality.sort_key, SealedMunicipality.cvegeo)
    )
    rows = session.execute(query).all()
    withdrawn = list_withdrawn(session, slug)
    texts = {
        (row.key, row.field): text_shown(value_of(d.SealedText, row), withdrawn)
        for row in session.scalars(select(SealedText).where(SealedText.publication_id == publication_id))
    }
    nothing = Text(None)
    return tuple(
        SealedNote(
            name=name,
            kind=AcknowledgementKind(row.kind),
            acknowledged_on=row.acknowledged_on,
            words=texts.get((acknowledgement_text_key(row.cvegeo), "words")),
            signatory=texts.get((acknowledgement_text_key(row.cvegeo), "signatory"), nothing),
            position=texts.get((acknowledgement_text_key(row.cvegeo), "position"), nothing),
        )
        for name, row in rows
    )
