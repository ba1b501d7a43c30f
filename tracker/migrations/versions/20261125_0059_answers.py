"""Who has to act now, what accounts follow, and when silence is too long."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0059"
down_revision = "20261125_0058"
branch_labels = None
depends_on = None

ONE_HOLDER = (
    "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + CASE WHEN position_id IS NULL THEN 0 ELSE 1 END"
    " + CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END + CASE WHEN outside IS NULL THEN 0 ELSE 1 END) = 1"
)


def upgrade() -> None:
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("outside", sa.Text(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.CheckConstraint("(proposal_id IS NULL) <> (action_id IS NULL)", name=op.f("ck_hand_over_one_subject")),
        sa.CheckConstraint(ONE_HOLDER, name=op.f("ck_hand_over_one_holder")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_hand_over_proposal_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_hand_over_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hand_over_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_hand_over_position_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_hand_over_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_proposal_id"), "hand_over", ["proposal_id"])
    op.create_index(op.f("ix_hand_over_action_id"), "hand_over", ["action_id"])
    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_follow_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("account_id", "subject", "subject_id", name=op.f("uq_follow_account_id_subject_subject_id")),
    )
    op.create_table(
        "answer_setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("after_meetings", sa.Integer(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("after_meetings > 0 AND after_days > 0", name=op.f("ck_answer_setting_positive")),
        sa.CheckConstraint("id = 1", name=op.f("ck_answer_setting_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_setting")),
    )


def downgrade() -> None:
    op.drop_table("answer_setting")
    op.drop_table("follow")
    op.drop_table("hand_over")
