"""The file that may back an office's request: beside its draft, and for ever with the reply that was sent."""

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COLUMN = "file_sha256 VARCHAR(64) CONSTRAINT fk_reply_drafts_file_sha256 REFERENCES evidence_files (sha256)"


def upgrade() -> None:
    """Create the table and the column; both databases take a column with its key in these words."""
    op.create_table(
        "reply_files",
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("words_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["file_sha256"], ["evidence_files.sha256"], name="fk_reply_files_file_sha256"),
        sa.ForeignKeyConstraint(["reply_id"], ["replies.id"], name="fk_reply_files_reply_id"),
        sa.ForeignKeyConstraint(["words_sha256"], ["texts.sha256"], name="fk_reply_files_words_sha256"),
        sa.PrimaryKeyConstraint("reply_id", name="pk_reply_files"),
    )
    op.execute(f"ALTER TABLE reply_drafts ADD COLUMN {COLUMN}")
    guards.install(op.get_bind())


def downgrade() -> None:
    """Drop them."""
    op.drop_column("reply_drafts", "file_sha256")
    op.drop_table("reply_files")
