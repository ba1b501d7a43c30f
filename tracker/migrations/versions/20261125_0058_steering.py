"""Requests for another date, escalations, what holds an action up, and bulk changes that can be undone."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0058"
down_revision = "20261125_0055"
branch_labels = None
depends_on = None


def _codes(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.add_column("due_date_change", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "action_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("kind", _codes("kind", "blocked", "waiting_outside"), nullable=False),
        sa.Column("waiting_for", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_on >= since", name=op.f("ck_action_hold_dates_in_order")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_action_hold_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_hold")),
    )
    op.create_index(op.f("ix_action_hold_action_id"), "action_hold", ["action_id"])
    is_open = sa.text("ended_on IS NULL")
    op.create_index(
        "ix_action_hold_open", "action_hold", ["action_id"], unique=True, sqlite_where=is_open, postgresql_where=is_open
    )
    _requests()
    _escalations()
    _bulk_changes()


def _requests() -> None:
    op.create_table(
        "due_date_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", _codes("state", "asked", "granted", "refused"), nullable=False),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_name", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'asked') = (answered_at IS NULL)", name=op.f("ck_due_date_request_answered_once")
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR answer_note IS NOT NULL", name=op.f("ck_due_date_request_refused_with_note")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_due_date_request_action_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_due_date_request_by_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_date_request")),
    )
    op.create_index(op.f("ix_due_date_request_action_id"), "due_date_request", ["action_id"])
    is_open = sa.text("state = 'asked'")
    op.create_index(
        "ix_due_date_request_open", "due_date_request", ["action_id"], unique=True,
        sqlite_where=is_open, postgresql_where=is_open,
    )  # fmt: skip


def _escalations() -> None:
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "position_id IS NOT NULL OR person_id IS NOT NULL", name=op.f("ck_escalation_to_somebody")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_escalation_action_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_escalation_position_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_escalation_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    op.create_index(op.f("ix_escalation_action_id"), "escalation", ["action_id"])


def _bulk_changes() -> None:
    op.create_table(
        "bulk_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_bulk_change_by_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_change")),
    )
    op.create_index(op.f("ix_bulk_change_by_account_id"), "bulk_change", ["by_account_id"])
    op.create_table(
        "bulk_change_row",
        sa.Column("bulk_change_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["bulk_change_id"], ["bulk_change.id"], name=op.f("fk_bulk_change_row_bulk_change_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_bulk_change_row_action_id")),
        sa.PrimaryKeyConstraint("bulk_change_id", "action_id", name=op.f("pk_bulk_change_row")),
    )
    op.create_index(op.f("ix_bulk_change_row_action_id"), "bulk_change_row", ["action_id"])


def downgrade() -> None:
    for table in ("bulk_change_row", "bulk_change", "escalation", "due_date_request", "action_hold"):
        op.drop_table(table)
    op.drop_column("due_date_change", "withdrawn_at")
