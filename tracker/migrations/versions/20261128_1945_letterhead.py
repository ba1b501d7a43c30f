"""What the official form prints: the letterhead of the office, copies of the minutes, notes at returned lines."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_1945"
down_revision = "20261128_1930"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letterhead_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organiser_unit_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("emblem_mark", sa.Text(), nullable=True),
        sa.Column("emblem_name", sa.Text(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(emblem_mark IS NULL) = (emblem_name IS NULL)", name=op.f("ck_letterhead_setting_emblem_has_name")
        ),
        sa.ForeignKeyConstraint(
            ["organiser_unit_id"], ["org_unit.id"], name=op.f("fk_letterhead_setting_organiser_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead_setting")),
    )
    op.add_column("minutes_version", sa.Column("line_notes", sa.JSON(), nullable=True))
    op.add_column("meeting", sa.Column("copies_to", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("meeting", "copies_to")
    op.drop_column("minutes_version", "line_notes")
    op.drop_table("letterhead_setting")
