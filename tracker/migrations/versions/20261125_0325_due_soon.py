"""How many working days ahead are soon: a setting of the office."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0325"
down_revision = "20261125_0320"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "action_setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_soon_working_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("due_soon_working_days BETWEEN 1 AND 60", name=op.f("ck_action_setting_sensible")),
        sa.CheckConstraint("id = 1", name=op.f("ck_action_setting_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_setting")),
    )


def downgrade() -> None:
    op.drop_table("action_setting")
