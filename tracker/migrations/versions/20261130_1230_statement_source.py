"""Keep where a statement was read in a text.

Revision ID: 20261130_1230
Revises: 20261130_1227
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1230"
down_revision = "20261130_1227"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "statement_source",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("second", sa.Integer(), nullable=True),
        sa.CheckConstraint("start >= 0 AND line > 0", name=op.f("ck_statement_source_is_a_place")),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_source_statement_id")
        ),
        sa.PrimaryKeyConstraint("statement_id", name=op.f("pk_statement_source")),
    )


def downgrade() -> None:
    op.drop_table("statement_source")
