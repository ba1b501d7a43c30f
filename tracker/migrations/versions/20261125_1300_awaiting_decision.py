"""Proposals that await a decision, the oldest first; and the classification beside the status, to be counted."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_1300"
down_revision = "20261125_0925"
branch_labels = None
depends_on = None

AWAITING = sa.text("status IN ('deferred', 'submitted', 'under_discussion')")


def upgrade() -> None:
    op.create_index(
        "ix_proposal_awaiting", "proposal", ["raised_on", "id"], sqlite_where=AWAITING, postgresql_where=AWAITING
    )
    op.drop_index("ix_proposal_status", "proposal")
    op.create_index("ix_proposal_status", "proposal", ["status", "raised_on", "id", "classification"])


def downgrade() -> None:
    op.drop_index("ix_proposal_status", "proposal")
    op.create_index("ix_proposal_status", "proposal", ["status", "raised_on", "id"])
    op.drop_index("ix_proposal_awaiting", "proposal")
