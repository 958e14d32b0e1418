"""The files behind scores: kept once under their SHA-256, outside the web root."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UtcDateTime
from app.models.scores import Text


class EvidenceFile(Base):
    """A file handed in as evidence, kept under its SHA-256 outside the web root; never changed."""

    __tablename__ = "evidence_files"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("bytes > 0", name="bytes"),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str]
    bytes: Mapped[int]
    stored_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class EvidenceCopy(Base):
    """The file that keeps what an evidence's link showed, or is the evidence itself.

    ``words`` say as one text what the manifest proves of the file: ``<sha256> <media type> <name>``.
    """

    __tablename__ = "evidence_copies"

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), primary_key=True)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("evidence_files.sha256"))
    words_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))

    words: Mapped[Text] = relationship(lazy="raise_on_sql")


class EvidenceDraft(Base):
    """An evidence that one evaluator laid beside a cell before there is a score to belong to."""

    __tablename__ = "evidence_drafts"
    __table_args__ = (Index(None, "entry_id", "demand_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"))
    demand_id: Mapped[int] = mapped_column(ForeignKey("demands.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    title: Mapped[str] = mapped_column(LongText)
    url: Mapped[str] = mapped_column(LongText, default="")
    dated_on: Mapped[date]
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("evidence_files.sha256"))
    added_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
