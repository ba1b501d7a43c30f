"""The valid reason why an action cannot be followed up, and who finished it while in charge."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0200"
down_revision = "20261125_0155"
branch_labels = None
depends_on = None

REASONS = ("force_majeure", "legal_process", "change_of_organisation", "change_of_regulation", "other")


def upgrade() -> None:
    reasons = sa.Enum(*REASONS, name="not_actionable_reason", native_enum=False, create_constraint=True, length=32)
    with op.batch_alter_table("action_item") as batch:
        batch.add_column(sa.Column("finished_by_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("not_actionable_reason", reasons, nullable=True))
        batch.create_foreign_key(op.f("fk_action_item_finished_by_id"), "account", ["finished_by_id"], ["id"])
    # Until now the reason was free text; it stays in the history.
    op.execute("UPDATE action_item SET not_actionable_reason = 'other' WHERE status = 'not_actionable'")


def downgrade() -> None:
    with op.batch_alter_table("action_item") as batch:
        batch.drop_constraint(op.f("ck_action_item_not_actionable_reason"), type_="check")
        batch.drop_constraint(op.f("fk_action_item_finished_by_id"), type_="foreignkey")
        batch.drop_column("not_actionable_reason")
        batch.drop_column("finished_by_id")
