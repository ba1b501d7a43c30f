"""Whoever was told of an assignment is told when it is undone."""

from alembic import op

revision = "20261125_0335"
down_revision = "20261125_0328"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch.create_check_constraint(
            op.f("ck_notice_kind"), "kind IN ('assigned', 'taken_back', 'to_approve', 'digest', 'reset')"
        )


def downgrade() -> None:
    op.execute("DELETE FROM notice WHERE kind = 'taken_back'")
    with op.batch_alter_table("notice") as batch:
        batch.drop_constraint(op.f("ck_notice_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_notice_kind"), "kind IN ('assigned', 'to_approve', 'digest', 'reset')")
