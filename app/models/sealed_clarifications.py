"""The frozen rows of what clarifies an edition's wordings, beside those of ``sealed.py``."""

from datetime import date

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Sealed


class SealedClarification(Sealed, Base):
    """What of a sealed wording should read otherwise."""

    __tablename__ = "sealed_clarifications"

    position: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    says_es: Mapped[str] = mapped_column(Text)
    reads_es: Mapped[str] = mapped_column(Text)
    says_en: Mapped[str] = mapped_column(Text)
    reads_en: Mapped[str] = mapped_column(Text)
    dated_on: Mapped[date]
