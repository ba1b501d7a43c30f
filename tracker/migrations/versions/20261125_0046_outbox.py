"""The outbox, and where each account's mails go."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0046"
down_revision = "20261125_0020"
branch_labels = None
depends_on = None

KINDS = ("assigned", "to_approve", "digest")
STATES = ("waiting", "sent", "moot", "dead")


def _codes(name: str, members: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.add_column("account", sa.Column("email", sa.Text(), nullable=True))
    op.add_column("account", sa.Column("wants_digest", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("account") as batch:
        batch.alter_column("wants_digest", server_default=None)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", _codes("kind", KINDS), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("state", _codes("state", STATES), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fault", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index("ix_notice_account_id", "notice", ["account_id"])
    op.create_index("ix_notice_state", "notice", ["state", "id"])
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_notice_due", "notice", ["due_at", "id"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_table("notice")
    with op.batch_alter_table("account") as batch:
        batch.drop_column("wants_digest")
        batch.drop_column("email")
