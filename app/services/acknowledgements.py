"""A municipality acknowledges an edition's rules or objects to them, before they are sealed."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.acknowledgements import NewAcknowledgement
from app.domain.edits import EditionSealed, RowUnknown
from app.domain.permissions import Actor, Permission, require
from app.models.acknowledgements import Acknowledgement
from app.queries.acknowledgements import find_note
from app.queries.edits import find_municipality
from app.queries.locks import lock_edition
from app.queries.publications import list_publications
from app.services.audit import record_event
from app.services.texts import keep_any_text, keep_text, new_salt


def acknowledge(
    session: Session, actor: Actor, *, edition: str, municipality: str, new: NewAcknowledgement, now_utc: datetime
) -> bool:
    """Record what a municipality says of the rules; the newest counts. False where it says the same already.

    Raise EditionSealed once the rules are sealed: what was said by then is published with them.
    """
    require(actor, Permission.ANSWER, edition, municipality)
    row = lock_edition(session, edition)
    note = find_note(session, edition, municipality)
    place = find_municipality(session, note.cvegeo) if note else None
    if row is None or note is None or place is None:
        raise RowUnknown(table="municipalities")
    if list_publications(session, edition):
        raise EditionSealed(edition=edition)
    if note.said == new:
        return False
    said = {"kind": new.kind.value, "words": new.words, "signatory": new.signatory, "position": new.position}
    salt = new_salt()
    session.add(
        Acknowledgement(
            edition_id=row.id,
            municipality_id=place.id,
            kind=new.kind.value,
            words_sha256=keep_text(session, new.words, salt),
            signatory_sha256=keep_any_text(session, new.signatory, salt),
            position_sha256=keep_any_text(session, new.position, salt),
            account_id=actor.account_id,
            acknowledged_at_utc=now_utc,
        )
    )
    record_event(
        session, actor, action="rules.acknowledged", subject=f"{edition}/{municipality}", at_utc=now_utc, after=said
    )
    return True
