"""Clarifications of sealed wordings: proposals, confirmed rows, and the frozen ones."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

SAID = ("says_es", "reads_es", "says_en", "reads_en")


def lay(*said: sa.Column[Any]) -> None:
    """Lay the table anew: no code ever wrote a row of the other shape."""
    op.drop_table("clarifications")
    op.create_table(
        "clarifications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        *said,
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_clarifications_account_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_clarifications_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_clarifications"),
    )


def upgrade() -> None:
    """Keep each passage with how it should read; lay the proposals and the frozen table."""
    lay(
        sa.Column("position", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in SAID),
    )
    op.create_table(
        "clarification_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in SAID),
        sa.Column("state", sa.String(length=7), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("opened_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at_utc", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('open', 'done', 'dropped')", name=op.f("ck_clarification_cases_state")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_clarification_cases_account_id"),
        sa.ForeignKeyConstraint(["closed_by_id"], ["accounts.id"], name="fk_clarification_cases_closed_by_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_clarification_cases_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_clarification_cases"),
    )
    op.create_table(
        "sealed_clarifications",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in SAID),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_clarifications_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("position", "publication_id", name="pk_sealed_clarifications"),
    )
    guards.install(op.get_bind())


def downgrade() -> None:
    """Back to one text a clarification, with the guards of the table."""
    op.drop_table("sealed_clarifications")
    op.drop_table("clarification_cases")
    lay(
        sa.Column("words_es", sa.Text(), nullable=False),
        sa.Column("words_en", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
    )
    guards.install(op.get_bind())
