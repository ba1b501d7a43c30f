"""Lines name actions and meetings; a target can be suggested before anybody says what a proposal does to it."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_2120"
down_revision = "20261128_2110"
branch_labels = None
depends_on = None

NAMED = {"statement_action": ("action_id", "action_item"), "statement_meeting": ("meeting_id", "meeting")}
EFFECT = sa.String(length=32)
NOT_SET = sa.text("effect IS NULL")


def upgrade() -> None:
    for table, (column, named) in NAMED.items():
        op.create_table(
            table,
            sa.Column("statement_id", sa.Integer(), nullable=False),
            sa.Column(column, sa.Integer(), nullable=False),
            sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f(f"fk_{table}_statement_id")),
            sa.ForeignKeyConstraint([column], [f"{named}.id"], name=op.f(f"fk_{table}_{column}")),
            sa.PrimaryKeyConstraint("statement_id", column, name=op.f(f"pk_{table}")),
        )
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])
    with op.batch_alter_table("proposal_target_link") as batch:
        batch.alter_column("effect", existing_type=EFFECT, nullable=True)
    op.create_index(
        "ix_proposal_target_link_effect_not_set", "proposal_target_link", ["proposal_id", "target_id"], unique=True,
        sqlite_where=NOT_SET, postgresql_where=NOT_SET,
    )  # fmt: skip


def downgrade() -> None:
    """What nobody has set the effect of was not yet a link."""
    op.drop_index("ix_proposal_target_link_effect_not_set", "proposal_target_link")
    op.execute("DELETE FROM proposal_target_link WHERE effect IS NULL")
    with op.batch_alter_table("proposal_target_link") as batch:
        batch.alter_column("effect", existing_type=EFFECT, nullable=False)
    for table in reversed(NAMED):
        op.drop_table(table)
