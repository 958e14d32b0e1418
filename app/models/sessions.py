"""Who is signed in from where, what an expired session left unsaved, and how often somebody tried."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class StaffSession(Base):
    """One signed-in browser. The browser holds a random key; here stands only its SHA-256.

    ``password`` is a session that still waits for the second factor; ``full`` opens the staff's rooms. ``values`` are
    what Flask-Security keeps in a session, as JSON; they never leave the server.
    """

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("kind IN ('password', 'full')", name="kind"),
        CheckConstraint("(ended_at_utc IS NULL) = (end_reason = '')", name="reason_of_end"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    has_second_factor: Mapped[bool]
    values: Mapped[str] = mapped_column(Text)
    browser: Mapped[str]
    idle_minutes: Mapped[int]
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    end_reason: Mapped[str] = mapped_column(String(20), default="")


class ParkedForm(Base):
    """What somebody had typed when her session expired: JSON pairs of field and text, and where they were sent."""

    __tablename__ = "parked_forms"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    path: Mapped[str]
    fields: Mapped[str] = mapped_column(Text)
    parked_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class KnownBrowser(Base):
    """A browser from which an account has signed in before: strangers' failures do not keep it out."""

    __tablename__ = "known_browsers"
    __table_args__ = (UniqueConstraint("account_id", "key_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    key_sha256: Mapped[str] = mapped_column(String(64))
    seen_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class Attempt(Base):
    """How often something was tried since the window began. The key is a SHA-256: no address, no e-mail."""

    __tablename__ = "attempts"

    key_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    began_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    count: Mapped[int]
