"""Editions with their places, people and rounds; accounts and the audit log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("created_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'person') = (email IS NOT NULL)", name=op.f("ck_accounts_email_of_person")),
        sa.CheckConstraint("kind IN ('person', 'system')", name=op.f("ck_accounts_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("email", name="uq_accounts_email"),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=13), nullable=False),
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
        sa.CheckConstraint("kind IN ('real', 'demonstration')", name=op.f("ck_editions_kind")),
        sa.CheckConstraint("ends_on > starts_on", name=op.f("ck_editions_dates")),
        sa.CheckConstraint("jump_limit_tenths BETWEEN 0 AND 100", name=op.f("ck_editions_jump_limit")),
        sa.CheckConstraint("minimum_coverage_percent BETWEEN 0 AND 100", name=op.f("ck_editions_minimum_coverage")),
        sa.CheckConstraint(
            "minimum_theme_coverage_percent BETWEEN 0 AND 100", name=op.f("ck_editions_minimum_theme_coverage")
        ),
        sa.CheckConstraint(
            "refused_counts_as_tenths IS NULL OR refused_counts_as_tenths = 0",
            name=op.f("ck_editions_refusing_never_pays"),
        ),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sa.UniqueConstraint("slug", name="uq_editions_slug"),
    )
    op.create_table(
        "municipalities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String().with_variant(sa.String(collation="C"), "postgresql"), nullable=False),
        sa.CheckConstraint(
            "length(cvegeo) = 5 AND ltrim(cvegeo, '0123456789') = ''", name=op.f("ck_municipalities_cvegeo")
        ),
        sa.PrimaryKeyConstraint("id", name="pk_municipalities"),
        sa.UniqueConstraint("cvegeo", name="uq_municipalities_cvegeo"),
        sa.UniqueConstraint("slug", name="uq_municipalities_slug"),
    )
    op.create_table(
        "audit_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_audit_events_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_events"),
    )
    op.create_index("ix_audit_events_at_utc", "audit_events", ["at_utc"])
    op.create_index("ix_audit_events_subject", "audit_events", ["subject"])
    op.create_table(
        "edition_municipalities",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("aliases", sa.String(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("population_source", sa.String(), nullable=False),
        sa.CheckConstraint(
            "population IS NULL OR population BETWEEN 1 AND 200000000",
            name=op.f("ck_edition_municipalities_population"),
        ),
        sa.CheckConstraint(
            "population IS NULL OR typeof(population) = 'integer'",
            name=op.f("ck_edition_municipalities_population_whole"),
        ).ddl_if(dialect="sqlite"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_edition_municipalities_edition_id"),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name="fk_edition_municipalities_municipality_id"
        ),
        sa.PrimaryKeyConstraint("edition_id", "municipality_id", name="pk_edition_municipalities"),
    )
    op.create_table(
        "mandates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("mayor", sa.String(), nullable=False),
        sa.Column("gender", sa.String(length=1), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note_es", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        postgresql.ExcludeConstraint(
            (
                sa.text(
                    "int8range(municipality_id * 10000000::bigint + (starts_on - DATE '0001-01-01'),"
                    " municipality_id * 10000000::bigint + coalesce(ends_on - DATE '0001-01-01', 9999999))"
                ),
                "&&",
            ),
            using="gist",
            name="ex_mandates_overlap",
        ).ddl_if(dialect="postgresql"),
        sa.CheckConstraint("gender IN ('f', 'm')", name=op.f("ck_mandates_gender")),
        sa.CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name=op.f("ck_mandates_dates")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="fk_mandates_municipality_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mandates"),
        sa.UniqueConstraint("municipality_id", "starts_on", name="uq_mandates_municipality_id_starts_on"),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=9), nullable=False),
        sa.Column("role_es", sa.String(), nullable=False),
        sa.Column("role_en", sa.String(), nullable=False),
        sa.Column("interest_es", sa.String(), nullable=False),
        sa.Column("interest_en", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('convener', 'evaluator', 'donor')", name=op.f("ck_organisations_kind")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_organisations_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("edition_id", "key", name="uq_organisations_edition_id_key"),
    )
    op.create_table(
        "role_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("granted_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(role = 'office') = (municipality_id IS NOT NULL)", name=op.f("ck_role_grants_municipality_of_office")
        ),
        sa.CheckConstraint(
            "role IN ('organiser', 'evaluator', 'reviewer', 'office')", name=op.f("ck_role_grants_role")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_role_grants_account_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_role_grants_edition_id"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="fk_role_grants_municipality_id"),
        sa.PrimaryKeyConstraint("id", name="pk_role_grants"),
        sa.UniqueConstraint(
            "account_id",
            "edition_id",
            "role",
            "municipality_id",
            name="uq_role_grants_account_id_edition_id_role_municipality_id",
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("publication_due_on", sa.Date(), nullable=True),
        sa.Column("source_published_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "stage IN ('planned', 'rating', 'review', 'reply', 'decision', 'published')", name=op.f("ck_rounds_stage")
        ),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_rounds_dates")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_rounds_number")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_rounds_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sa.UniqueConstraint("edition_id", "number", name="uq_rounds_edition_id_number"),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publisher", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("note_es", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_sources_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
        sa.UniqueConstraint("edition_id", "key", name="uq_sources_edition_id_key"),
        sa.UniqueConstraint("edition_id", "position", name="uq_sources_edition_id_position"),
    )
    op.create_table(
        "themes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_es", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_themes_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_themes"),
        sa.UniqueConstraint("edition_id", "key", name="uq_themes_edition_id_key"),
        sa.UniqueConstraint("edition_id", "position", name="uq_themes_edition_id_position"),
    )
    op.create_table(
        "demands",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
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
        sa.CheckConstraint("number >= 1", name=op.f("ck_demands_number")),
        sa.CheckConstraint("weight >= 1", name=op.f("ck_demands_weight")),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_demands_edition_id"),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name="fk_demands_theme_id"),
        sa.PrimaryKeyConstraint("id", name="pk_demands"),
        sa.UniqueConstraint("edition_id", "number", name="uq_demands_edition_id_number"),
    )
    op.create_table(
        "round_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("mandate_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["mandate_id"], ["mandates.id"], name="fk_round_entries_mandate_id"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="fk_round_entries_municipality_id"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_round_entries_round_id"),
        sa.PrimaryKeyConstraint("id", name="pk_round_entries"),
        sa.UniqueConstraint("round_id", "municipality_id", name="uq_round_entries_round_id_municipality_id"),
    )


def downgrade() -> None:
    """Drop them, the newest first."""
    for table in (
        "round_entries",
        "demands",
        "themes",
        "sources",
        "rounds",
        "role_grants",
        "organisations",
        "mandates",
        "edition_municipalities",
        "audit_events",
        "municipalities",
        "editions",
        "accounts",
    ):
        op.drop_table(table)
