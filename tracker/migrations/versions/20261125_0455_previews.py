"""Pages previewed as another reader."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0455"
down_revision = "20261125_0425"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("account_id <> reader_id", name=op.f("ck_preview_of_another")),
        sa.CheckConstraint("until > begun_at", name=op.f("ck_preview_some_time")),
        sa.CheckConstraint("ended_at >= begun_at AND ended_at <= until", name=op.f("ck_preview_ends_in_time")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_preview_account_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["account.id"], name=op.f("fk_preview_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview")),
    )
    op.create_index("ix_preview_account_id", "preview", ["account_id"])
    with op.batch_alter_table("sign_in") as batch:
        batch.add_column(sa.Column("preview_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_sign_in_preview_id"), "preview", ["preview_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("sign_in") as batch:
        batch.drop_constraint(op.f("fk_sign_in_preview_id"), type_="foreignkey")
        batch.drop_column("preview_id")
    op.drop_table("preview")
