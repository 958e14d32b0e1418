"""Who rates whom on what, and who may not."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Assignment(Base):
    """An evaluator rates one municipality on the demands of one theme.

    ``conflict_es`` is the interest that she declares and that is published beside her scores, without her name.
    """

    __tablename__ = "assignments"
    __table_args__ = (UniqueConstraint("account_id", "municipality_id", "theme_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    conflict_es: Mapped[str] = mapped_column(Text, default="")
    assigned_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    assigned_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class Bar(Base):
    """That an account may not rate or review a municipality in an edition, and why."""

    __tablename__ = "bars"
    __table_args__ = (UniqueConstraint("account_id", "edition_id", "municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    reason: Mapped[str] = mapped_column(Text)
    recorded_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
