"""Word templates that the office puts in force."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0105"
down_revision = "20261125_0101"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(mark IS NULL) = (name IS NULL)", name=op.f("ck_word_template_file_has_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_template")),
    )


def downgrade() -> None:
    op.drop_table("word_template")
