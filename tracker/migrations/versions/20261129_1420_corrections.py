"""words that were decided on are corrected, and whoever decides answers that

Revision ID: 20261129_1420
Revises: 20261129_1340
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_1420"
down_revision = "20261129_1340"
branch_labels = None
depends_on = None

PARTS = ("in_charge", "reported", "asked", "submitted", "suggested", "corrected", "named", "owner")
IS_OPEN = sa.text("corrected_at IS NOT NULL")
TABLES = ("proposal", "action_item")


def _allow(parts: tuple[str, ...]) -> None:
    with op.batch_alter_table("involvement") as batch:
        batch.drop_constraint(op.f("ck_involvement_part"), type_="check")
        batch.create_check_constraint(op.f("ck_involvement_part"), f"part IN ({', '.join(map(repr, parts))})")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True))
        op.create_index(f"ix_{table}_corrected", table, ["corrected_at"], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
    _allow(PARTS)


def downgrade() -> None:
    op.execute("DELETE FROM involvement WHERE part = 'corrected'")
    _allow(tuple(part for part in PARTS if part != "corrected"))
    for table in TABLES:
        op.drop_index(f"ix_{table}_corrected", table)
        op.drop_column(table, "corrected_at")
