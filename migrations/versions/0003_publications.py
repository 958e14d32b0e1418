"""Publications, their frozen rows, withdrawals, and the triggers that freeze them."""

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edition_slug", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("previous_sha256", sa.String(length=64), nullable=False),
        sa.Column("edition_sha256", sa.String(length=64), nullable=False),
        sa.Column("compared_with_sha256", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'edition') = (round_number = 0)", name=op.f("ck_publications_round_of_kind")),
        sa.CheckConstraint("kind <> 'correction' OR number > 1", name=op.f("ck_publications_correction_is_later")),
        sa.CheckConstraint("kind <> 'round' OR number = 1", name=op.f("ck_publications_first_of_round")),
        sa.CheckConstraint("kind IN ('edition', 'round', 'correction')", name=op.f("ck_publications_kind")),
        sa.CheckConstraint(
            "length(sha256) = 64 AND length(previous_sha256) = 64", name=op.f("ck_publications_checksums")
        ),
        sa.CheckConstraint("sequence >= 1 AND round_number >= 0 AND number >= 1", name=op.f("ck_publications_counts")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_publications_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
        sa.UniqueConstraint(
            "edition_slug", "round_number", "number", name="uq_publications_edition_slug_round_number_number"
        ),
        sa.UniqueConstraint("edition_slug", "sequence", name="uq_publications_edition_slug_sequence"),
        sa.UniqueConstraint("sha256", name="uq_publications_sha256"),
    )
    op.create_table(
        "withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_slug", sa.String(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("cause_es", sa.String(), nullable=False),
        sa.Column("withdrawn_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_withdrawals_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_withdrawals"),
        sa.UniqueConstraint("sha256", name="uq_withdrawals_sha256"),
    )
    op.create_table(
        "sealed_demands",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("criterion_es", sa.String(), nullable=False),
        sa.Column("criterion_en", sa.String(), nullable=False),
        sa.Column("measure_es", sa.String(), nullable=False),
        sa.Column("measure_en", sa.String(), nullable=False),
        sa.Column("anchor_0_es", sa.String(), nullable=False),
        sa.Column("anchor_0_en", sa.String(), nullable=False),
        sa.Column("anchor_5_es", sa.String(), nullable=False),
        sa.Column("anchor_5_en", sa.String(), nullable=False),
        sa.Column("anchor_10_es", sa.String(), nullable=False),
        sa.Column("anchor_10_en", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("criterion_source", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_demands_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", "publication_id", name="pk_sealed_demands"),
    )
    op.create_table(
        "sealed_distinctions",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_distinctions_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "position", "publication_id", name="pk_sealed_distinctions"),
    )
    op.create_table(
        "sealed_editions",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("place_es", sa.String(), nullable=False),
        sa.Column("place_en", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("demand_word_es", sa.String(), nullable=False),
        sa.Column("demand_words_es", sa.String(), nullable=False),
        sa.Column("demand_word_en", sa.String(), nullable=False),
        sa.Column("demand_words_en", sa.String(), nullable=False),
        sa.Column("about_es", sa.String(), nullable=False),
        sa.Column("about_en", sa.String(), nullable=False),
        sa.Column("overall_note_es", sa.String(), nullable=False),
        sa.Column("overall_note_en", sa.String(), nullable=False),
        sa.Column("overall", sa.Boolean(), nullable=False),
        sa.Column("minimum_coverage_percent", sa.Integer(), nullable=False),
        sa.Column("minimum_theme_coverage_percent", sa.Integer(), nullable=False),
        sa.Column("jump_limit_tenths", sa.Integer(), nullable=False),
        sa.Column("refused_counts_as_tenths", sa.Integer(), nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_editions_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("publication_id", name="pk_sealed_editions"),
    )
    op.create_table(
        "sealed_entries",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("mayor", sa.String(), nullable=False),
        sa.Column("gender", sa.String(length=1), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("mandate_starts_on", sa.Date(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_entries_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "publication_id", name="pk_sealed_entries"),
    )
    op.create_index("ix_sealed_entries_slug_publication_id", "sealed_entries", ["slug", "publication_id"])
    op.create_table(
        "sealed_evidence",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("demand", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_evidence_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "cvegeo", "demand", "revision", "position", "publication_id", name="pk_sealed_evidence"
        ),
    )
    op.create_table(
        "sealed_figures",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_figures_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "scope", "publication_id", name="pk_sealed_figures"),
    )
    op.create_table(
        "sealed_mandates",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("mayor", sa.String(), nullable=False),
        sa.Column("gender", sa.String(length=1), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note_es", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_mandates_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "starts_on", "publication_id", name="pk_sealed_mandates"),
    )
    op.create_table(
        "sealed_municipalities",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_source", sa.String(), nullable=False),
        sa.CheckConstraint(
            "population IS NULL OR population BETWEEN 1 AND 200000000",
            name=op.f("ck_sealed_municipalities_population"),
        ),
        sa.CheckConstraint(
            "population IS NULL OR typeof(population) = 'integer'",
            name=op.f("ck_sealed_municipalities_population_whole"),
        ).ddl_if(dialect="sqlite"),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_municipalities_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "publication_id", name="pk_sealed_municipalities"),
    )
    op.create_table(
        "sealed_organisations",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("role_es", sa.String(), nullable=False),
        sa.Column("role_en", sa.String(), nullable=False),
        sa.Column("interest_es", sa.String(), nullable=False),
        sa.Column("interest_en", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_organisations_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("key", "publication_id", name="pk_sealed_organisations"),
    )
    op.create_table(
        "sealed_periods",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("publication_due_on", sa.Date(), nullable=True),
        sa.Column("source_published_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_periods_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("number", "publication_id", name="pk_sealed_periods"),
    )
    op.create_table(
        "sealed_scores",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("demand", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value_tenths", sa.Integer(), nullable=True),
        sa.Column("absence", sa.String(length=14), nullable=True),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("conflict", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "value_tenths IS NULL OR typeof(value_tenths) = 'integer'", name=op.f("ck_sealed_scores_value_tenths_whole")
        ).ddl_if(dialect="sqlite"),
        sa.CheckConstraint(
            "(value_tenths IS NULL) <> (absence IS NULL)", name=op.f("ck_sealed_scores_value_or_absence")
        ),
        sa.CheckConstraint(
            "value_tenths IS NULL OR value_tenths BETWEEN 0 AND 100", name=op.f("ck_sealed_scores_value_tenths")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_scores_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "demand", "publication_id", name="pk_sealed_scores"),
    )
    op.create_table(
        "sealed_sources",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("note_es", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_sources_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("key", "publication_id", name="pk_sealed_sources"),
    )
    op.create_table(
        "sealed_standings",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rated", sa.Integer(), nullable=False),
        sa.Column("applicable", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("rated_weight", sa.Integer(), nullable=False),
        sa.Column("applicable_weight", sa.Integer(), nullable=False),
        sa.Column("exact", sa.String(), nullable=True),
        sa.Column("tenths", sa.Integer(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("unplaced", sa.String(), nullable=True),
        sa.Column("change_tenths", sa.Integer(), nullable=True),
        sa.Column("change_common", sa.Integer(), nullable=True),
        sa.Column("change_common_weight", sa.Integer(), nullable=True),
        sa.Column("previous_place", sa.Integer(), nullable=True),
        sa.Column("previous_out_of", sa.Integer(), nullable=True),
        sa.Column("previous_refused", sa.Integer(), nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_standings_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "scope", "publication_id", name="pk_sealed_standings"),
    )
    op.create_index(
        "ix_sealed_standings_publication_id_scope_position", "sealed_standings", ["publication_id", "scope", "position"]
    )
    op.create_table(
        "sealed_texts",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(body IS NULL) = (salt IS NULL)", name=op.f("ck_sealed_texts_body_with_salt")),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_texts_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("key", "field", "publication_id", name="pk_sealed_texts"),
    )
    op.create_index("ix_sealed_texts_sha256", "sealed_texts", ["sha256"])
    op.create_table(
        "sealed_themes",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_themes_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("key", "publication_id", name="pk_sealed_themes"),
    )
    guards.install(op.get_bind())


def downgrade() -> None:
    """Drop them, the newest first."""
    guards.remove(op.get_bind())
    for table in (
        "sealed_themes",
        "sealed_texts",
        "sealed_standings",
        "sealed_sources",
        "sealed_scores",
        "sealed_periods",
        "sealed_organisations",
        "sealed_municipalities",
        "sealed_mandates",
        "sealed_figures",
        "sealed_evidence",
        "sealed_entries",
        "sealed_editions",
        "sealed_distinctions",
        "sealed_demands",
        "withdrawals",
        "publications",
    ):
        op.drop_table(table)
