"""Let accounts be invited, and be asked for by the office sign-in.

Revision ID: 20261130_1130
Revises: 20261130_1100
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1130"
down_revision = "20261130_1100"
branch_labels = None
depends_on = None

KINDS = (
    "assigned", "taken_back", "to_approve", "digest", "reset", "date_answered", "action_escalated",
    "proposal_escalated",
)  # fmt: skip


def _allow(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_kind"), f"kind IN ({names})")


def upgrade() -> None:
    with op.batch_alter_table("account") as batch:
        batch.add_column(sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
    _allow(*KINDS, "invitation")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'invitation'")
    _allow(*KINDS)
    with op.batch_alter_table("account") as batch:
        batch.drop_column("asked_at")
        batch.drop_column("invited_at")
