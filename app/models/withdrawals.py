"""The withdrawal of a published text in the making, and the rows whose words went with one."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
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


class Erasure(Base):
    """That the words of one row which is only ever added go with a withdrawal: the guards let just that row be emptied.

    ``row_id`` is the row's own key in ``table_name``; which columns may be emptied is said in ``guards.py``.
    """

    __tablename__ = "erasures"
    __table_args__ = (UniqueConstraint("table_name", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    withdrawal_id: Mapped[int] = mapped_column(ForeignKey("withdrawals.id"))
    table_name: Mapped[str] = mapped_column(String(20))
    row_id: Mapped[int]
    erased_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
