"""Let an agenda item keep the meetings it comes from.

Revision ID: 20261130_0115
Revises: 20261129_1500
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_0115"
down_revision = "20261129_1500"
branch_labels = None
depends_on = None

ITEM = sa.table(
    "agenda_item", sa.column("id"), sa.column("meeting_id"), sa.column("carried_from_id"),
    sa.column("origin_meeting_id"), sa.column("carried_from_meeting_id"),
)  # fmt: skip
NEW = ("origin_meeting_id", "carried_from_meeting_id")


def upgrade() -> None:
    with op.batch_alter_table("agenda_item") as batch:
        for name in NEW:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_agenda_item_{name}"), "meeting", [name], ["id"])
    _fill()


def _fill() -> None:
    """What goes on elsewhere knows the place where it stood last, and through it the first."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(ITEM.c.id, ITEM.c.meeting_id, ITEM.c.carried_from_id)).all()
    places = {row.id: row for row in rows}
    for row in rows:
        if row.carried_from_id is None:
            continue
        last = first = places[row.carried_from_id]
        while first.carried_from_id is not None:
            first = places[first.carried_from_id]
        stood = {"origin_meeting_id": first.meeting_id, "carried_from_meeting_id": last.meeting_id}
        connection.execute(sa.update(ITEM).where(ITEM.c.id == row.id).values(**stood))


def downgrade() -> None:
    with op.batch_alter_table("agenda_item") as batch:
        for name in NEW:
            batch.drop_constraint(op.f(f"fk_agenda_item_{name}"), type_="foreignkey")
            batch.drop_column(name)
