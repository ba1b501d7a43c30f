"""Record what happened long ago as history.

Revision ID: 20261130_1100
Revises: 20261130_0450
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1100"
down_revision = "20261130_0450"
branch_labels = None
depends_on = None

HISTORIC = ("meeting", "proposal", "action_item")


def upgrade() -> None:
    # Not in a batch, which would copy the table and lose the triggers that keep it append-only.
    op.add_column("event", sa.Column("is_history", sa.Boolean(), nullable=False, server_default=sa.false()))
    for table in HISTORIC:
        op.add_column(table, sa.Column("history_until", sa.Date(), nullable=True))
    op.add_column("action_item", sa.Column("verified_by_as_written", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("action_item", "verified_by_as_written")
    for table in HISTORIC:
        op.drop_column(table, "history_until")
    op.drop_column("event", "is_history")
