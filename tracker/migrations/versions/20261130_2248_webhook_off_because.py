"""Keep why a webhook was switched off. Of those that are off already it is unknown.

Revision ID: 20261130_2248
Revises: 20261130_2245
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_2248"
down_revision = "20261130_2245"
branch_labels = None
depends_on = None


def upgrade() -> None:
    cause = sa.Enum("failing", "gone", name="off_because", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("webhook_endpoint") as batch:
        batch.add_column(sa.Column("off_because", cause, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("webhook_endpoint") as batch:
        batch.drop_constraint(op.f("ck_webhook_endpoint_off_because"), type_="check")
        batch.drop_column("off_because")
