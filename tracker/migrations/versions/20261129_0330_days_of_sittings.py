"""A sitting has the day it was planned for, and can be cancelled; its items tell since when they are open."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "20261129_0330"
down_revision = "20261129_0300"
branch_labels = None
depends_on = None

BEFORE = ("open", "closed")
AFTER = (*BEFORE, "cancelled")
_OF_CLOSED = "(SELECT status FROM review WHERE id = OLD.review_id) = 'closed'"
TABLES = ("review", "review_item")
#: SQLite copies a table that changes, without its triggers.
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {condition} "
    "BEGIN SELECT RAISE(ABORT, 'a closed review is frozen'); END"
    for table, condition in (("review", "OLD.status = 'closed'"), ("review_item", _OF_CLOSED))
    for verb in ("UPDATE", "DELETE")
)


def upgrade() -> None:
    _let_go()
    with op.batch_alter_table("review") as batch:
        batch.add_column(sa.Column("planned_on", sa.Date(), nullable=True))
        _allow(batch, AFTER)
    op.execute("UPDATE review SET planned_on = held_on")  # sittings were dated on the planned day
    with op.batch_alter_table("review") as batch:
        batch.alter_column("planned_on", existing_type=sa.Date(), nullable=False)
    with op.batch_alter_table("review_item") as batch:
        batch.alter_column("weeks", new_column_name="sittings", existing_type=sa.Integer(), existing_nullable=False)
        batch.add_column(sa.Column("open_since", sa.Date(), nullable=True))
    op.execute(
        "UPDATE review_item SET open_since = COALESCE("
        "(SELECT assigned_on FROM action_item WHERE action_item.id = review_item.action_id), "
        "(SELECT raised_on FROM proposal WHERE proposal.id = review_item.proposal_id))"
    )
    with op.batch_alter_table("review_item") as batch:
        batch.alter_column("open_since", existing_type=sa.Date(), nullable=False)
    _guard()


def downgrade() -> None:
    _let_go()
    op.execute("DELETE FROM review_item WHERE review_id IN (SELECT id FROM review WHERE status = 'cancelled')")
    op.execute("DELETE FROM review WHERE status = 'cancelled'")
    with op.batch_alter_table("review_item") as batch:
        batch.drop_column("open_since")
        batch.alter_column("sittings", new_column_name="weeks", existing_type=sa.Integer(), existing_nullable=False)
    with op.batch_alter_table("review") as batch:
        _allow(batch, BEFORE)
        batch.drop_column("planned_on")
    _guard()


def _allow(batch: Any, states: tuple[str, ...]) -> None:
    """Change the CHECK of review.status."""
    batch.drop_constraint(op.f("ck_review_status"), type_="check")
    batch.create_check_constraint(op.f("ck_review_status"), f"status IN ({', '.join(map(repr, states))})")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _let_go() -> None:
    """Closed sittings may change while this runs."""
    for table in TABLES:
        if _is_sqlite():
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb}")
        else:
            op.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")


def _guard() -> None:
    if _is_sqlite():
        for guard in SQLITE_GUARDS:
            op.execute(guard)
        return
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
