"""links to targets follow a change of edition

Revision ID: 20261129_0300
Revises: 20261128_2200
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_0300"
down_revision = "20261128_2200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("proposal_target_link") as table:
        table.add_column(sa.Column("made_to_id", sa.Integer()))
        table.create_foreign_key(op.f("fk_proposal_target_link_made_to_id"), "target", ["made_to_id"], ["id"])
        table.create_index(op.f("ix_proposal_target_link_made_to_id"), ["made_to_id"])


def downgrade() -> None:
    with op.batch_alter_table("proposal_target_link") as table:
        table.drop_index(op.f("ix_proposal_target_link_made_to_id"))
        table.drop_constraint(op.f("fk_proposal_target_link_made_to_id"), type_="foreignkey")
        table.drop_column("made_to_id")
