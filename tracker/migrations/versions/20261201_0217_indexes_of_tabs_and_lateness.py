"""Indexes of the tabs above meetings and of actions by lateness.

Revision ID: 20261201_0217
Revises: 20261130_2248
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0217"
down_revision = "20261130_2248"
branch_labels = None
depends_on = None


def upgrade() -> None:
    is_open = sa.text("status IN ('awaiting_verification', 'in_progress', 'not_started')")
    lateness = [sa.text("coalesce(due_on, '9999-12-31')"), sa.text("assigned_on DESC"), sa.text("id DESC")]
    op.create_index(
        "ix_action_item_by_lateness", "action_item", lateness, sqlite_where=is_open, postgresql_where=is_open
    )
    op.drop_index("ix_action_item_since", "action_item")
    op.create_index(
        "ix_action_item_since", "action_item",
        ["status", "status_since", "id", "due_on", "classification", "pic_id"],
    )
    op.create_index("ix_meeting_status", "meeting", ["status", "classification"])


def downgrade() -> None:
    op.drop_index("ix_meeting_status", "meeting")
    op.drop_index("ix_action_item_since", "action_item")
    op.create_index("ix_action_item_since", "action_item", ["status", "status_since", "id"])
    op.drop_index("ix_action_item_by_lateness", "action_item")
