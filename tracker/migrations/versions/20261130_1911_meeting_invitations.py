"""Invitations to meetings, and the mails about them.

Revision ID: 20261130_1911
Revises: 20261130_1909
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1911"
down_revision = "20261130_1909"
branch_labels = None
depends_on = None

KINDS = (
    "assigned", "taken_back", "to_approve", "digest", "reset", "invitation", "date_answered", "action_escalated",
    "proposal_escalated", "test",
)  # fmt: skip
NEW = ("meeting_invited", "meeting_changed", "meeting_cancelled", "meeting_reminder")


def _allow(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_kind"), f"kind IN ({names})")


def _codes(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "meeting_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("state", _codes("state", "sent", "withdrawn"), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("mailed_to", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("invited_for", sa.Date(), nullable=False),
        sa.Column("invited_for_time", sa.Time(), nullable=True),
        sa.Column("answer", _codes("answer", "attending", "represented", "declined", "tentative"), nullable=True),
        sa.Column("represented_by", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answered_through", _codes("answered_through", "link", "mail_program", "secretariat"), nullable=True
        ),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name=op.f("ck_meeting_invitation_answered_at_a_time")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_through IS NULL)", name=op.f("ck_meeting_invitation_answered_in_a_way")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_invitation_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_meeting_invitation_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_meeting_invitation_position_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_meeting_invitation_token_hash")),
    )
    op.create_index("ix_meeting_invitation_meeting", "meeting_invitation", ["meeting_id", "person_id"])
    op.create_index(op.f("ix_meeting_invitation_person_id"), "meeting_invitation", ["person_id"])
    op.create_index(op.f("ix_meeting_invitation_position_id"), "meeting_invitation", ["position_id"])
    _allow(*KINDS, *NEW)


def downgrade() -> None:
    names = ", ".join(f"'{kind}'" for kind in NEW)
    op.execute(f"DELETE FROM notice WHERE kind IN ({names})")  # noqa: S608  # the names above
    _allow(*KINDS)
    op.drop_table("meeting_invitation")
