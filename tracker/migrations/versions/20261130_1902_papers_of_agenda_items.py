"""Let a file of a meeting belong to one of its agenda items.

Revision ID: 20261130_1902
Revises: 20261130_1857
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1902"
down_revision = "20261130_1857"
branch_labels = None
depends_on = None

KINDS = ("photo", "signed_copy", "evidence", "other")


def upgrade() -> None:
    op.create_index("ix_agenda_item_of_meeting", "agenda_item", ["id", "meeting_id"], unique=True)
    with op.batch_alter_table("attachment") as batch:
        batch.add_column(sa.Column("agenda_item_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            "fk_attachment_agenda_item_id", "agenda_item", ["agenda_item_id", "meeting_id"], ["id", "meeting_id"]
        )
        batch.create_check_constraint(
            op.f("ck_attachment_agenda_item_has_meeting"), "agenda_item_id IS NULL OR meeting_id IS NOT NULL"
        )
        batch.create_index(op.f("ix_attachment_agenda_item_id"), ["agenda_item_id"])
    _let("invitation", "paper", "attendance_scan", *KINDS)


def downgrade() -> None:
    op.execute("UPDATE attachment SET kind = 'other' WHERE kind = 'paper'")
    _let("invitation", "attendance_scan", *KINDS)
    with op.batch_alter_table("attachment") as batch:
        batch.drop_index(op.f("ix_attachment_agenda_item_id"))
        batch.drop_constraint(op.f("ck_attachment_agenda_item_has_meeting"), type_="check")
        batch.drop_constraint("fk_attachment_agenda_item_id", type_="foreignkey")
        batch.drop_column("agenda_item_id")
    op.drop_index("ix_agenda_item_of_meeting", "agenda_item")


def _let(*kinds: str) -> None:
    with op.batch_alter_table("attachment") as batch:
        batch.drop_constraint(op.f("ck_attachment_kind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_attachment_kind"), "kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
        )
