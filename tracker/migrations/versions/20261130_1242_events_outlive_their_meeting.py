"""Let events outlive the meeting that they name, as they outlive their subject: an import can be undone.

Revision ID: 20261130_1242
Revises: 20261130_1230
"""

from alembic import op

revision = "20261130_1242"
down_revision = "20261130_1230"
branch_labels = None
depends_on = None

NAME = "fk_event_meeting_id"
#: SQLite makes the table anew, without its triggers.
GUARDS = tuple(
    f"CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event "
    "BEGIN SELECT RAISE(ABORT, 'event is append-only'); END"
    for verb in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    with op.batch_alter_table("event") as batch:
        batch.drop_constraint(NAME, type_="foreignkey")
    _guard_again()


def downgrade() -> None:
    with op.batch_alter_table("event") as batch:
        batch.create_foreign_key(NAME, "meeting", ["meeting_id"], ["id"])
    _guard_again()


def _guard_again() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for guard in GUARDS:
            op.execute(guard)
