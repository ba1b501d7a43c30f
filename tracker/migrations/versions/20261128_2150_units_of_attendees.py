"""The unit or outside body that somebody on an attendance list came from."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_2150"
down_revision = "20261128_2140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("attendance", sa.Column("unit_as_written", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("attendance", "unit_as_written")
