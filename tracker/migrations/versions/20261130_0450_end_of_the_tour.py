"""Let an account remember that it was shown around.

Revision ID: 20261130_0450
Revises: 20261130_0115
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0450"
down_revision = "20261130_0115"
branch_labels = None
depends_on = None

ACCOUNT = sa.table("account", sa.column("id"), sa.column("toured_at"))
SIGN_IN = sa.table("sign_in", sa.column("account_id"))


def upgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("toured_at", sa.DateTime(timezone=True), nullable=True))
    # Whoever has signed in before knows the way.
    known = sa.select(SIGN_IN.c.account_id)
    op.execute(sa.update(ACCOUNT).where(ACCOUNT.c.id.in_(known)).values(toured_at=sa.func.current_timestamp()))


def downgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.drop_column("toured_at")
