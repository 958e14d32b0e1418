"""The frozen rows of the municipalities' replies, beside those of ``sealed.py``."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Sealed


class SealedReply(Sealed, Base):
    """The reply in force to one score and the decision on it. Ratings are written as in the manifest."""

    __tablename__ = "sealed_replies"

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    demand: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    letter: Mapped[int]
    stance: Mapped[str] = mapped_column(String(10))
    submitted_on: Mapped[date]
    before: Mapped[str] = mapped_column(String(14))
    requested: Mapped[str | None] = mapped_column(String(14))
    verdict: Mapped[str | None] = mapped_column(String(7))
    after: Mapped[str | None] = mapped_column(String(14))
    place_before: Mapped[int | None]
    place_after: Mapped[int | None]


class SealedAnswer(Sealed, Base):
    """Whether a municipality answered in the round."""

    __tablename__ = "sealed_answers"

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(12))
    notified_on: Mapped[date | None]
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    attended: Mapped[bool | None]
