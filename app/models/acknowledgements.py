"""What the municipalities said of an edition's rules before its first rating."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models import scores
from app.models.base import Base, UtcDateTime


class Acknowledgement(Base):
    """A municipality takes note of the rules or objects to them; the newest of a municipality counts. Published."""

    __tablename__ = "acknowledgements"
    __table_args__ = (
        CheckConstraint("kind IN ('accept', 'object')", name="kind"),
        CheckConstraint("kind = 'accept' OR words_sha256 IS NOT NULL", name="objection_has_words"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    kind: Mapped[str] = mapped_column(String(6))
    words_sha256: Mapped[str | None] = mapped_column(ForeignKey("texts.sha256"))
    signatory_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    position_sha256: Mapped[str] = mapped_column(ForeignKey("texts.sha256"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    acknowledged_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)

    words: Mapped[scores.Text | None] = relationship(foreign_keys=[words_sha256], lazy="raise_on_sql")
    signatory: Mapped[scores.Text] = relationship(foreign_keys=[signatory_sha256], lazy="raise_on_sql")
    position: Mapped[scores.Text] = relationship(foreign_keys=[position_sha256], lazy="raise_on_sql")
