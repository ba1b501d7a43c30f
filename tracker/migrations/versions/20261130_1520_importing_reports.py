"""Let reports and verification of actions be imported.

Revision ID: 20261130_1520
Revises: 20261130_1510
"""

from alembic import op

revision = "20261130_1520"
down_revision = "20261130_1510"
branch_labels = None
depends_on = None

KINDS = ("units", "posts", "persons", "holdings", "meetings", "attendance", "proposals", "actions", "documents",
         "indicators", "values", "accounts")  # fmt: skip


def upgrade() -> None:
    _allow(*KINDS, "reports")


def downgrade() -> None:
    op.execute("DELETE FROM import_run WHERE import_kind = 'reports'")
    _allow(*KINDS)


def _allow(*kinds: str) -> None:
    names = ", ".join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table("import_run") as batch:
        batch.drop_constraint(op.f("ck_import_run_import_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_import_run_import_kind"), f"import_kind IN ({names})")
