"""Templates per type of meeting."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0155"
down_revision = "20261125_0140"
branch_labels = None
depends_on = None

TYPES = ("leadership_meeting", "coordination_meeting", "working_meeting", "focus_group_discussion", "monitoring_meeting",
         "weekly_review", "preparation_meeting", "other")
MODES = ("in_person", "in_person_assumed", "online", "hybrid")


def _codes(name: str, members: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "meeting_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_type", _codes("meeting_type", TYPES), nullable=False),
        sa.Column("venue", sa.Text(), nullable=True),
        sa.Column("venue_detail", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("mode", _codes("mode", MODES), nullable=True),
        sa.Column("organiser_unit_id", sa.Integer(), nullable=True),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("posts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organiser_unit_id"], ["org_unit.id"], name=op.f("fk_meeting_template_organiser_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_template")),
        sa.UniqueConstraint("meeting_type", name=op.f("uq_meeting_template_meeting_type")),
    )


def downgrade() -> None:
    op.drop_table("meeting_template")
