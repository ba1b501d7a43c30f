"""Open actions by due date, and attributions somebody disputes: both few, however large the tables."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0410"
down_revision = "20261125_0400"
branch_labels = None
depends_on = None

OPEN = sa.text("status IN ('awaiting_verification', 'in_progress', 'not_started')")


def upgrade() -> None:
    op.create_index("ix_action_item_unfinished", "action_item", ["due_on", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_proposal_proponent_attribution", "proposal_proponent", ["attribution", "id"])


def downgrade() -> None:
    op.drop_index("ix_proposal_proponent_attribution", "proposal_proponent")
    op.drop_index("ix_action_item_unfinished", "action_item")
