"""Publications: the chain, each with its manifest, and the withdrawals of texts.

The rows that a publication seals stand in ``sealed.py``. Nothing here is ever updated or deleted.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, UtcDateTime


class Publication(Base):
    """One link of an edition's chain.

    ``sequence`` orders the chain; ``number`` is the address within the round (``round_number`` 0: the edition's own).
    The id is given by the sealing transaction, because the rows come first and the publication last.
    """

    __tablename__ = "publications"
    __table_args__ = (
        UniqueConstraint("edition_slug", "sequence"),
        UniqueConstraint("edition_slug", "round_number", "number"),
        CheckConstraint("kind IN ('edition', 'round', 'correction')", name="kind"),
        CheckConstraint("(kind = 'edition') = (round_number = 0)", name="round_of_kind"),
        CheckConstraint("kind <> 'round' OR number = 1", name="first_of_round"),
        CheckConstraint("kind <> 'correction' OR number > 1", name="correction_is_later"),
        CheckConstraint("sequence >= 1 AND round_number >= 0 AND number >= 1", name="counts"),
        CheckConstraint("length(sha256) = 64 AND length(previous_sha256) = 64", name="checksums"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    edition_slug: Mapped[str]
    sequence: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    round_number: Mapped[int]
    number: Mapped[int]
    sealed_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    previous_sha256: Mapped[str] = mapped_column(String(64))
    edition_sha256: Mapped[str] = mapped_column(String(64), default="")
    compared_with_sha256: Mapped[str] = mapped_column(String(64), default="")
    rules: Mapped[int]
    manifest: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))


class Withdrawal(Base):
    """The withdrawal of one text for legal reasons: what it was (by checksum), why, and when."""

    __tablename__ = "withdrawals"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_slug: Mapped[str]
    round_number: Mapped[int]
    key: Mapped[str]
    field: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    cause_es: Mapped[str]
    withdrawn_at_utc: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
