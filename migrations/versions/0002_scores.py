"""Scores with their evidence, distinctions, figures of a source, and texts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "texts",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.CheckConstraint("(body IS NULL) = (salt IS NULL)", name=op.f("ck_texts_body_with_salt")),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_texts_sha256")),
        sa.PrimaryKeyConstraint("sha256", name="pk_texts"),
    )
    op.create_table(
        "distinctions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("signatory_sha256", sa.String(length=64), nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('praise', 'reproach')", name=op.f("ck_distinctions_kind")),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_distinctions_entry_id"),
        sa.ForeignKeyConstraint(["signatory_sha256"], ["texts.sha256"], name="fk_distinctions_signatory_sha256"),
        sa.ForeignKeyConstraint(["text_sha256"], ["texts.sha256"], name="fk_distinctions_text_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_distinctions"),
        sa.UniqueConstraint("entry_id", "position", name="uq_distinctions_entry_id_position"),
    )
    op.create_table(
        "published_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("printed", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_published_figures_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_published_figures"),
        sa.UniqueConstraint("entry_id", "scope", name="uq_published_figures_entry_id_scope"),
    )
    op.create_table(
        "scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("value_tenths", sa.Integer(), nullable=True),
        sa.Column("absence", sa.String(length=14), nullable=True),
        sa.Column("reason_sha256", sa.String(length=64), nullable=True),
        sa.Column("institution", sa.String(), nullable=False),
        sa.Column("conflict", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "absence <> 'not_applicable' OR reason_sha256 IS NOT NULL", name=op.f("ck_scores_not_applicable_has_reason")
        ),
        sa.CheckConstraint(
            "absence IS NULL OR absence IN ('not_rated', 'not_applicable', 'refused', 'pending', 'unpublished')",
            name=op.f("ck_scores_absence"),
        ),
        sa.CheckConstraint(
            "value_tenths IS NULL OR typeof(value_tenths) = 'integer'", name=op.f("ck_scores_value_tenths_whole")
        ).ddl_if(dialect="sqlite"),
        sa.CheckConstraint("(value_tenths IS NULL) <> (absence IS NULL)", name=op.f("ck_scores_value_or_absence")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_scores_revision")),
        sa.CheckConstraint(
            "value_tenths IS NULL OR value_tenths BETWEEN 0 AND 100", name=op.f("ck_scores_value_tenths")
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_scores_account_id"),
        sa.ForeignKeyConstraint(["demand_id"], ["demands.id"], name="fk_scores_demand_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_scores_entry_id"),
        sa.ForeignKeyConstraint(["reason_sha256"], ["texts.sha256"], name="fk_scores_reason_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_scores"),
        sa.UniqueConstraint("entry_id", "demand_id", "revision", name="uq_scores_entry_id_demand_id_revision"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("score_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_sha256", sa.String(length=64), nullable=False),
        sa.Column("url_sha256", sa.String(length=64), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["score_id"], ["scores.id"], name="fk_evidence_score_id"),
        sa.ForeignKeyConstraint(["title_sha256"], ["texts.sha256"], name="fk_evidence_title_sha256"),
        sa.ForeignKeyConstraint(["url_sha256"], ["texts.sha256"], name="fk_evidence_url_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("score_id", "position", name="uq_evidence_score_id_position"),
    )


def downgrade() -> None:
    """Drop them, the newest first."""
    for table in (
        "evidence",
        "scores",
        "published_figures",
        "distinctions",
        "texts",
    ):
        op.drop_table(table)
