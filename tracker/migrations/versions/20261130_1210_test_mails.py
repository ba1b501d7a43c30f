"""Let administrators ask for a test mail.

Revision ID: 20261130_1210
Revises: 20261130_1200
"""

from alembic import op

revision = "20261130_1210"
down_revision = "20261130_1200"
branch_labels = None
depends_on = None

KINDS = (
    "assigned", "taken_back", "to_approve", "digest", "reset", "invitation", "date_answered", "action_escalated",
    "proposal_escalated",
)  # fmt: skip


def _allow(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_kind"), f"kind IN ({names})")


def upgrade() -> None:
    _allow(*KINDS, "test")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'test'")
    _allow(*KINDS)
