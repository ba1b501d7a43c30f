"""live minutes

Revision ID: 20261124_1540
Revises: 341663112c98
"""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1540"
down_revision = "341663112c98"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("statement", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "typed_line",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_typed_line_account_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_typed_line_meeting_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_typed_line")),
    )
    op.create_index("ix_typed_line_meeting", "typed_line", ["meeting_id", "account_id"])


def downgrade() -> None:
    op.drop_index("ix_typed_line_meeting", table_name="typed_line")
    op.drop_table("typed_line")
    op.drop_column("statement", "removed_at")
