"""Indexes with which the counts of homes and tabs read no rows.

Revision ID: 20261130_2245
Revises: 20261130_2216
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2245"
down_revision = "20261130_2216"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_action_item_due", "action_item")
    op.create_index("ix_action_item_due", "action_item", ["status", "due_on", "classification", "pic_id"])
    is_classified, is_long = sa.text("classification <> 'ordinary'"), sa.text("end_on IS NOT NULL")
    op.create_index(
        "ix_action_item_classified", "action_item", ["meeting_id"], sqlite_where=is_classified,
        postgresql_where=is_classified,
    )
    op.create_index("ix_meeting_end_on", "meeting", ["end_on"], sqlite_where=is_long, postgresql_where=is_long)
    op.create_index("ix_minutes_version_state", "minutes_version", ["state", "meeting_id"])


def downgrade() -> None:
    op.drop_index("ix_minutes_version_state", "minutes_version")
    op.drop_index("ix_meeting_end_on", "meeting")
    op.drop_index("ix_action_item_classified", "action_item")
    op.drop_index("ix_action_item_due", "action_item")
    op.create_index("ix_action_item_due", "action_item", ["status", "due_on", "classification"])
