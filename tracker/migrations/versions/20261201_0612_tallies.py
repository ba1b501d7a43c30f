"""Counts by unit and by status, kept as rows; classified rows are counted anew from an index of their own.

Revision ID: 20261201_0612
Revises: 20261201_0338
"""

import sqlalchemy as sa
from alembic import op

revision = "20261201_0612"
down_revision = "20261201_0338"
branch_labels = None
depends_on = None

_ASKED = ["responsible_unit_id", "status", "due_on", "original_due_on", "closed_on", "classification", "pic_id",
          "recorded_by_id"]  # fmt: skip
_IS_CLASSIFIED = sa.text("classification <> 'ordinary'")
_IS_OPEN = "status IN ('awaiting_verification', 'in_progress', 'not_started')"
_IS_DONE = "status = 'completed'"
#: Kind, bucket and criterion of each count of actions.
_OF_UNITS = (
    ("unit.due", "coalesce({due_year}, '')", _IS_OPEN),
    ("unit.due_in_month", "{due_month}", f"{_IS_OPEN} AND due_on IS NOT NULL"),
    ("unit.first_due", "{first_year}", f"{_IS_OPEN} AND original_due_on IS NOT NULL"),
    ("unit.first_in_month", "{first_month}", f"{_IS_OPEN} AND original_due_on IS NOT NULL"),
    ("unit.done", "''", f"{_IS_DONE} AND due_on IS NOT NULL"),
    ("unit.met", "''", f"{_IS_DONE} AND closed_on <= due_on"),
    ("unit.first_done", "''", f"{_IS_DONE} AND original_due_on IS NOT NULL"),
    ("unit.first_met", "''", f"{_IS_DONE} AND closed_on <= original_due_on"),
)


def upgrade() -> None:
    op.create_table(
        "tally",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("bucket", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "bucket", "subject_id", name=op.f("pk_tally")),
    )
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    year, month = (
        ("strftime('%Y', {})", "strftime('%Y%m', {})")
        if is_sqlite
        else ("to_char({}, 'YYYY')", "to_char({}, 'YYYYMM')")
    )
    buckets = {
        f"{name}_{part}": function.format(column)
        for name, column in (("due", "due_on"), ("first", "original_due_on"))
        for part, function in (("year", year), ("month", month))
    }
    for kind, bucket, criterion in _OF_UNITS:
        _fill("action_item", kind, bucket.format_map(buckets), "coalesce(responsible_unit_id, 0)", criterion)
    _fill("proposal", "proposal.status", "status", "0", "true")
    op.drop_index("ix_action_item_unit", "action_item")
    op.create_index("ix_action_item_responsible_unit_id", "action_item", ["responsible_unit_id"])
    op.create_index("ix_action_item_unit_classified", "action_item", _ASKED, sqlite_where=_IS_CLASSIFIED,
                    postgresql_where=_IS_CLASSIFIED)  # fmt: skip
    op.create_index("ix_action_item_first_promise", "action_item", ["original_due_on", "id"],
                    sqlite_where=sa.text(_IS_OPEN), postgresql_where=sa.text(_IS_OPEN))  # fmt: skip
    op.create_index("ix_proposal_classified", "proposal", ["status", "classification", "recorded_by_id"],
                    sqlite_where=_IS_CLASSIFIED, postgresql_where=_IS_CLASSIFIED)  # fmt: skip


def _fill(table: str, kind: str, bucket: str, subject: str, criterion: str) -> None:
    op.execute(
        "INSERT INTO tally (kind, bucket, subject_id, count) "
        f"SELECT '{kind}', {bucket}, {subject}, count(*) FROM {table} "
        f"WHERE classification = 'ordinary' AND {criterion} GROUP BY 1, 2, 3"  # noqa: S608  # of constants
    )


def downgrade() -> None:
    op.drop_index("ix_proposal_classified", "proposal")
    op.drop_index("ix_action_item_first_promise", "action_item")
    op.drop_index("ix_action_item_unit_classified", "action_item")
    op.drop_index("ix_action_item_responsible_unit_id", "action_item")
    op.create_index("ix_action_item_unit", "action_item", _ASKED)
    op.drop_table("tally")
