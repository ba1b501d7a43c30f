"""Let an imported report say only a percentage or an obstacle.

Revision ID: 20261130_1720
Revises: 20261130_1536
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1720"
down_revision = "20261130_1536"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("action_update") as batch:
        batch.alter_column("progress_note", existing_type=sa.Text(), nullable=True)


def downgrade() -> None:
    op.execute("UPDATE action_update SET progress_note = '–' WHERE progress_note IS NULL")
    with op.batch_alter_table("action_update") as batch:
        batch.alter_column("progress_note", existing_type=sa.Text(), nullable=False)
