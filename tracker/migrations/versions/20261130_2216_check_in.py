"""Check-in by code: when each attendee did, and names typed at the door.

Revision ID: 20261130_2216
Revises: 20261130_2206
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2216"
down_revision = "20261130_2206"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attendance", sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True))
    state = sa.Enum(
        "waiting", "confirmed", "dismissed", name="state", native_enum=False, create_constraint=True, length=32
    )
    op.create_table(
        "meeting_arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", state, nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_arrival_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_arrival")),
    )
    op.create_index(op.f("ix_meeting_arrival_meeting_id"), "meeting_arrival", ["meeting_id"])
    op.create_index(
        "ix_meeting_arrival_waits_once", "meeting_arrival", ["meeting_id", "folded"], unique=True,
        sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"),
    )


def downgrade() -> None:
    op.drop_table("meeting_arrival")
    op.drop_column("attendance", "checked_in_at")
