"""Codes that actions and proposals had before the office moved in.

Revision ID: 20261130_2206
Revises: 20261130_1938
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2206"
down_revision = "20261130_1938"
branch_labels = None
depends_on = None

TABLES = ("action_item", "proposal")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("former_code", sa.Text(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "former_code")
