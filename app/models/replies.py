"""The municipalities' replies as they come in: notices, drafts, letters with their replies, decisions, meetings.

These are drafts: no public page reads them. What has been handed in or decided is only ever added to.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UtcDateTime, whole_number_on_sqlite
from app.models.evidence import EvidenceFile
from app.models.scores import Text


class Notice(Base):
    """That a municipality was shown its draft, and until when it may answer."""

    __tablename__ = "notices"
    __table_args__ = (CheckConstraint("due_at_utc >= notified_at_utc", name="due_after_notice"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"), unique=True)
    notified_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class ReplyDraft(Base):
    """What an office has written so far about one score; ``version`` is the edit conflict."""

    __tablename__ = "reply_drafts"
    __table_args__ = (
        UniqueConstraint("entry_id", "demand_id"),
        CheckConstraint("stance IS NULL OR stance IN ('agree', 'correction')", name="stance"),
        CheckConstraint("version >= 1", name="version"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"))
    demand_id: Mapped[int] = mapped_column(ForeignKey("demands.id"))
    version: Mapped[int]
    stance: Mapped[str | None] = mapped_column(String(10))
    requested_text: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(LongText, default="")
    evidence_title: Mapped[str] = mapped_column(default="")
    evidence_url: Mapped[str] = mapped_column(LongText, default="")
    file_sha256: Mapped[str | None] = mapped_column(ForeignKey("evidence_files.sha256"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    saved_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[EvidenceFile | None] = relationship(lazy="raise_on_sql")


class Letter(Base):
    """A letter handed in, under a receipt number within its entry; its words, signatory and position are texts."""

    __tablename__ = "letters"
    __table_args__ = (UniqueConstraint("entry_id", "number"), CheckConstraint("number >= 1", name="number"))

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"))
    number: Mapped[int]
    code: Mapped[str] = mapped_column(String(16), unique=True)
    words_sha256: Mapped[str | None] = mapped_column(ForeignKey("texts.sha256"))
    signatory_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    position_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    submitted_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    is_late: Mapped[bool]
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))

    words: Mapped[Text | None] = relationship(foreign_keys=[words_sha256], lazy="raise_on_sql")
    signatory: Mapped[Text] = relationship(foreign_keys=[signatory_sha256], lazy="raise_on_sql")
    position: Mapped[Text] = relationship(foreign_keys=[position_sha256], lazy="raise_on_sql")


class Reply(Base):
    """What a letter says of one score. ``before_revision`` is the revision of the score that the office saw."""

    __tablename__ = "replies"
    __table_args__ = (
        UniqueConstraint("letter_id", "demand_id"),
        CheckConstraint("stance IN ('agree', 'correction')", name="stance"),
        CheckConstraint("requested_tenths IS NULL OR requested_tenths BETWEEN 0 AND 100", name="requested_tenths"),
        whole_number_on_sqlite("requested_tenths"),
        CheckConstraint("requested_tenths IS NULL OR requested_absence IS NULL", name="requested_once"),
        CheckConstraint(
            "requested_absence IS NULL OR requested_absence IN "
            "('not_rated', 'not_applicable', 'refused', 'pending', 'unpublished')",
            name="requested_absence",
        ),
        CheckConstraint(
            "stance = 'correction' OR (requested_tenths IS NULL AND requested_absence IS NULL)",
            name="request_of_correction",
        ),
        CheckConstraint("before_revision >= 1", name="before_revision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    demand_id: Mapped[int] = mapped_column(ForeignKey("demands.id"))
    stance: Mapped[str] = mapped_column(String(10))
    requested_tenths: Mapped[int | None]
    requested_absence: Mapped[str | None] = mapped_column(String(14))
    reason_sha256: Mapped[str | None] = mapped_column(ForeignKey("texts.sha256"))
    before_revision: Mapped[int]
    evidence_title: Mapped[str] = mapped_column(default="")
    evidence_url: Mapped[str] = mapped_column(LongText, default="")

    reason: Mapped[Text | None] = relationship(lazy="raise_on_sql")
    file: Mapped["ReplyFile | None"] = relationship(lazy="raise_on_sql")


class ReplyFile(Base):
    """The file that backs a request; ``words`` say as one text what the manifest proves of it, as of other copies."""

    __tablename__ = "reply_files"

    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"), primary_key=True)
    file_sha256: Mapped[str] = mapped_column(ForeignKey("evidence_files.sha256"))
    words_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))

    kept: Mapped[EvidenceFile] = relationship(lazy="raise_on_sql")
    words: Mapped[Text] = relationship(lazy="raise_on_sql")


class Decision(Base):
    """One revision of the decision on a request; ``after_revision`` is the revision of the score that it added."""

    __tablename__ = "decisions"
    __table_args__ = (
        UniqueConstraint("reply_id", "revision"),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("verdict IN ('kept', 'changed', 'noted')", name="verdict"),
        CheckConstraint("(verdict = 'changed') = (after_revision IS NOT NULL)", name="revision_of_change"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("replies.id"))
    revision: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(7))
    after_revision: Mapped[int | None]
    reason_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    decided_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    reason: Mapped[Text] = relationship(lazy="raise_on_sql")


class Meeting(Base):
    """Whether a municipality came to the round's meeting."""

    __tablename__ = "meetings"

    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"), primary_key=True, autoincrement=False)
    attended: Mapped[bool]
    noted_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
