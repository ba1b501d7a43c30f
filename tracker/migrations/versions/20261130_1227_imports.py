"""Add the runs of imports.

Revision ID: 20261130_1227
Revises: 20261130_1220
"""

import sqlalchemy as sa
from alembic import op

revision = "20261130_1227"
down_revision = "20261130_1220"
branch_labels = None
depends_on = None

KINDS = ("units", "posts", "persons", "holdings", "meetings", "attendance", "proposals", "actions", "documents",
         "indicators", "values", "accounts")  # fmt: skip
STATES = ("prepared", "waiting", "stored", "undone")


def _codes(*codes: str, name: str) -> sa.Enum:
    return sa.Enum(*codes, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("import_kind", _codes(*KINDS, name="import_kind"), nullable=False),
        sa.Column("run_state", _codes(*STATES, name="run_state"), nullable=False),
        sa.Column("is_history", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("is_pasted", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("undo_data", sa.JSON(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(run_state IN ('stored', 'undone')) = (stored_at IS NOT NULL)",
            name=op.f("ck_import_run_stored_has_moment"),
        ),
        sa.CheckConstraint(
            "(run_state = 'undone') = (undone_at IS NOT NULL)", name=op.f("ck_import_run_undone_has_moment")
        ),
        sa.ForeignKeyConstraint(["made_by_id"], ["account.id"], name=op.f("fk_import_run_made_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_index("ix_import_run_made_by", "import_run", ["made_by_id", "id"])


def downgrade() -> None:
    op.drop_index("ix_import_run_made_by", "import_run")
    op.drop_table("import_run")
