"""Let a long import be undone outside the request.

Revision ID: 20261130_1510
Revises: 20261130_1500
"""

from alembic import op

revision = "20261130_1510"
down_revision = "20261130_1500"
branch_labels = None
depends_on = None

BEFORE = ("prepared", "waiting", "stored", "undone")
AFTER = (*BEFORE[:-1], "undoing", "undone")
MOMENT = "(run_state IN ({})) = (stored_at IS NOT NULL)"


def upgrade() -> None:
    _let(AFTER, "'stored', 'undoing', 'undone'")


def downgrade() -> None:
    op.execute("UPDATE import_run SET run_state = 'stored' WHERE run_state = 'undoing'")
    _let(BEFORE, "'stored', 'undone'")


def _let(states: tuple[str, ...], stored: str) -> None:
    with op.batch_alter_table("import_run") as batch:
        batch.drop_constraint(op.f("ck_import_run_run_state"), type_="check")
        batch.drop_constraint(op.f("ck_import_run_stored_has_moment"), type_="check")
        batch.create_check_constraint(
            op.f("ck_import_run_run_state"), "run_state IN ({})".format(", ".join(f"'{state}'" for state in states))
        )
        batch.create_check_constraint(op.f("ck_import_run_stored_has_moment"), MOMENT.format(stored))
