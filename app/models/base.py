"""The declarative base: constraint names that every database agrees on, and the column types shared by all tables."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Dialect, ForeignKey, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """All tables of the site."""

    metadata = MetaData(naming_convention=NAMING)


class Sealed:
    """What all frozen rows have in common: the publication they belong to."""

    publication_id: Mapped[int] = mapped_column(
        ForeignKey("publications.id", deferrable=True, initially="DEFERRED"), primary_key=True
    )


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC time; naive values are refused. SQLite stores it naive, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Store in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive time has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002
        """Give back an aware UTC time."""
        if value is None:
            return None
        stored: datetime = value
        return stored.astimezone(UTC) if stored.tzinfo else stored.replace(tzinfo=UTC)


def sort_key_type() -> String:
    """A column of Spanish sort keys: ordered by code point on every database."""
    return String().with_variant(String(collation="C"), "postgresql")


def whole_number_on_sqlite(column: str) -> CheckConstraint:
    """Refuse a fraction: SQLite keeps 7.5 in an INTEGER column, and only typeof() sees it. PostgreSQL has types."""
    check = CheckConstraint(f"{column} IS NULL OR typeof({column}) = 'integer'", name=f"{column}_whole")
    return check.ddl_if(dialect="sqlite")
