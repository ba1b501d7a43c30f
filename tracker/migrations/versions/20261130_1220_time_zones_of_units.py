"""Let a unit have a time zone of its own.

Revision ID: 20261130_1220
Revises: 20261130_1210
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1220"
down_revision = "20261130_1210"
branch_labels = None
depends_on = None

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


def upgrade() -> None:
    zone = sa.Enum(*ZONES, name="timezone", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("org_unit") as batch:
        batch.add_column(sa.Column("timezone", zone, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("org_unit") as batch:
        batch.drop_constraint(op.f("ck_org_unit_timezone"), type_="check")
        batch.drop_column("timezone")
