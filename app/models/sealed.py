"""The frozen rows of a publication: every word and figure that its pages show.

Each class mirrors a value of ``app/domain`` column by column, under the same names. The foreign key is checked at
commit, because rows are written first and the publication last: from then on the database refuses any further row.
"""

from datetime import date

from sqlalchemy import CheckConstraint, Index, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Sealed, sort_key_type, whole_number_on_sqlite
from app.models.sealed_acknowledgements import SealedAcknowledgement
from app.models.sealed_clarifications import SealedClarification
from app.models.sealed_replies import SealedAnswer, SealedReply


class SealedEdition(Sealed, Base):
    """The edition and its method as the publication states them."""

    __tablename__ = "sealed_editions"

    slug: Mapped[str]
    kind: Mapped[str]
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


class SealedTheme(Sealed, Base):
    """A theme."""

    __tablename__ = "sealed_themes"

    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    name_es: Mapped[str]
    name_en: Mapped[str]


class SealedDemand(Sealed, Base):
    """A demand with its wording."""

    __tablename__ = "sealed_demands"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    theme: Mapped[str]
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


class SealedSource(Sealed, Base):
    """A source."""

    __tablename__ = "sealed_sources"

    key: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[str]
    publisher: Mapped[str]
    published_on: Mapped[date | None]
    url: Mapped[str]
    note_es: Mapped[str]
    note_en: Mapped[str]


class SealedMunicipality(Sealed, Base):
    """A municipality of the edition."""

    __tablename__ = "sealed_municipalities"
    __table_args__ = (
        CheckConstraint("population IS NULL OR population BETWEEN 1 AND 200000000", name="population"),
        whole_number_on_sqlite("population"),
    )

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(sort_key_type())
    source: Mapped[str]
    aliases: Mapped[str]
    population: Mapped[int | None]
    population_source: Mapped[str]


class SealedMandate(Sealed, Base):
    """A mandate, as known when the edition was sealed."""

    __tablename__ = "sealed_mandates"

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    starts_on: Mapped[date] = mapped_column(primary_key=True)
    mayor: Mapped[str]
    gender: Mapped[str] = mapped_column(String(1))
    party: Mapped[str]
    ends_on: Mapped[date | None]
    source: Mapped[str]
    note_es: Mapped[str]
    note_en: Mapped[str]


class SealedOrganisation(Sealed, Base):
    """An organisation behind the edition."""

    __tablename__ = "sealed_organisations"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(9))
    role_es: Mapped[str]
    role_en: Mapped[str]
    interest_es: Mapped[str]
    interest_en: Mapped[str]
    source: Mapped[str]


class SealedPeriod(Sealed, Base):
    """A round's dates: all rounds of the calendar in an edition's publication, its own one in a round's."""

    __tablename__ = "sealed_periods"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    publication_due_on: Mapped[date | None]
    source_published_on: Mapped[date | None]
    source: Mapped[str]


class SealedEntry(Sealed, Base):
    """A municipality's part in the round, with the mayor who answers for it."""

    __tablename__ = "sealed_entries"
    __table_args__ = (Index(None, "slug", "publication_id"),)

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(sort_key_type())
    mayor: Mapped[str]
    gender: Mapped[str] = mapped_column(String(1))
    party: Mapped[str]
    mandate_starts_on: Mapped[date]


class SealedScore(Sealed, Base):
    """A score or typed absence."""

    __tablename__ = "sealed_scores"
    __table_args__ = (
        CheckConstraint("value_tenths IS NULL OR value_tenths BETWEEN 0 AND 100", name="value_tenths"),
        whole_number_on_sqlite("value_tenths"),
        CheckConstraint("(value_tenths IS NULL) <> (absence IS NULL)", name="value_or_absence"),
    )

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    demand: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
    value_tenths: Mapped[int | None]
    absence: Mapped[str | None] = mapped_column(String(14))
    institution: Mapped[str]
    conflict: Mapped[str]
    source: Mapped[str]


class SealedEvidence(Sealed, Base):
    """A link behind a score; its words are sealed texts."""

    __tablename__ = "sealed_evidence"

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    demand: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    dated_on: Mapped[date]


class SealedFigure(Sealed, Base):
    """A figure as an outside source printed it."""

    __tablename__ = "sealed_figures"

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    printed: Mapped[str]
    source: Mapped[str]


class SealedDistinction(Sealed, Base):
    """Praise or reproach; its words are sealed texts."""

    __tablename__ = "sealed_distinctions"

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(8))


class SealedStanding(Sealed, Base):
    """One row of one ranking. ``exact`` is a fraction in points, written ``25/4``."""

    __tablename__ = "sealed_standings"
    __table_args__ = (Index(None, "publication_id", "scope", "position"),)

    cvegeo: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    rated: Mapped[int]
    applicable: Mapped[int]
    refused: Mapped[int]
    rated_weight: Mapped[int]
    applicable_weight: Mapped[int]
    exact: Mapped[str | None]
    tenths: Mapped[int | None]
    place: Mapped[int | None]
    shared: Mapped[bool]
    unplaced: Mapped[str | None]
    change_tenths: Mapped[int | None]
    change_common: Mapped[int | None]
    change_common_weight: Mapped[int | None]
    previous_place: Mapped[int | None]
    previous_out_of: Mapped[int | None]
    previous_refused: Mapped[int | None]


class SealedText(Sealed, Base):
    """A free text beside the manifest. A withdrawal empties body and salt, nothing else."""

    __tablename__ = "sealed_texts"
    __table_args__ = (CheckConstraint("(body IS NULL) = (salt IS NULL)", name="body_with_salt"),)

    key: Mapped[str] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    salt: Mapped[str | None] = mapped_column(String(32))
    body: Mapped[str | None] = mapped_column(LongText)


SEALED: tuple[type[Base], ...] = (
    SealedEdition,
    SealedTheme,
    SealedDemand,
    SealedSource,
    SealedMunicipality,
    SealedMandate,
    SealedPeriod,
    SealedOrganisation,
    SealedAcknowledgement,
    SealedClarification,
    SealedEntry,
    SealedScore,
    SealedEvidence,
    SealedFigure,
    SealedDistinction,
    SealedReply,
    SealedAnswer,
    SealedStanding,
    SealedText,
)
