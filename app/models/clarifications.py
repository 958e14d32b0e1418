"""Clarifications of an edition's sealed wordings: those proposed, and those that a publication sealed or will seal."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class ClarificationCase(Base):
    """A proposal: one person writes it, another confirms it or somebody drops it. Staff only."""

    __tablename__ = "clarification_cases"
    __table_args__ = (CheckConstraint("state IN ('open', 'done', 'dropped')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    subject: Mapped[str]
    says_es: Mapped[str] = mapped_column(Text, default="")
    reads_es: Mapped[str] = mapped_column(Text, default="")
    says_en: Mapped[str] = mapped_column(Text, default="")
    reads_en: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(7))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    opened_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    closed_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Clarification(Base):
    """A confirmed clarification: every sealing of the edition from that moment on takes it in. Only ever added."""

    __tablename__ = "clarifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    position: Mapped[int]
    subject: Mapped[str]
    says_es: Mapped[str] = mapped_column(Text, default="")
    reads_es: Mapped[str] = mapped_column(Text, default="")
    says_en: Mapped[str] = mapped_column(Text, default="")
    reads_en: Mapped[str] = mapped_column(Text, default="")
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    recorded_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
