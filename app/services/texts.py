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
    return keep_any_text(session, body, salt) if body else None


def keep_any_text(session: Session, body: str, salt: str) -> str:
    """Store a text, be it empty, and give its checksum. Two equal texts of one record are one row."""
    checksum = text_sha256(salt, body)
    if session.get(Text, checksum) is None:
        session.add(Text(sha256=checksum, salt=salt, body=body))
        session.flush()
    return checksum
