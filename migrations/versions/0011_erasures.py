"""Erasures: which rows, otherwise only added to, may be emptied because a withdrawal took their words."""

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the table; the guards of four tables then let the rows that it names be emptied."""
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("withdrawal_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=20), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("erased_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["withdrawal_id"], ["withdrawals.id"], name="fk_erasures_withdrawal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sa.UniqueConstraint("table_name", "row_id", name="uq_erasures_table_name_row_id"),
    )
    guards.renew(op.get_bind())


def downgrade() -> None:
    """Drop the table; nothing may be emptied any more."""
    op.drop_table("erasures")
    guards.renew(op.get_bind())
