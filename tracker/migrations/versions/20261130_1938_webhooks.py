"""Webhooks: their addresses, and the outbox of their messages.

Revision ID: 20261130_1938
Revises: 20261130_1911
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1938"
down_revision = "20261130_1911"
branch_labels = None
depends_on = None

NOTICES = (
    "assigned", "taken_back", "to_approve", "digest", "reset", "invitation", "date_answered", "action_escalated",
    "proposal_escalated", "test", "meeting_invited", "meeting_changed", "meeting_cancelled", "meeting_reminder",
)  # fmt: skip
KINDS = (
    "meeting.planned", "meeting.held", "meeting.postponed", "meeting.cancelled", "meeting.minutes_approved",
    "proposal.made", "proposal.decided", "proposal.status_changed", "action.assigned", "action.reported",
    "action.due_date_moved", "action.verified", "action.ended", "indicator.value_recorded", "ping",
)  # fmt: skip
FAULTS = ("refused", "no_connection", "certificate", "no_answer", "no_secret")


def _codes(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def _allow(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_kind"), f"kind IN ({names})")


def upgrade() -> None:
    op.create_table(
        "webhook_endpoint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("target_url", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("hook_kinds", sa.JSON(), nullable=False),
        sa.Column("state", _codes("state", "active", "paused", "off", "ended"), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=True),
        sa.Column("former_sealed_secret", sa.Text(), nullable=True),
        sa.Column("former_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_webhook_endpoint_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoint")),
    )
    op.create_index("ix_webhook_endpoint_account_id", "webhook_endpoint", ["account_id"])
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("endpoint_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("hook_kind", _codes("hook_kind", *KINDS), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("state", _codes("state", "waiting", "delivered", "failed"), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed_first_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("response_status", sa.Integer(), nullable=True),
        sa.Column("fault", _codes("fault", *FAULTS), nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoint.id"], name=op.f("fk_webhook_delivery_endpoint_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_webhook_delivery_event_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_delivery")),
        sa.UniqueConstraint("endpoint_id", "event_id", name=op.f("uq_webhook_delivery_endpoint_id_event_id")),
        sa.UniqueConstraint("message_id", name=op.f("uq_webhook_delivery_message_id")),
    )
    op.create_index(
        "ix_webhook_delivery_due", "webhook_delivery", ["due_at", "id"],
        sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"),
    )
    _allow(*NOTICES, "webhook_off")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'webhook_off'")
    _allow(*NOTICES)
    op.drop_table("webhook_delivery")
    op.drop_table("webhook_endpoint")
