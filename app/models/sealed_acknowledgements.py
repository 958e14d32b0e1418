"""The frozen rows of what the municipalities said of an edition's rules, beside those of ``sealed.py``."""

from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Sealed


class SealedAcknowledgement(Sealed, Base):
    """That a municipality took note of the rules or objected; its words are sealed texts."""

    __tablename__ = "sealed_acknowledgements"

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    acknowledged_on: Mapped[date]
