"""English names in the lines of a decree

Revision ID: 20261130_1515
Revises: 20261130_1510
"""
import sqlalchemy as sa
from alembic import op

revision = "20261130_1515"
down_revision = "20261130_1510"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reorganisation_line") as batch_op:
        batch_op.add_column(sa.Column("successor_name_en", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reorganisation_line") as batch_op:
        batch_op.drop_column("successor_name_en")
