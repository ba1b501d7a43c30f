"""a spent key remembers the request

Revision ID: 20261128_1930
Revises: 20261128_1900
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1930"
down_revision = "20261128_1900"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What was sent with the old keys is not known, so nothing could be recognised as a repeat of it.
    op.drop_table("spent_key")
    op.create_table(
        "spent_key",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=True),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_spent_key")),
    )
    op.create_index("ix_spent_key_key", "spent_key", ["key"])
    op.create_index("ix_spent_key_spent_at", "spent_key", ["spent_at"])


def downgrade() -> None:
    op.drop_table("spent_key")
    op.create_table(
        "spent_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=True),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_spent_key")),
    )
