"""Mails about reports by a link that were sent back.

Revision ID: 20261201_0244
Revises: 20261201_0217
"""

from alembic import op

revision = "20261201_0244"
down_revision = "20261201_0217"
branch_labels = None
depends_on = None

NOTICES = (
    "assigned", "taken_back", "to_approve", "digest", "reset", "invitation", "date_answered", "action_escalated",
    "proposal_escalated", "test", "meeting_invited", "meeting_changed", "meeting_cancelled", "meeting_reminder",
    "webhook_off",
)  # fmt: skip


def _allow(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_kind"), f"kind IN ({names})")


def upgrade() -> None:
    _allow(*NOTICES, "sent_back")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'sent_back'")
    _allow(*NOTICES)
