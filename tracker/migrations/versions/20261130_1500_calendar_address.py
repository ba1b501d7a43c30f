"""The secret addresses of calendars.

Revision ID: 20261130_1500
Revises: 20261130_1242
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1500"
down_revision = "20261130_1242"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column(
            "due_dates",
            sa.Enum("tasks", "days", name="due_dates", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("program", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_calendar_address_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_address_token_hash")),
    )
    op.create_index("ix_calendar_address_account_id", "calendar_address", ["account_id"])


def downgrade() -> None:
    op.drop_table("calendar_address")
