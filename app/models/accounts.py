"""Accounts and the roles granted to them. A person, or the system itself, stands behind every row."""

from datetime import datetime
from uuid import uuid4

from flask_security import AsaList, UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime

SYSTEM_NAME = "system"


def new_uniquifier() -> str:
    """Who a session or a link belongs to, until the next change of password."""
    return uuid4().hex


class Account(Base, UserMixin):
    """A person who may sign in, or the one account named ``system``.

    Without a password the person has not taken up the invitation yet. The columns that Flask-Security reads and writes
    bear its names: ``fs_uniquifier`` is who a session or a link belongs to, and changes with the password;
    ``tf_counter`` is ours, the half minute of the last code, which opens nothing again.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        CheckConstraint("kind IN ('person', 'system')", name="kind"),
        CheckConstraint("(kind = 'person') = (email IS NOT NULL)", name="email_of_person"),
        UniqueConstraint("email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str]
    email: Mapped[str | None]  # type: ignore[assignment]  # the system has none
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(2), default="es", server_default="es")
    fs_uniquifier: Mapped[str | None] = mapped_column(String(64), unique=True, index=True, default=new_uniquifier)  # type: ignore[assignment]
    password: Mapped[str | None]
    tf_primary_method: Mapped[str | None] = mapped_column(String(20))
    tf_totp_secret: Mapped[str | None]
    tf_counter: Mapped[int] = mapped_column(default=0, server_default="0")
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    closed_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_signed_in_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_demonstration: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def active(self) -> bool:  # type: ignore[override]
        """Whether the account is open: what Flask-Security asks before it lets anybody in."""
        return self.closed_at_utc is None


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
