"""The day on which a meeting ends, where that is another."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_2000"
down_revision = "20261128_1945"
branch_labels = None
depends_on = None

HOURS = "end_time IS NULL OR start_time IS NULL OR end_time >= start_time"


def upgrade() -> None:
    with op.batch_alter_table("meeting") as batch:
        batch.add_column(sa.Column("end_on", sa.Date(), nullable=True))
        batch.drop_constraint(op.f("ck_meeting_times_in_order"), type_="check")
        batch.create_check_constraint(
            op.f("ck_meeting_times_in_order"), f"COALESCE(end_on, date) > date OR {HOURS}"
        )
        batch.create_check_constraint(op.f("ck_meeting_ends_on_another_day"), "end_on > date")


def downgrade() -> None:
    op.execute("UPDATE meeting SET end_time = NULL WHERE end_on IS NOT NULL AND end_time < start_time")
    with op.batch_alter_table("meeting") as batch:
        batch.drop_constraint(op.f("ck_meeting_ends_on_another_day"), type_="check")
        batch.drop_constraint(op.f("ck_meeting_times_in_order"), type_="check")
        batch.create_check_constraint(op.f("ck_meeting_times_in_order"), HOURS)
        batch.drop_column("end_on")
