"""The way of a cell: what an evaluator typed, what she handed in, and what was said of it. It all stays inside."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class CellDraft(Base):
    """What one evaluator typed into a cell and what is not, or not yet, a score: as typed, whether valid or not.

    ``base_revision`` is the revision that she had before her; a newer one means that somebody else was there.
    """

    __tablename__ = "cell_drafts"
    __table_args__ = (UniqueConstraint("entry_id", "demand_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"))
    demand_id: Mapped[int] = mapped_column(ForeignKey("demands.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    base_revision: Mapped[int] = mapped_column(default=0)
    score_text: Mapped[str] = mapped_column(Text, default="")
    absence: Mapped[str] = mapped_column(String(14), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")
    reply: Mapped[str] = mapped_column(Text, default="", server_default="")
    saved_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class ScoreNote(Base):
    """The private note to one revision of a score. No public code reads this table."""

    __tablename__ = "score_notes"

    score_id: Mapped[int] = mapped_column(ForeignKey("scores.id"), primary_key=True)
    body: Mapped[str] = mapped_column(Text)


class Submission(Base):
    """That a revision of a score was handed in for review."""

    __tablename__ = "submissions"

    score_id: Mapped[int] = mapped_column(ForeignKey("scores.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    submitted_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class Review(Base):
    """One line in the thread of a cell: approved, returned, or a comment (of reviewer or evaluator)."""

    __tablename__ = "reviews"
    __table_args__ = (CheckConstraint("kind IN ('approve', 'return', 'comment')", name="kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    score_id: Mapped[int] = mapped_column(ForeignKey("scores.id"), index=True)
    kind: Mapped[str] = mapped_column(String(7))
    words: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
