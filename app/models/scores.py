"""Scores (append-only) with their evidence, distinctions, figures of a source, and the texts they hold.

These are drafts: no public page reads them.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UtcDateTime, whole_number_on_sqlite


class Text(Base):
    """A free text with its salt, keyed by SHA-256(salt + bytes). A withdrawal empties body and salt, nothing else."""

    __tablename__ = "texts"
    __table_args__ = (
        CheckConstraint("length(sha256) = 64", name="sha256"),
        CheckConstraint("(body IS NULL) = (salt IS NULL)", name="body_with_salt"),
    )

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    salt: Mapped[str | None] = mapped_column(String(32))
    body: Mapped[str | None] = mapped_column(LongText)


class Score(Base):
    """One revision of one cell: a value in tenths or a typed absence. Rows are added, never changed."""

    __tablename__ = "scores"
    __table_args__ = (
        UniqueConstraint("entry_id", "demand_id", "revision"),
        CheckConstraint("revision >= 1", name="revision"),
        CheckConstraint("value_tenths IS NULL OR value_tenths BETWEEN 0 AND 100", name="value_tenths"),
        whole_number_on_sqlite("value_tenths"),
        CheckConstraint("(value_tenths IS NULL) <> (absence IS NULL)", name="value_or_absence"),
        CheckConstraint(
            "absence IS NULL OR absence IN ('not_rated', 'not_applicable', 'refused', 'pending', 'unpublished')",
            name="absence",
        ),
        CheckConstraint("absence <> 'not_applicable' OR reason_sha256 IS NOT NULL", name="not_applicable_has_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"))
    demand_id: Mapped[int] = mapped_column(ForeignKey("demands.id"))
    revision: Mapped[int]
    value_tenths: Mapped[int | None]
    absence: Mapped[str | None] = mapped_column(String(14))
    reason_sha256: Mapped[str | None] = mapped_column(ForeignKey("texts.sha256"))
    institution: Mapped[str] = mapped_column(default="")
    conflict: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    recorded_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    reason: Mapped[Text | None] = relationship(lazy="raise_on_sql")


class Evidence(Base):
    """A dated link behind one revision of a score."""

    __tablename__ = "evidence"
    __table_args__ = (UniqueConstraint("score_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    score_id: Mapped[int] = mapped_column(ForeignKey("scores.id"))
    position: Mapped[int]
    title_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    url_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    dated_on: Mapped[date]

    title: Mapped[Text] = relationship(foreign_keys=[title_sha256], lazy="raise_on_sql")
    url: Mapped[Text] = relationship(foreign_keys=[url_sha256], lazy="raise_on_sql")


class Distinction(Base):
    """Praise or reproach to a mayor in a round."""

    __tablename__ = "distinctions"
    __table_args__ = (
        UniqueConstraint("entry_id", "position"),
        CheckConstraint("kind IN ('praise', 'reproach')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    text_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    signatory_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    recorded_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    text: Mapped[Text] = relationship(foreign_keys=[text_sha256], lazy="raise_on_sql")
    signatory: Mapped[Text] = relationship(foreign_keys=[signatory_sha256], lazy="raise_on_sql")


class PublishedFigure(Base):
    """A figure as an outside source printed it."""

    __tablename__ = "published_figures"
    __table_args__ = (UniqueConstraint("entry_id", "scope"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("round_entries.id"))
    scope: Mapped[str]
    printed: Mapped[str]
    source: Mapped[str]
