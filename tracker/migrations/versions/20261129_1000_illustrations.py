"""A source of its own for the invented meetings of the demo, which their pages and documents name as such."""

import sqlalchemy as sa
from alembic import op

revision = "20261129_1000"
down_revision = "20261129_0930"
branch_labels = None
depends_on = None

SOURCES = ("own_notes", "press_release", "signed_minutes", "other")


def upgrade() -> None:
    _allow(*SOURCES, "illustration")


def downgrade() -> None:
    meeting = sa.table("meeting", sa.column("source_type"))
    op.execute(meeting.update().where(meeting.c.source_type == "illustration").values(source_type="own_notes"))
    _allow(*SOURCES)


def _allow(*sources: str) -> None:
    listed = ", ".join(f"'{source}'" for source in sources)
    with op.batch_alter_table("meeting") as batch:
        batch.drop_constraint(op.f("ck_meeting_source_type"), type_="check")
        batch.create_check_constraint(op.f("ck_meeting_source_type"), f"source_type IN ({listed})")
