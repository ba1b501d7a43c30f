"""English names in the lines of a decree

Revision ID: 20261130_1530
Revises: 20261130_1525
"""
import sqlalchemy as sa
from alembic import op

revision = "20261130_1530"
down_revision = "20261130_1525"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reorganisation_line") as batch_op:
        batch_op.add_column(sa.Column("successor_name_en", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("reorganisation_line") as batch_op:
        batch_op.drop_column("successor_name_en")
