"""The gate: signatures taken back or given again, and the withdrawal of a published text by two people."""

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the two tables."""
    op.create_table(
        "signature_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("changed_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["signature_id"], ["signatures.id"], name="fk_signature_changes_signature_id"),
        sa.PrimaryKeyConstraint("id", name="pk_signature_changes"),
    )
    op.create_index("ix_signature_changes_signature_id", "signature_changes", ["signature_id"])
    op.create_table(
        "withdrawal_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("round_number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("cause_es", sa.String(), nullable=False),
        sa.Column("state", sa.String(length=7), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'done', 'dropped')", name=op.f("ck_withdrawal_cases_state")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_withdrawal_cases_account_id"),
        sa.ForeignKeyConstraint(["closed_by_id"], ["accounts.id"], name="fk_withdrawal_cases_closed_by_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_withdrawal_cases_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_withdrawal_cases"),
    )
    guards.install(op.get_bind())


def downgrade() -> None:
    """Drop them; their guards go with them."""
    op.drop_table("withdrawal_cases")
    op.drop_table("signature_changes")
