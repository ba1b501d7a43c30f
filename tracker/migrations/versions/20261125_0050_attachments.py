"""Attachments of meetings, proposals and actions."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0050"
down_revision = "20261125_0046"
branch_labels = None
depends_on = None

KINDS = ("invitation", "attendance_scan", "photo", "signed_copy", "evidence", "other")
LEVELS = ("ordinary", "restricted", "secret", "top_secret")
ONE_PARENT = (
    "(meeting_id IS NOT NULL AND proposal_id IS NULL AND action_id IS NULL)"
    " OR (meeting_id IS NULL AND proposal_id IS NOT NULL AND action_id IS NULL)"
    " OR (meeting_id IS NULL AND proposal_id IS NULL AND action_id IS NOT NULL)"
)


def codes(members: tuple[str, ...], name: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("kind", codes(KINDS, "kind"), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by_name", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("classification", codes(LEVELS, "classification"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(ONE_PARENT, name=op.f("ck_attachment_belongs_to_one")),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_has_content")),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by_name IS NULL)", name=op.f("ck_attachment_removed_by_someone")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attachment_meeting_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_attachment_proposal_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_attachment_action_id")),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name=op.f("fk_attachment_added_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    for column in ("meeting_id", "proposal_id", "action_id", "mark"):
        op.create_index(op.f(f"ix_attachment_{column}"), "attachment", [column])


def downgrade() -> None:
    op.drop_table("attachment")
