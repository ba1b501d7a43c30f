"""Let reports and verification of actions be imported.

Revision ID: 20261130_1536
Revises: 20261130_1530
"""

from alembic import op

revision = "20261130_1536"
down_revision = "20261130_1530"
branch_labels = None
depends_on = None

KINDS = ("units", "posts", "persons", "holdings", "documents", "indicators", "values", "meetings", "attendance",
         "proposals", "actions")  # fmt: skip


def upgrade() -> None:
    _let(*KINDS, "reports", "accounts")


def downgrade() -> None:
    op.execute("DELETE FROM import_run WHERE import_kind = 'reports'")
    _let(*KINDS, "accounts")


def _let(*kinds: str) -> None:
    with op.batch_alter_table("import_run") as batch:
        batch.drop_constraint(op.f("ck_import_run_import_kind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_import_run_import_kind"), "import_kind IN ({})".format(", ".join(f"'{kind}'" for kind in kinds))
        )
