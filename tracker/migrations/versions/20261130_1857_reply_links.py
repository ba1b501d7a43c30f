"""Links with which those in charge answer without an account.

Revision ID: 20261130_1857
Revises: 20261130_1827
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1857"
down_revision = "20261130_1827"
branch_labels = None
depends_on = None

_IS_OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "reply_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "report", "finish", "ask_date", name="purpose", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("is_letter", sa.Boolean(), nullable=False),
        sa.Column("made_by_name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "ended_as",
            sa.Enum(
                "used", "revoked", "overtaken", name="ended_as", native_enum=False, create_constraint=True, length=32
            ),
            nullable=True,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name=op.f("ck_reply_link_ended_once")),
        sa.CheckConstraint("is_letter OR person_id IS NOT NULL", name=op.f("ck_reply_link_to_somebody")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_reply_link_account_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_reply_link_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reply_link_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_link")),
    )
    op.create_index(op.f("ix_reply_link_account_id"), "reply_link", ["account_id"])
    op.create_index(op.f("ix_reply_link_action_id"), "reply_link", ["action_id"])
    op.create_index(
        "ix_reply_link_open", "reply_link", ["action_id"], sqlite_where=_IS_OPEN, postgresql_where=_IS_OPEN
    )
    op.create_index(op.f("ix_reply_link_person_id"), "reply_link", ["person_id"])


def downgrade() -> None:
    op.drop_table("reply_link")
