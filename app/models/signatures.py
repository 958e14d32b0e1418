"""Two people stand behind a publication: their signatures, who may sign for whom, and the hour that was set."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Signature(Base):
    """One person's yes to exactly one public difference: ``digest`` is its SHA-256, and any change voids it.

    ``correction_id`` is set where a correction of the round is signed.
    """

    __tablename__ = "signatures"
    __table_args__ = (
        UniqueConstraint("round_id", "digest", "account_id"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction_cases.id"))
    digest: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    signed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class SignatureChange(Base):
    """That a signature was taken back, or given once more to the same difference; the newest row counts."""

    __tablename__ = "signature_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    signature_id: Mapped[int] = mapped_column(ForeignKey("signatures.id"), index=True)
    stands: Mapped[bool]
    changed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class ScheduledPublication(Base):
    """That a round, or a correction of it, is to be sealed at an hour, if it still is what was signed."""

    __tablename__ = "scheduled_publications"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'published', 'cancelled', 'refused')", name="state"),
        CheckConstraint("length(digest) = 64", name="digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    correction_id: Mapped[int | None] = mapped_column(ForeignKey("correction_cases.id"))
    digest: Mapped[str] = mapped_column(String(64))
    publish_at_utc: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    state: Mapped[str] = mapped_column(String(9))
    cause: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    scheduled_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class CorrectionCase(Base):
    """A correction of a published round in the making. It touches no score until it is sealed."""

    __tablename__ = "correction_cases"
    __table_args__ = (CheckConstraint("state IN ('open', 'published', 'dropped')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(String(9))
    version: Mapped[int]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    opened_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class CorrectionItem(Base):
    """The score or absence that a correction would put into one cell, with its published reason."""

    __tablename__ = "correction_items"
    __table_args__ = (
        UniqueConstraint("correction_id", "entry_id", "demand_id"),
        CheckConstraint("value_tenths IS NULL OR value_tenths BETWEEN 0 AND 100", name="value_tenths"),
        CheckConstraint("(value_tenths IS NULL) <> (absence IS NULL)", name="value_or_absence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    correction_id: Mapped[int] = mapped_column(ForeignKey("correction_cases.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"))
    demand_id: Mapped[int] = mapped_column(ForeignKey("demands.id"))
    base_revision: Mapped[int]
    value_tenths: Mapped[int | None]
    absence: Mapped[str | None] = mapped_column(String(14))
    reason: Mapped[str]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    proposed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
