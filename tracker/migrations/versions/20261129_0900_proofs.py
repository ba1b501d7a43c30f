"""when password and code were given last; the address at the office's sign-in

Revision ID: 20261129_0900
Revises: 20261129_0330
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_0900"
down_revision = "20261129_0440"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sign_in") as table:
        table.add_column(sa.Column("proved_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE sign_in SET proved_at = started_at")
    with op.batch_alter_table("sign_in") as table:
        table.alter_column("proved_at", existing_type=sa.DateTime(timezone=True), nullable=False)
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("office_address", sa.Text(), nullable=True))
        table.create_unique_constraint(op.f("uq_account_office_address"), ["office_address"])


def downgrade() -> None:
    with op.batch_alter_table("account") as table:
        table.drop_constraint(op.f("uq_account_office_address"), type_="unique")
        table.drop_column("office_address")
    op.drop_column("sign_in", "proved_at")
