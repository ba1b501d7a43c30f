"""Index of the units that have a time zone of their own.

Revision ID: 20261201_0324
Revises: 20261201_0307
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0324"
down_revision = "20261201_0307"
branch_labels = None
depends_on = None


def upgrade() -> None:
    has_zone = sa.text("timezone IS NOT NULL")
    op.create_index(
        "ix_org_unit_zoned", "org_unit", ["timezone"], sqlite_where=has_zone, postgresql_where=has_zone
    )


def downgrade() -> None:
    op.drop_index("ix_org_unit_zoned", "org_unit")
