"""Lines, attendance rows and agenda items have keys between which others can be put; agenda items can be set aside."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_2110"
down_revision = "20261128_2100"
branch_labels = None
depends_on = None

TABLES = ("statement", "attendance", "agenda_item")
PLACE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def fill(table: str, value: str) -> None:
    """Set a column of each row by its rank in the order of its meeting."""
    op.execute(
        f"UPDATE {table} SET {value} FROM (SELECT id, row_number() OVER (PARTITION BY meeting_id ORDER BY "  # noqa: S608
        f"{'place' if value.startswith('number') else 'number'}, id) AS rank FROM {table}) AS ranked "
        f"WHERE ranked.id = {table}.id"
    )


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("place", PLACE, nullable=True))
        fill(table, "place = substr('0000000' || ranked.rank, length('0000000' || ranked.rank) - 7)")
    op.drop_index("ix_statement_meeting", "statement")
    op.drop_index("ix_attendance_meeting", "attendance")
    with op.batch_alter_table("statement") as batch:
        batch.alter_column("place", existing_type=PLACE, nullable=False)
        batch.drop_column("number")
        batch.add_column(sa.Column("joined_into_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_statement_joined_into_id"), "statement", ["joined_into_id"], ["id"])
    with op.batch_alter_table("attendance") as batch:
        batch.alter_column("place", existing_type=PLACE, nullable=False)
        batch.drop_column("number")
    with op.batch_alter_table("agenda_item") as batch:
        batch.drop_constraint(op.f("uq_agenda_item_meeting_id_number"), type_="unique")
        batch.alter_column("place", existing_type=PLACE, nullable=False)
        batch.drop_column("number")
        batch.add_column(sa.Column("set_aside", sa.String(length=32), nullable=True))
        batch.add_column(sa.Column("carried_from_id", sa.Integer(), nullable=True))
        batch.create_check_constraint(op.f("ck_agenda_item_set_aside"), "set_aside IN ('not_reached', 'deferred')")
        batch.create_foreign_key(op.f("fk_agenda_item_carried_from_id"), "agenda_item", ["carried_from_id"], ["id"])
        batch.create_unique_constraint(op.f("uq_agenda_item_carried_from_id"), ["carried_from_id"])
    op.create_index("ix_statement_meeting", "statement", ["meeting_id", "place", "id"])
    op.create_index("ix_attendance_meeting", "attendance", ["meeting_id", "place"])
    op.create_index("ix_agenda_item_meeting", "agenda_item", ["meeting_id", "place"])


def downgrade() -> None:
    op.drop_index("ix_statement_meeting", "statement")
    op.drop_index("ix_attendance_meeting", "attendance")
    op.drop_index("ix_agenda_item_meeting", "agenda_item")
    for table in TABLES:
        op.add_column(table, sa.Column("number", sa.Integer(), nullable=True))
        fill(table, "number = ranked.rank")
    with op.batch_alter_table("statement") as batch:
        batch.drop_constraint(op.f("fk_statement_joined_into_id"), type_="foreignkey")
        batch.drop_column("joined_into_id")
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("place")
    with op.batch_alter_table("attendance") as batch:
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("place")
    with op.batch_alter_table("agenda_item") as batch:
        batch.drop_constraint(op.f("uq_agenda_item_carried_from_id"), type_="unique")
        batch.drop_constraint(op.f("fk_agenda_item_carried_from_id"), type_="foreignkey")
        batch.drop_constraint(op.f("ck_agenda_item_set_aside"), type_="check")
        batch.drop_column("carried_from_id")
        batch.drop_column("set_aside")
        batch.alter_column("number", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("place")
        batch.create_unique_constraint(op.f("uq_agenda_item_meeting_id_number"), ["meeting_id", "number"])
    op.create_index("ix_statement_meeting", "statement", ["meeting_id", "number"])
    op.create_index("ix_attendance_meeting", "attendance", ["meeting_id", "number"])
