"""Keep who signs the invitation letter of a meeting, and what else it says.

Revision ID: 20261130_1827
Revises: 20261130_1824
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1827"
down_revision = "20261130_1824"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("written_in", sa.Text(), nullable=True),
        sa.Column("signatory_position_id", sa.Integer(), nullable=True),
        sa.Column("signatory_id", sa.Integer(), nullable=True),
        sa.Column("enclosures", sa.Text(), nullable=True),
        sa.Column("request", sa.Text(), nullable=True),
        sa.Column("copies_to", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_invitation_letter_meeting_id")),
        sa.ForeignKeyConstraint(["signatory_id"], ["person.id"], name=op.f("fk_invitation_letter_signatory_id")),
        sa.ForeignKeyConstraint(
            ["signatory_position_id"],
            ["position.id"],
            name=op.f("fk_invitation_letter_signatory_position_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_letter")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_invitation_letter_meeting_id")),
    )
    op.create_index(op.f("ix_invitation_letter_signatory_id"), "invitation_letter", ["signatory_id"])
    op.create_index(op.f("ix_invitation_letter_signatory_position_id"), "invitation_letter", ["signatory_position_id"])


def downgrade() -> None:
    op.drop_table("invitation_letter")
