"""Mayors in office."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base
from app.models.places import Municipality

# One range folds municipality and days together, so that plain GiST serves and no extension is needed. Day numbers stay
# below ten million up to the year 9999.
MUNICIPALITY_DAYS = (
    "int8range(municipality_id * 10000000::bigint + (starts_on - DATE '0001-01-01'),"
    " municipality_id * 10000000::bigint + coalesce(ends_on - DATE '0001-01-01', 9999999))"
)


class Mandate(Base):
    """A mayor in office over half-open dates; no end means still in office.

    Mandates of one municipality never overlap: an exclusion constraint on PostgreSQL, triggers on SQLite, both
    installed by the migration.
    """

    __tablename__ = "mandates"
    __table_args__ = (
        CheckConstraint("gender IN ('f', 'm')", name="gender"),
        CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="dates"),
        UniqueConstraint("municipality_id", "starts_on"),
        ExcludeConstraint((text(MUNICIPALITY_DAYS), "&&"), using="gist", name="ex_mandates_overlap").ddl_if(
            dialect="postgresql"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    mayor: Mapped[str]
    gender: Mapped[str] = mapped_column(String(1))
    party: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(default="")
    note_es: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")

    municipality: Mapped[Municipality] = relationship(lazy="raise_on_sql")
