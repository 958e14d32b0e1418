"""What municipalities say of the rules: texts under their checksum, and what an edition seals of them."""

import sqlalchemy as sa
from alembic import op

from app.models import guards

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def lay(*said: sa.Column[str], objects: str) -> None:
    """Lay the table anew: no code ever wrote a row of the other shape."""
    op.drop_table("acknowledgements")
    texts = [column.name for column in said if column.name.endswith("sha256")]
    op.create_table(
        "acknowledgements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        *said,
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("acknowledged_at_utc", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(f"kind = 'accept' OR {objects}", name=op.f("ck_acknowledgements_objection_has_words")),
        sa.CheckConstraint("kind IN ('accept', 'object')", name=op.f("ck_acknowledgements_kind")),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_acknowledgements_account_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["editions.id"], name="fk_acknowledgements_edition_id"),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name="fk_acknowledgements_municipality_id"),
        *(sa.ForeignKeyConstraint([name], ["texts.sha256"], name=f"fk_acknowledgements_{name}") for name in texts),
        sa.PrimaryKeyConstraint("id", name="pk_acknowledgements"),
    )


def upgrade() -> None:
    """Keep the words as texts; lay the frozen table."""
    lay(
        sa.Column("words_sha256", sa.String(), nullable=True),
        sa.Column("signatory_sha256", sa.String(), nullable=False),
        sa.Column("position_sha256", sa.String(), nullable=False),
        objects="words_sha256 IS NOT NULL",
    )
    op.create_table(
        "sealed_acknowledgements",
        sa.Column("cvegeo", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("acknowledged_on", sa.Date(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publications.id"],
            name="fk_sealed_acknowledgements_publication_id",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("cvegeo", "publication_id", name="pk_sealed_acknowledgements"),
    )
    guards.install(op.get_bind())


def downgrade() -> None:
    """Back to words in clear, with the guards of the table."""
    op.drop_table("sealed_acknowledgements")
    lay(
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("signatory", sa.String(), nullable=False),
        sa.Column("position", sa.String(), nullable=False),
        objects="words <> ''",
    )
    guards.install(op.get_bind())
