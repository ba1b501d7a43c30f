"""Two rows of one person or post can be merged, and a person made by mistake taken back."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_2140"
down_revision = "20261128_2120"
branch_labels = None
depends_on = None

REGISTERS = {"person": "two_persons", "position": "two_posts"}


def upgrade() -> None:
    for register, two in REGISTERS.items():
        with op.batch_alter_table(register) as batch:
            batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_{register}_merged_into_id"), register, ["merged_into_id"], ["id"])
            batch.create_check_constraint(op.f(f"ck_{register}_not_merged_into_itself"), "merged_into_id <> id")
            if register == "person":
                batch.add_column(sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
        op.create_index(op.f(f"ix_{register}_merged_into_id"), register, ["merged_into_id"])
        name = f"{register}_merge"
        op.create_table(
            name,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.Column("by_name", sa.Text(), nullable=False),
            sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
            sa.Column("undone_by_name", sa.Text(), nullable=True),
            sa.Column("undo_data", sa.JSON(), nullable=False),
            sa.Column("kept_id", sa.Integer(), nullable=False),
            sa.Column("gone_id", sa.Integer(), nullable=False),
            sa.CheckConstraint("kept_id <> gone_id", name=op.f(f"ck_{name}_{two}")),
            sa.ForeignKeyConstraint(["kept_id"], [f"{register}.id"], name=op.f(f"fk_{name}_kept_id")),
            sa.ForeignKeyConstraint(["gone_id"], [f"{register}.id"], name=op.f(f"fk_{name}_gone_id")),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
        op.create_index(op.f(f"ix_{name}_kept_id"), name, ["kept_id"])
        op.create_index(
            f"ix_{name}_open", name, ["gone_id"], unique=True,
            sqlite_where=sa.text("undone_at IS NULL"), postgresql_where=sa.text("undone_at IS NULL"),
        )


def downgrade() -> None:
    for register in REGISTERS:
        op.drop_table(f"{register}_merge")
        op.drop_index(op.f(f"ix_{register}_merged_into_id"), register)
        with op.batch_alter_table(register) as batch:
            batch.drop_constraint(op.f(f"fk_{register}_merged_into_id"), type_="foreignkey")
            batch.drop_constraint(op.f(f"ck_{register}_not_merged_into_itself"), type_="check")
            batch.drop_column("merged_into_id")
            if register == "person":
                batch.drop_column("removed_at")
