"""Keep vectors of proposals, for those that are possibly related.

Revision ID: 20261201_0307
Revises: 20261201_0244
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0307"
down_revision = "20261201_0244"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal_meaning",
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("proposal_version", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_meaning_proposal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("proposal_id", name=op.f("pk_proposal_meaning")),
    )


def downgrade() -> None:
    op.drop_table("proposal_meaning")
