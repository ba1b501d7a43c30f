"""the actions and proposals whose words a statement repeats

Revision ID: 20261129_1200
Revises: 20261129_1000
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "20261129_1200"
down_revision = "20261129_1000"
branch_labels = None
depends_on = None

_CODE = re.compile(r"\b(?:TL|U)-[0-9]{4}-[0-9]{3,}\b")


def upgrade() -> None:
    op.create_table(
        "statement_repeat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(action_id IS NULL) <> (proposal_id IS NULL)", name=op.f("ck_statement_repeat_one_thing")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_statement_repeat_action_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_statement_repeat_proposal_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_statement_repeat_statement_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_repeat")),
        sa.UniqueConstraint("statement_id", "action_id", name=op.f("uq_statement_repeat_statement_id_action_id")),
        sa.UniqueConstraint("statement_id", "proposal_id", name=op.f("uq_statement_repeat_statement_id_proposal_id")),
    )
    for column in ("action_id", "proposal_id"):
        op.create_index(op.f(f"ix_statement_repeat_{column}"), "statement_repeat", [column])
    _name_what_sittings_repeat()


def _name_what_sittings_repeat() -> None:
    """The minutes of earlier sittings name what they decided by its code."""
    connection = op.get_bind()
    numbers = {
        column: dict(connection.execute(sa.text(f"SELECT code, id FROM {table}")).all())  # noqa: S608
        for column, table in (("action_id", "action_item"), ("proposal_id", "proposal"))
    }
    found = [
        {"statement_id": number, "action_id": None, "proposal_id": None, column: known[code]}
        for number, *texts in connection.execute(
            sa.text("SELECT id, gist_id, gist_en FROM statement WHERE meeting_id IN (SELECT meeting_id FROM review)")
        )
        for code in dict.fromkeys(_CODE.findall(" ".join(filter(None, texts))))
        for column, known in numbers.items()
        if code in known
    ]
    if found:
        columns = (sa.column(name, sa.Integer) for name in ("statement_id", "action_id", "proposal_id"))
        connection.execute(sa.insert(sa.table("statement_repeat", *columns)), found)


def downgrade() -> None:
    op.drop_table("statement_repeat")
