"""words to offer: counted, so that they go when what holds them goes or becomes confidential

Revision ID: 20261125_0140
Revises: 20261125_0112

The list starts empty; `flask --app app search rebuild` fills it.
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0140"
down_revision = "20261125_0112"
branch_labels = None
depends_on = None

WORD = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("search_entry", sa.Column("words", sa.Text(), nullable=True))
    op.drop_table("search_word")
    op.create_table(
        "search_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )


def downgrade() -> None:
    op.drop_table("search_word")
    op.create_table(
        "search_word",
        sa.Column("word", WORD, nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.drop_column("search_entry", "words")
