"""a draft counts its savings

Revision ID: 20261128_2200
Revises: 20261128_2150
"""

import sqlalchemy as sa
from alembic import op

revision = "20261128_2200"
down_revision = "20261128_2150"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("typed_line") as table:
        table.add_column(sa.Column("step", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("typed_line") as table:
        table.alter_column("step", server_default=None)


def downgrade() -> None:
    op.drop_column("typed_line", "step")
