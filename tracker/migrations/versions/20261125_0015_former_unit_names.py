"""What units were called before, and the address of their letterhead."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0015"
down_revision = "20261125_0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("org_unit", sa.Column("address", sa.Text(), nullable=True))
    op.create_table(
        "former_unit_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_former_unit_name_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_unit_name")),
        sa.UniqueConstraint("unit_id", "until_on", name=op.f("uq_former_unit_name_unit_id_until_on")),
    )


def downgrade() -> None:
    op.drop_table("former_unit_name")
    op.drop_column("org_unit", "address")
