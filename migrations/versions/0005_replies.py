"""Replies of the municipalities, decisions on them, meetings; and what a round seals of them."""

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "sealed_answers",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("attended", sa.Boolean(), nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_answers_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "publication_id", name="pk_sealed_answers"),
    )
    op.create_table(
        "sealed_replies",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("demand", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("letter", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=10), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        sa.Column("before", sa.String(length=14), nullable=False),
        sa.Column("requested", sa.String(length=14), nullable=True),
        sa.Column("verdict", sa.String(length=7), nullable=True),
        sa.Column("after", sa.String(length=14), nullable=True),
        sa.Column("place_before", sa.Integer(), nullable=True),
        sa.Column("place_after", sa.Integer(), nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_replies_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "demand", "publication_id", name="pk_sealed_replies"),
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("words_sha256", sa.String(length=64), nullable=True),
        sa.Column("signatory_sha256", sa.String(length=64), nullable=False),
        sa.Column("position_sha256", sa.String(length=64), nullable=False),
        sa.Column("submitted_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_letters_number")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_letters_account_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_letters_entry_id"),
        sa.ForeignKeyConstraint(["position_sha256"], ["texts.sha256"], name="fk_letters_position_sha256"),
        sa.ForeignKeyConstraint(["signatory_sha256"], ["texts.sha256"], name="fk_letters_signatory_sha256"),
        sa.ForeignKeyConstraint(["words_sha256"], ["texts.sha256"], name="fk_letters_words_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
        sa.UniqueConstraint("code", name="uq_letters_code"),
        sa.UniqueConstraint("entry_id", "number", name="uq_letters_entry_id_number"),
    )
    op.create_table(
        "meetings",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("attended", sa.Boolean(), nullable=False),
        sa.Column("noted_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_meetings_account_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_meetings_entry_id"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_meetings"),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("notified_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("due_at_utc >= notified_at_utc", name=op.f("ck_notices_due_after_notice")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_notices_account_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_notices_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("entry_id", name="uq_notices_entry_id"),
    )
    op.create_table(
        "reply_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=10), nullable=True),
        sa.Column("requested_text", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("evidence_title", sa.String(), nullable=False),
        sa.Column("evidence_url", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("saved_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("stance IS NULL OR stance IN ('agree', 'correction')", name=op.f("ck_reply_drafts_stance")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_reply_drafts_version")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_reply_drafts_account_id"),
        sa.ForeignKeyConstraint(["demand_id"], ["demands.id"], name="fk_reply_drafts_demand_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_reply_drafts_entry_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reply_drafts"),
        sa.UniqueConstraint("entry_id", "demand_id", name="uq_reply_drafts_entry_id_demand_id"),
    )
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("stance", sa.String(length=10), nullable=False),
        sa.Column("requested_tenths", sa.Integer(), nullable=True),
        sa.Column("requested_absence", sa.String(length=14), nullable=True),
        sa.Column("reason_sha256", sa.String(length=64), nullable=True),
        sa.Column("before_revision", sa.Integer(), nullable=False),
        sa.Column("evidence_title", sa.String(), nullable=False),
        sa.Column("evidence_url", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "requested_absence IS NULL OR requested_absence IN "
            "('not_rated', 'not_applicable', 'refused', 'pending', 'unpublished')",
            name=op.f("ck_replies_requested_absence"),
        ),
        sa.CheckConstraint(
            "requested_tenths IS NULL OR typeof(requested_tenths) = 'integer'",
            name=op.f("ck_replies_requested_tenths_whole"),
        ).ddl_if(dialect="sqlite"),
        sa.CheckConstraint(
            "stance = 'correction' OR (requested_tenths IS NULL AND requested_absence IS NULL)",
            name=op.f("ck_replies_request_of_correction"),
        ),
        sa.CheckConstraint("stance IN ('agree', 'correction')", name=op.f("ck_replies_stance")),
        sa.CheckConstraint("before_revision >= 1", name=op.f("ck_replies_before_revision")),
        sa.CheckConstraint(
            "requested_tenths IS NULL OR requested_absence IS NULL", name=op.f("ck_replies_requested_once")
        ),
        sa.CheckConstraint(
            "requested_tenths IS NULL OR requested_tenths BETWEEN 0 AND 100", name=op.f("ck_replies_requested_tenths")
        ),
        sa.ForeignKeyConstraint(["demand_id"], ["demands.id"], name="fk_replies_demand_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name="fk_replies_letter_id"),
        sa.ForeignKeyConstraint(["reason_sha256"], ["texts.sha256"], name="fk_replies_reason_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_replies"),
        sa.UniqueConstraint("letter_id", "demand_id", name="uq_replies_letter_id_demand_id"),
    )
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(length=7), nullable=False),
        sa.Column("after_revision", sa.Integer(), nullable=True),
        sa.Column("reason_sha256", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("decided_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(verdict = 'changed') = (after_revision IS NOT NULL)", name=op.f("ck_decisions_revision_of_change")
        ),
        sa.CheckConstraint("verdict IN ('kept', 'changed', 'noted')", name=op.f("ck_decisions_verdict")),
        sa.CheckConstraint("revision >= 1", name=op.f("ck_decisions_revision")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_decisions_account_id"),
        sa.ForeignKeyConstraint(["reason_sha256"], ["texts.sha256"], name="fk_decisions_reason_sha256"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_decisions_reply_id"),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
        sa.UniqueConstraint("reply_id", "revision", name="uq_decisions_reply_id_revision"),
    )
    guards.install(op.get_bind())


def downgrade() -> None:
    """Drop them, the newest first; their guards go with them."""
    for table in (
        "sealed_answers",
        "sealed_replies",
        "decisions",
        "replies",
        "reply_drafts",
        "notices",
        "meetings",
        "letters",
    ):
        op.drop_table(table)
