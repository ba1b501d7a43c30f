"""A classification per statement, and accounts let into a meeting by name."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0345"
down_revision = "20261125_0335"
branch_labels = None
depends_on = None

LEVELS = ("ordinary", "restricted", "secret", "top_secret")


def upgrade() -> None:
    levels = sa.Enum(*LEVELS, name="classification", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("statement") as batch:
        batch.add_column(sa.Column("classification", levels, nullable=False, server_default="ordinary"))
    with op.batch_alter_table("statement") as batch:
        batch.alter_column("classification", server_default=None)
    op.create_table(
        "meeting_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_meeting_grant_account_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_grant_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_grant")),
        sa.UniqueConstraint("meeting_id", "account_id", name=op.f("uq_meeting_grant_meeting_id_account_id")),
    )
    op.create_index("ix_meeting_grant_account_id", "meeting_grant", ["account_id"])


def downgrade() -> None:
    op.drop_table("meeting_grant")
    with op.batch_alter_table("statement") as batch:
        batch.drop_constraint(op.f("ck_statement_classification"), type_="check")
        batch.drop_column("classification")
