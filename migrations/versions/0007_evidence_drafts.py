"""Evidence that waits beside a cell for its score, and the answer to a reviewer that waits in a draft."""

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table and the column."""
    op.create_table(
        "evidence_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("added_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_evidence_drafts_account_id"),
        sa.ForeignKeyConstraint(["demand_id"], ["demands.id"], name="fk_evidence_drafts_demand_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["round_entries.id"], name="fk_evidence_drafts_entry_id"),
        sa.ForeignKeyConstraint(["file_sha256"], ["evidence_files.sha256"], name="fk_evidence_drafts_file_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_drafts"),
    )
    op.create_index(
        "ix_evidence_drafts_entry_id_demand_id_account_id", "evidence_drafts", ["entry_id", "demand_id", "account_id"]
    )
    op.add_column("cell_drafts", sa.Column("reply", sa.Text(), server_default="", nullable=False))
    guards.install(op.get_bind())


def downgrade() -> None:
    """Drop them."""
    op.drop_column("cell_drafts", "reply")
    op.drop_table("evidence_drafts")
