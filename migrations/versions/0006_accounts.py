"""Passwords and second factors, sessions as rows, invitations, counted attempts, and mail that waits to be sent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def _added() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("language", sa.String(length=2), server_default="es", nullable=False),
        sa.Column("fs_uniquifier", sa.String(length=64)),
        sa.Column("password", sa.String()),
        sa.Column("tf_primary_method", sa.String(length=20)),
        sa.Column("tf_totp_secret", sa.String()),
        sa.Column("tf_counter", sa.Integer(), server_default="0", nullable=False),
        sa.Column("mf_recovery_codes", sa.UnicodeText()),
        sa.Column("closed_at_utc", TIME),
        sa.Column("last_signed_in_at_utc", TIME),
        sa.Column("is_demonstration", sa.Boolean(), server_default=sa.false(), nullable=False),
    )


def upgrade() -> None:
    """Add the columns and create the tables."""
    for column in _added():
        op.add_column("accounts", column)
    op.create_index("ix_accounts_fs_uniquifier", "accounts", ["fs_uniquifier"], unique=True)
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("has_second_factor", sa.Boolean(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("browser", sa.String(), nullable=False),
        sa.Column("idle_minutes", sa.Integer(), nullable=False),
        sa.Column("created_at_utc", TIME, nullable=False),
        sa.Column("expires_at_utc", TIME, nullable=False),
        sa.Column("last_seen_at_utc", TIME, nullable=False),
        sa.Column("ended_at_utc", TIME, nullable=True),
        sa.Column("end_reason", sa.String(length=20), nullable=False),
        sa.CheckConstraint("kind IN ('password', 'full')", name=op.f("ck_sessions_kind")),
        sa.CheckConstraint("(ended_at_utc IS NULL) = (end_reason = '')", name=op.f("ck_sessions_reason_of_end")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_sessions_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.UniqueConstraint("key_sha256", name="uq_sessions_key_sha256"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    op.create_table(
        "parked_forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("parked_at_utc", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_parked_forms_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_parked_forms"),
    )
    op.create_index("ix_parked_forms_account_id", "parked_forms", ["account_id"])
    op.create_table(
        "known_browsers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("seen_at_utc", TIME, nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_known_browsers_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_known_browsers"),
        sa.UniqueConstraint("account_id", "key_sha256", name="uq_known_browsers_account_id_key_sha256"),
    )
    op.create_table(
        "attempts",
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("began_at_utc", TIME, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_sha256", name="pk_attempts"),
    )
    _create_invitations_and_mail()


def _create_invitations_and_mail() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at_utc", TIME, nullable=False),
        sa.Column("expires_at_utc", TIME, nullable=False),
        sa.Column("used_at_utc", TIME, nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_invitations_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("key_sha256", name="uq_invitations_key_sha256"),
    )
    op.create_index("ix_invitations_account_id", "invitations", ["account_id"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("to_address", sa.String(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("created_at_utc", TIME, nullable=False),
        sa.Column("due_at_utc", TIME, nullable=True),
        sa.Column("sent_at_utc", TIME, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('letter', 'new_password')", name=op.f("ck_outbox_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_outbox_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("message_id", name="uq_outbox_message_id"),
    )
    op.create_index("ix_outbox_due_at_utc", "outbox", ["due_at_utc"])


def downgrade() -> None:
    """Drop the tables and the columns."""
    for table in (
        "outbox",
        "invitations",
        "attempts",
        "known_browsers",
        "parked_forms",
        "sessions",
    ):
        op.drop_table(table)
    op.drop_index("ix_accounts_fs_uniquifier", "accounts")
    for column in reversed(_added()):
        op.drop_column("accounts", column.name)
