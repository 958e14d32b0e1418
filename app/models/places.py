"""Municipalities: places, keyed by their INEGI code."""

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, sort_key_type


class Municipality(Base):
    """A place. CVEGEO is text: five digits, a leading zero counts."""

    __tablename__ = "municipalities"
    __table_args__ = (CheckConstraint("length(cvegeo) = 5 AND ltrim(cvegeo, '0123456789') = ''", name="cvegeo"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cvegeo: Mapped[str] = mapped_column(unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(sort_key_type())
