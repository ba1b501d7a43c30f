"""the meeting in which a person was added by the way, and when they were put into the open register

Revision ID: 20261129_1300
Revises: 20261129_1200
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_1300"
down_revision = "20261129_1200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("made_in_meeting_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("opened_by_name", sa.Text(), nullable=True))
        batch.create_foreign_key("fk_person_made_in_meeting_id", "meeting", ["made_in_meeting_id"], ["id"])
    op.create_index("ix_hand_over_person_id", "hand_over", ["person_id"])
    op.create_index("ix_escalation_person_id", "escalation", ["person_id"])


def downgrade() -> None:
    op.drop_index("ix_escalation_person_id", "escalation")
    op.drop_index("ix_hand_over_person_id", "hand_over")
    with op.batch_alter_table("person") as batch:
        batch.drop_constraint("fk_person_made_in_meeting_id", type_="foreignkey")
        for name in ("opened_by_name", "opened_at", "made_in_meeting_id"):
            batch.drop_column(name)
