"""Accounts and the roles granted to them. A person, or the system itself, stands behind every row."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime

SYSTEM_NAME = "system"


class Account(Base):
    """A person who may sign in, or the one account named ``system``."""

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("kind IN ('person', 'system')", name="kind"),
        CheckConstraint("(kind = 'person') = (email IS NOT NULL)", name="email_of_person"),
        UniqueConstraint("email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str]
    email: Mapped[str | None]
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)


class RoleGrant(Base):
    """One role of one account in one edition.

    An office's role names its municipality; an evaluator's the organisation that stands beside her scores in public.
    """

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("role IN ('organiser', 'evaluator', 'reviewer', 'office', 'deputy')", name="role"),
        CheckConstraint("(role = 'office') = (municipality_id IS NOT NULL)", name="municipality_of_office"),
        UniqueConstraint("account_id", "edition_id", "role", "municipality_id", postgresql_nulls_not_distinct=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    role: Mapped[str] = mapped_column(String(10))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    granted_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
