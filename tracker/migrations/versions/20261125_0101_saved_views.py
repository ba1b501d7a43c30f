"""Saved views of lists."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0101"
down_revision = "20261125_0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "account_id", "list_name", "name", name=op.f("uq_saved_view_account_id_list_name_name")
        ),
    )
    op.create_index(
        "ix_saved_view_one_default",
        "saved_view",
        ["account_id", "list_name"],
        unique=True,
        sqlite_where=sa.text("is_default"),
        postgresql_where=sa.text("is_default"),
    )
    op.create_index("ix_saved_view_shared", "saved_view", ["list_name", "is_shared"])


def downgrade() -> None:
    op.drop_table("saved_view")
