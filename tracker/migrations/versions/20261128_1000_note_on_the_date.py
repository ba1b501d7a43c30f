"""The note on a meeting's date in English beside the Indonesian one."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1000"
down_revision = "20261125_1500"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meeting", sa.Column("date_note_en", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("meeting", "date_note_en")
