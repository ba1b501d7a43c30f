"""who confirmed a doubtful value

Revision ID: 20261129_0440
Revises: 20261129_0420
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_0440"
down_revision = "20261129_0420"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("indicator_value", sa.Column("doubts", sa.JSON()))
    op.add_column("indicator_value", sa.Column("confirmed_by_name", sa.Text()))


def downgrade() -> None:
    op.drop_column("indicator_value", "confirmed_by_name")
    op.drop_column("indicator_value", "doubts")
