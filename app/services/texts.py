"""Keeping free texts under their salted checksum."""

import secrets

from sqlalchemy.orm import Session

from app.domain.publications import text_sha256
from app.models.scores import Text


def new_salt() -> str:
    """A salt for the texts of one record, which are published and withdrawn together: 32 hex digits."""
    return secrets.token_hex(16)


def keep_text(session: Session, body: str, salt: str) -> str | None:
    """Store a text and give its checksum; an empty text is none."""
    if not body:
        return None
    checksum = text_sha256(salt, body)
    session.add(Text(sha256=checksum, salt=salt, body=body))
    session.flush()
    return checksum
