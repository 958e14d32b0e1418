"""The people of a round: assignments, the way of a cell, signatures, corrections, acknowledgements."""

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROLES = "'organiser', 'evaluator', 'reviewer', 'office'"
ROLES_NOW = f"{ROLES}, 'deputy'"


def lay_grants(roles: str, *added: sa.Column[int]) -> None:
    """Lay the table of roles, with the organisation of an evaluator where there is a column for it."""
    organisation = sa.ForeignKeyConstraint(
        ["organisation_id"], ["organisations.id"], name="fk_role_grants_organisation_id"
    )
    op.create_table(
        "role_grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=10), nullable=False),
        *added,
        sa.Column("granted_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(role = 'office') = (municipality_id IS NOT NULL)", name=op.f("ck_role_grants_municipality_of_office")
        ),
        sa.CheckConstraint(f"role IN ({roles})", name=op.f("ck_role_grants_role")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_role_grants_account_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_role_grants_edition_id"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="fk_role_grants_municipality_id"),
        *([organisation] if added else []),
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


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "acknowledgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind = 'accept' OR words <> ''", name=op.f("ck_acknowledgements_objection_has_words")),
        sa.CheckConstraint("kind IN ('accept', 'object')", name=op.f("ck_acknowledgements_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_acknowledgements_account_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_acknowledgements_edition_id"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="fk_acknowledgements_municipality_id"),
        sa.PrimaryKeyConstraint("id", name="pk_acknowledgements"),
    )
    op.create_table(
        "bars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_bars_account_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_bars_edition_id"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="fk_bars_municipality_id"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["accounts.id"], name="fk_bars_recorded_by_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bars"),
        sa.UniqueConstraint(
            "account_id", "edition_id", "municipality_id", name="uq_bars_account_id_edition_id_municipality_id"
        ),
    )
    op.create_table(
        "clarifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("words_es", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_clarifications_account_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_clarifications_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_clarifications"),
    )
    op.create_table(
        "evidence_files",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("stored_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("bytes > 0", name=op.f("ck_evidence_files_bytes")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_evidence_files_sha256")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_evidence_files_account_id"),
        sa.PrimaryKeyConstraint("sha256", name="pk_evidence_files"),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("conflict_es", sa.Text(), nullable=False),
        sa.Column("assigned_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_assignments_account_id"),
        sa.ForeignKeyConstraint(["assigned_by_id"], ["accounts.id"], name="fk_assignments_assigned_by_id"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="fk_assignments_municipality_id"),
        sa.ForeignKeyConstraint(["theme_id"], ["themes.id"], name="fk_assignments_theme_id"),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        sa.UniqueConstraint(
            "account_id", "municipality_id", "theme_id", name="uq_assignments_account_id_municipality_id_theme_id"
        ),
    )
    op.create_table(
        "correction_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state IN ('open', 'published', 'dropped')", name=op.f("ck_correction_cases_state")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_correction_cases_account_id"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_correction_cases_round_id"),
        sa.PrimaryKeyConstraint("id", name="pk_correction_cases"),
    )
    op.create_table(
        "cell_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("score_text", sa.Text(), nullable=False),
        sa.Column("absence", sa.String(length=14), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("saved_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_cell_drafts_account_id"),
        sa.ForeignKeyConstraint(["demand_id"], ["demands.id"], name="fk_cell_drafts_demand_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_cell_drafts_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_cell_drafts"),
        sa.UniqueConstraint("entry_id", "demand_id", "account_id", name="uq_cell_drafts_entry_id_demand_id_account_id"),
    )
    op.create_table(
        "correction_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("base_revision", sa.Integer(), nullable=False),
        sa.Column("value_tenths", sa.Integer(), nullable=True),
        sa.Column("absence", sa.String(length=14), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("proposed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(value_tenths IS NULL) <> (absence IS NULL)", name=op.f("ck_correction_items_value_or_absence")
        ),
        sa.CheckConstraint(
            "value_tenths IS NULL OR value_tenths BETWEEN 0 AND 100", name=op.f("ck_correction_items_value_tenths")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_correction_items_account_id"),
        sa.ForeignKeyConstraint(["correction_id"], ["correction_cases.id"], name="fk_correction_items_correction_id"),
        sa.ForeignKeyConstraint(["demand_id"], ["demands.id"], name="fk_correction_items_demand_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_correction_items_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_correction_items"),
        sa.UniqueConstraint(
            "correction_id", "entry_id", "demand_id", name="uq_correction_items_correction_id_entry_id_demand_id"
        ),
    )
    op.create_table(
        "scheduled_publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("publish_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("scheduled_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state IN ('waiting', 'published', 'cancelled', 'refused')", name=op.f("ck_scheduled_publications_state")
        ),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_scheduled_publications_digest")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_scheduled_publications_account_id"),
        sa.ForeignKeyConstraint(
            ["correction_id"], ["correction_cases.id"], name="fk_scheduled_publications_correction_id"
        ),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_scheduled_publications_round_id"),
        sa.PrimaryKeyConstraint("id", name="pk_scheduled_publications"),
    )
    op.create_index("ix_scheduled_publications_publish_at_utc", "scheduled_publications", ["publish_at_utc"])

    op.create_table(
        "signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("signed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_signatures_digest")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_signatures_account_id"),
        sa.ForeignKeyConstraint(["correction_id"], ["correction_cases.id"], name="fk_signatures_correction_id"),
        sa.ForeignKeyConstraint(["round_id"], ["rounds.id"], name="fk_signatures_round_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signatures"),
        sa.UniqueConstraint("round_id", "digest", "account_id", name="uq_signatures_round_id_digest_account_id"),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=7), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reviewed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('approve', 'return', 'comment')", name=op.f("ck_reviews_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_reviews_account_id"),
        sa.ForeignKeyConstraint(["score_id"], ["scores.id"], name="fk_reviews_score_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reviews"),
    )
    op.create_index("ix_reviews_score_id", "reviews", ["score_id"])

    op.create_table(
        "score_notes",
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["score_id"], ["scores.id"], name="fk_score_notes_score_id"),
        sa.PrimaryKeyConstraint("score_id", name="pk_score_notes"),
    )
    op.create_table(
        "submissions",
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("submitted_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_submissions_account_id"),
        sa.ForeignKeyConstraint(["score_id"], ["scores.id"], name="fk_submissions_score_id"),
        sa.PrimaryKeyConstraint("score_id", name="pk_submissions"),
    )
    op.create_table(
        "evidence_copies",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("words_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_evidence_copies_evidence_id"),
        sa.ForeignKeyConstraint(["file_sha256"], ["evidence_files.sha256"], name="fk_evidence_copies_file_sha256"),
        sa.ForeignKeyConstraint(["words_sha256"], ["texts.sha256"], name="fk_evidence_copies_words_sha256"),
        sa.PrimaryKeyConstraint("evidence_id", name="pk_evidence_copies"),
    )
    asked: sa.Column[bool] = sa.Column("second_factor_for_all", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("editions", asked)
    op.add_column("rounds", sa.Column("reply_due_at_utc", sa.DateTime(timezone=True), nullable=True))
    op.drop_table("role_grants")  # no code ever wrote a row
    lay_grants(ROLES_NOW, sa.Column("organisation_id", sa.Integer(), nullable=True))
    guards.install(op.get_bind())


def downgrade() -> None:
    """Drop them, the newest first."""
    op.drop_table("role_grants")
    lay_grants(ROLES)
    op.drop_column("rounds", "reply_due_at_utc")
    op.drop_column("editions", "second_factor_for_all")
    for table in (
        "evidence_copies",
        "submissions",
        "score_notes",
        "reviews",
        "signatures",
        "scheduled_publications",
        "correction_items",
        "cell_drafts",
        "correction_cases",
        "assignments",
        "evidence_files",
        "clarifications",
        "bars",
        "acknowledgements",
    ):
        op.drop_table(table)
