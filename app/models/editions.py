"""Editions with their method, themes, demands, municipalities, sources, rounds and round entries."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, UtcDateTime, whole_number_on_sqlite
from app.models.mandates import Mandate
from app.models.places import Municipality


class Edition(Base):
    """One programme for one term, with the columns of its method."""

    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("kind IN ('real', 'demonstration')", name="kind"),
        CheckConstraint("ends_on > starts_on", name="dates"),
        CheckConstraint("minimum_coverage_percent BETWEEN 0 AND 100", name="minimum_coverage"),
        CheckConstraint("minimum_theme_coverage_percent BETWEEN 0 AND 100", name="minimum_theme_coverage"),
        CheckConstraint("jump_limit_tenths BETWEEN 0 AND 100", name="jump_limit"),
        CheckConstraint("refused_counts_as_tenths IS NULL OR refused_counts_as_tenths = 0", name="refusing_never_pays"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(13))
    name_es: Mapped[str]
    name_en: Mapped[str]
    place_es: Mapped[str]
    place_en: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    zone: Mapped[str]
    demand_word_es: Mapped[str]
    demand_words_es: Mapped[str]
    demand_word_en: Mapped[str]
    demand_words_en: Mapped[str]
    about_es: Mapped[str]
    about_en: Mapped[str]
    overall_note_es: Mapped[str]
    overall_note_en: Mapped[str]
    overall: Mapped[bool]
    minimum_coverage_percent: Mapped[int]
    minimum_theme_coverage_percent: Mapped[int]
    jump_limit_tenths: Mapped[int]
    refused_counts_as_tenths: Mapped[int | None]
    second_factor_for_all: Mapped[bool] = mapped_column(default=False, server_default=false())


class Source(Base):
    """Where a fact of an edition was printed."""

    __tablename__ = "sources"
    __table_args__ = (UniqueConstraint("edition_id", "key"), UniqueConstraint("edition_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    key: Mapped[str]
    position: Mapped[int]
    title: Mapped[str]
    publisher: Mapped[str]
    published_on: Mapped[date | None]
    url: Mapped[str]
    note_es: Mapped[str]
    note_en: Mapped[str]


class Theme(Base):
    """A group of demands."""

    __tablename__ = "themes"
    __table_args__ = (UniqueConstraint("edition_id", "key"), UniqueConstraint("edition_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    key: Mapped[str]
    position: Mapped[int]
    name_es: Mapped[str]
    name_en: Mapped[str]


class Demand(Base):
    """One of the ten, with its weight in the method and its wording."""

    __tablename__ = "demands"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("weight >= 1", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    theme_id: Mapped[int] = mapped_column(ForeignKey("themes.id"))
    number: Mapped[int]
    weight: Mapped[int]
    name_es: Mapped[str]
    name_en: Mapped[str]
    criterion_es: Mapped[str]
    criterion_en: Mapped[str]
    measure_es: Mapped[str]
    measure_en: Mapped[str]
    anchor_0_es: Mapped[str]
    anchor_0_en: Mapped[str]
    anchor_5_es: Mapped[str]
    anchor_5_en: Mapped[str]
    anchor_10_es: Mapped[str]
    anchor_10_en: Mapped[str]
    source: Mapped[str]
    criterion_source: Mapped[str]

    theme: Mapped[Theme] = relationship(lazy="raise_on_sql")


class EditionMunicipality(Base):
    """That a municipality takes part in an edition, with what the edition says of it and the sources."""

    __tablename__ = "edition_municipalities"
    __table_args__ = (
        CheckConstraint("population IS NULL OR population BETWEEN 1 AND 200000000", name="population"),
        whole_number_on_sqlite("population"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), primary_key=True)
    source: Mapped[str] = mapped_column(default="")
    aliases: Mapped[str] = mapped_column(default="")
    population: Mapped[int | None]
    population_source: Mapped[str] = mapped_column(default="")

    municipality: Mapped[Municipality] = relationship(lazy="raise_on_sql")


class Organisation(Base):
    """Who convenes an edition, evaluates or pays, with the interests that it declares."""

    __tablename__ = "organisations"
    __table_args__ = (
        UniqueConstraint("edition_id", "key"),
        CheckConstraint("kind IN ('convener', 'evaluator', 'donor')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    key: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(9))
    role_es: Mapped[str]
    role_en: Mapped[str]
    interest_es: Mapped[str]
    interest_en: Mapped[str]
    source: Mapped[str]


class Round(Base):
    """A bimonthly evaluation; both dates inclusive."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint(
            "stage IN ('planned', 'rating', 'review', 'reply', 'decision', 'published')",
            name="stage",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    publication_due_on: Mapped[date | None]
    source_published_on: Mapped[date | None]
    source: Mapped[str]
    stage: Mapped[str] = mapped_column(String(10))
    reply_due_at_utc: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RoundEntry(Base):
    """One municipality's part in a round, and the mandate that answers for it."""

    __tablename__ = "round_entries"
    __table_args__ = (UniqueConstraint("round_id", "municipality_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"))
    mandate_id: Mapped[int] = mapped_column(ForeignKey("mandates.id"))

    municipality: Mapped[Municipality] = relationship(lazy="raise_on_sql")
    mandate: Mapped[Mandate] = relationship(lazy="raise_on_sql")
