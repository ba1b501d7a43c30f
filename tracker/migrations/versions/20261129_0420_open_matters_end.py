"""Requests for dates, escalations and hand-overs end with what they are about; proposals are escalated, too."""

import sqlalchemy as sa
from alembic import op

revision = "20261129_0420"
down_revision = "20261129_0330"
branch_labels = None
depends_on = None

_KINDS = "'assigned', 'taken_back', 'to_approve', 'digest', 'reset'"
_NEW_KINDS = "'date_answered', 'action_escalated', 'proposal_escalated'"
_OPEN_REQUEST = sa.text("state = 'asked'")
_CLOSED_ACTIONS = "SELECT id FROM action_item WHERE status IN ('completed', 'not_actionable', 'cancelled')"
_CLOSED_PROPOSALS = (
    "SELECT id FROM proposal WHERE status IN ('realised', 'rejected', 'merged', 'withdrawn', 'not_actionable')"
)
#: What an earlier edition left open about things that are closed, and hand-overs that a later one or a step overtook.
_SETTLE = (
    "UPDATE due_date_request SET state = 'lapsed', answered_at = CURRENT_TIMESTAMP, answered_by_name = 'system'"
    f" WHERE state = 'asked' AND action_id IN ({_CLOSED_ACTIONS})",
    "UPDATE escalation SET ended_as = 'lapsed', ended_at = CURRENT_TIMESTAMP, ended_by_name = 'system'"
    f" WHERE action_id IN ({_CLOSED_ACTIONS})",
    "UPDATE hand_over SET ended_at = CURRENT_TIMESTAMP, ended_by_name = 'system'"
    f" WHERE action_id IN ({_CLOSED_ACTIONS}) OR proposal_id IN ({_CLOSED_PROPOSALS})"
    ' OR EXISTS (SELECT 1 FROM action_item WHERE id = action_id AND status_since > hand_over."on")'
    ' OR EXISTS (SELECT 1 FROM proposal WHERE id = proposal_id AND status_since > hand_over."on")'
    " OR EXISTS (SELECT 1 FROM hand_over AS later WHERE later.id > hand_over.id"
    " AND (later.action_id = hand_over.action_id OR later.proposal_id = hand_over.proposal_id))",
)


def upgrade() -> None:
    _requests("'asked', 'granted', 'refused', 'lapsed'")
    with op.batch_alter_table("escalation") as batch:
        batch.alter_column("action_id", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("proposal_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("ended_as", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("ended_by_name", sa.Text(), nullable=True))
        batch.add_column(sa.Column("answer", sa.Text(), nullable=True))
        batch.create_foreign_key(op.f("fk_escalation_proposal_id"), "proposal", ["proposal_id"], ["id"])
        batch.create_check_constraint(op.f("ck_escalation_ended_as"), "ended_as IN ('answered', 'lapsed')")
        batch.create_check_constraint(
            op.f("ck_escalation_one_subject"), "(action_id IS NULL) <> (proposal_id IS NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_escalation_ended_once"), "(ended_at IS NULL) = (ended_as IS NULL)"
        )
        batch.create_check_constraint(
            op.f("ck_escalation_answered_in_words"), "ended_as <> 'answered' OR answer IS NOT NULL"
        )
    op.create_index(op.f("ix_escalation_proposal_id"), "escalation", ["proposal_id"])
    is_open = sa.text("ended_at IS NULL")
    op.create_index("ix_escalation_open", "escalation", ["id"], sqlite_where=is_open, postgresql_where=is_open)
    with op.batch_alter_table("hand_over") as batch:
        batch.add_column(sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("ended_by_name", sa.Text(), nullable=True))
        batch.add_column(sa.Column("answer", sa.Text(), nullable=True))
        batch.create_check_constraint(op.f("ck_hand_over_answer_ends_it"), "answer IS NULL OR ended_at IS NOT NULL")
    for statement in _SETTLE:
        op.execute(statement)
    _notices(f"{_KINDS}, {_NEW_KINDS}")


def downgrade() -> None:
    op.execute(f"DELETE FROM notice WHERE kind IN ({_NEW_KINDS})")
    _notices(_KINDS)
    with op.batch_alter_table("hand_over") as batch:
        batch.drop_constraint(op.f("ck_hand_over_answer_ends_it"), type_="check")
        for name in ("answer", "ended_by_name", "ended_at"):
            batch.drop_column(name)
    op.execute("DELETE FROM escalation WHERE action_id IS NULL")
    op.drop_index("ix_escalation_open", "escalation")
    op.drop_index(op.f("ix_escalation_proposal_id"), "escalation")
    with op.batch_alter_table("escalation") as batch:
        for name in ("ended_as", "one_subject", "ended_once", "answered_in_words"):
            batch.drop_constraint(op.f(f"ck_escalation_{name}"), type_="check")
        batch.drop_constraint(op.f("fk_escalation_proposal_id"), type_="foreignkey")
        for name in ("answer", "ended_by_name", "ended_at", "ended_as", "proposal_id"):
            batch.drop_column(name)
        batch.alter_column("action_id", existing_type=sa.Integer(), nullable=False)
    op.execute("DELETE FROM due_date_request WHERE state = 'lapsed'")
    _requests("'asked', 'granted', 'refused'")


def _notices(kinds: str) -> None:
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_kind"), f"kind IN ({kinds})")


def _requests(states: str) -> None:
    op.drop_index("ix_due_date_request_open", "due_date_request")
    with op.batch_alter_table("due_date_request") as batch:
        batch.drop_constraint(op.f("ck_due_date_request_state"), type_="check")
        batch.create_check_constraint(op.f("ck_due_date_request_state"), f"state IN ({states})")
    op.create_index(
        "ix_due_date_request_open", "due_date_request", ["action_id"], unique=True,
        sqlite_where=_OPEN_REQUEST, postgresql_where=_OPEN_REQUEST,
    )  # fmt: skip
