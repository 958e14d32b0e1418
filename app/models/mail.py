"""Mail that waits to be sent, written in the same transaction as the act that it tells of."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class OutboxMail(Base):
    """One mail. Its ``message_id`` is fixed, so that a mail sent twice is recognised; its body goes once it is sent.

    A ``new_password`` mail has no body yet: whether the address belongs to anybody is asked when it is sent, so that
    who asks for a new password learns nothing, not even by the clock.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("kind IN ('letter', 'new_password')", name="kind"),
        Index("ix_outbox_due_at_utc", "due_at_utc"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(100), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    to_address: Mapped[str]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str]
    body: Mapped[str | None] = mapped_column(Text)
    created_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sent_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)
    tries: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
