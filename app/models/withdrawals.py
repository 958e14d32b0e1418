"""The withdrawal of a published text in the making: one person asks for it, another confirms."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class WithdrawalCase(Base):
    """That the texts of one sealed record (``score/19006/3/1``) should go, with the cause that will be published."""

    __tablename__ = "withdrawal_cases"
    __table_args__ = (CheckConstraint("state IN ('open', 'done', 'dropped')", name="state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    round_number: Mapped[int]
    key: Mapped[str]
    cause_es: Mapped[str]
    state: Mapped[str] = mapped_column(String(7))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    opened_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    closed_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
