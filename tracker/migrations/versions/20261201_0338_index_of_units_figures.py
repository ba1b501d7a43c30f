"""An index from which the figures of units are read alone.

Revision ID: 20261201_0338
Revises: 20261201_0324
"""

from alembic import op

revision = "20261201_0338"
down_revision = "20261201_0324"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_action_item_responsible_unit_id", "action_item")
    op.create_index(
        "ix_action_item_unit", "action_item",
        ["responsible_unit_id", "status", "due_on", "original_due_on", "closed_on", "classification", "pic_id",
         "recorded_by_id"],
    )


def downgrade() -> None:
    op.drop_index("ix_action_item_unit", "action_item")
    op.create_index("ix_action_item_responsible_unit_id", "action_item", ["responsible_unit_id"])
