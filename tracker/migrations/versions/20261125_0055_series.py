"""series of meetings; people can be expected

Revision ID: 20261125_0055
Revises: 20261125_0053
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0055"
down_revision = "20261125_0053"
branch_labels = None
depends_on = None

BEFORE = ("present", "present_online", "partial", "represented", "excused", "absent")
AFTER = (*BEFORE, "expected")


def allow(statuses: tuple[str, ...]) -> None:
    """Change the CHECK of attendance.status."""
    allowed = ", ".join(f"'{code}'" for code in statuses)
    with op.batch_alter_table("attendance") as batch:
        batch.drop_constraint(op.f("ck_attendance_status"), type_="check")
        batch.create_check_constraint(op.f("ck_attendance_status"), f"status IN ({allowed})")


def upgrade() -> None:
    allow(AFTER)
    op.create_table(
        "meeting_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column(
            "rhythm",
            sa.Enum("weekly", "fortnightly", "monthly", "quarterly", name="rhythm", native_enum=False,
                    create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    op.create_table(
        "series_meeting",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_series_meeting_meeting_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["meeting.id"], name=op.f("fk_series_meeting_previous_id")),
        sa.ForeignKeyConstraint(["series_id"], ["meeting_series.id"], name=op.f("fk_series_meeting_series_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_series_meeting")),
    )
    op.create_index("ix_series_meeting_series", "series_meeting", ["series_id"])
    op.create_index("ix_series_meeting_previous", "series_meeting", ["previous_id"])


def downgrade() -> None:
    op.drop_table("series_meeting")
    op.drop_table("meeting_series")
    op.execute("UPDATE attendance SET status = 'absent' WHERE status = 'expected'")
    allow(BEFORE)
