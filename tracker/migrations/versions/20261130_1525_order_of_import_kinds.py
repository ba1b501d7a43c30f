"""Name the kinds of imports in the order in which an office moves in.

Revision ID: 20261130_1525
Revises: 20261130_1510
"""

from alembic import op

revision = "20261130_1525"
down_revision = "20261130_1510"
branch_labels = None
depends_on = None

FIRST, OF_TARGETS = ("units", "posts", "persons", "holdings"), ("documents", "indicators", "values")
OF_MEETINGS = ("meetings", "attendance", "proposals", "actions")


def upgrade() -> None:
    _let(*FIRST, *OF_TARGETS, *OF_MEETINGS, "accounts")


def downgrade() -> None:
    _let(*FIRST, *OF_MEETINGS, *OF_TARGETS, "accounts")


def _let(*kinds: str) -> None:
    with op.batch_alter_table("import_run") as batch:
        batch.drop_constraint(op.f("ck_import_run_import_kind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_import_run_import_kind"), "import_kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
        )
