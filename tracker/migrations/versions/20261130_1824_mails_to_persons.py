"""Mail addresses of persons, and mails to persons without an account.

Revision ID: 20261130_1824
Revises: 20261130_1720
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1824"
down_revision = "20261130_1720"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("email", sa.Text(), nullable=True))
    with op.batch_alter_table("notice") as batch:
        batch.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch.alter_column("account_id", existing_type=sa.Integer(), nullable=True)
        batch.create_foreign_key(op.f("fk_notice_person_id"), "person", ["person_id"], ["id"])
        batch.create_index(op.f("ix_notice_person_id"), ["person_id"])
        batch.create_check_constraint(op.f("ck_notice_one_recipient"), "(account_id IS NULL) <> (person_id IS NULL)")


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE account_id IS NULL")
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_one_recipient"), type_="check")
        batch.drop_index(op.f("ix_notice_person_id"))
        batch.drop_constraint(op.f("fk_notice_person_id"), type_="foreignkey")
        batch.alter_column("account_id", existing_type=sa.Integer(), nullable=False)
        batch.drop_column("person_id")
    with op.batch_alter_table("person") as batch:
        batch.drop_column("email")
