"""The role of an auditor."""

from alembic import op

revision = "20261125_0320"
down_revision = "20261125_0200"
branch_labels = None
depends_on = None

BEFORE = ("secretariat", "chair", "adviser", "pic", "reviewer", "decision_maker", "admin", "reader")
AFTER = (*BEFORE[:-1], "auditor", BEFORE[-1])


def allow(roles: tuple[str, ...]) -> None:
    """Change the CHECK of account_role.role."""
    allowed = ", ".join(f"'{code}'" for code in roles)
    with op.batch_alter_table("account_role") as batch:
        batch.drop_constraint(op.f("ck_account_role_role"), type_="check")
        batch.create_check_constraint(op.f("ck_account_role_role"), f"role IN ({allowed})")


def upgrade() -> None:
    allow(AFTER)


def downgrade() -> None:
    op.execute("DELETE FROM account_role WHERE role = 'auditor'")
    allow(BEFORE)
