"""Open actions in the orders in which lists show them, and their classification beside the day due, to be counted."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0925"
down_revision = "20261125_0455"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('awaiting_verification', 'in_progress', 'not_started')")


def upgrade() -> None:
    op.drop_index("ix_action_item_due", "action_item")
    op.create_index("ix_action_item_due", "action_item", ["status", "due_on", "classification"])
    op.create_index("ix_action_item_since", "action_item", ["status", "status_since", "id"])
    columns = ["assigned_on", "id", "due_on", "classification"]
    op.create_index("ix_action_item_open_newest", "action_item", columns, sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_index("ix_action_item_open_newest", "action_item")
    op.drop_index("ix_action_item_since", "action_item")
    op.drop_index("ix_action_item_due", "action_item")
    op.create_index("ix_action_item_due", "action_item", ["status", "due_on"])
