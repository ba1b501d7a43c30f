"""Actions of decisions and directives: the index leaves out those that have none, or SQLite takes it for useless."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0425"
down_revision = "20261125_0410"
branch_labels = None
depends_on = None

WHERE = sa.text("statement_id IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_action_item_statement_id", "action_item")
    op.create_index(
        "ix_action_item_statement_id", "action_item", ["statement_id"], sqlite_where=WHERE, postgresql_where=WHERE
    )


def downgrade() -> None:
    op.drop_index("ix_action_item_statement_id", "action_item")
    op.create_index("ix_action_item_statement_id", "action_item", ["statement_id"])
