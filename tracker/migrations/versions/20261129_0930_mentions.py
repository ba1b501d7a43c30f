"""the rows that an event tells of besides its own

Revision ID: 20261129_0930
Revises: 20261129_0900
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_0930"
down_revision = "20261129_0900"
branch_labels = None
depends_on = None

#: Where an event named other proposals by their codes.
_CODES = {"split": "parts", "split_off": "whole", "took_in": "merged", "related": "to"}
_OF_LINES = ("statement_removed", "statement_restored", "statement_moved", "statement_split", "statements_joined")


def upgrade() -> None:
    op.add_column("event", sa.Column("mentions", sa.JSON(), nullable=True))
    connection, is_sqlite = op.get_bind(), op.get_bind().dialect.name == "sqlite"
    guard = connection.execute(sa.text("SELECT sql FROM sqlite_master WHERE name = 'event_no_update'")).scalar() \
        if is_sqlite else None  # fmt: skip
    op.execute("DROP TRIGGER event_no_update" if is_sqlite else "ALTER TABLE event DISABLE TRIGGER event_append_only")
    event = sa.table("event", *(sa.column(name) for name in ("id", "subject", "subject_id", "verb", "reason", "evidence")),
                     sa.column("details", sa.JSON), sa.column("mentions", sa.JSON))  # fmt: skip
    proposals = {code: number for code, number in connection.execute(sa.text("SELECT code, id FROM proposal"))}
    lines = _lines(connection)
    files = {(kind, number, mark): row for row, kind, number, mark in connection.execute(sa.text(
        "SELECT id, CASE WHEN meeting_id IS NOT NULL THEN 'meeting' WHEN proposal_id IS NOT NULL THEN 'proposal'"
        " ELSE 'action_item' END, coalesce(meeting_id, proposal_id, action_id), mark FROM attachment"))}  # fmt: skip
    for row in connection.execute(sa.select(event)).mappings().all():
        found: list[str] = []
        if row["subject"] == "proposal" and row["verb"] in _CODES:
            named = (row["details"] or {}).get(_CODES[row["verb"]])
            codes = named if isinstance(named, list) else [named]
            found = [f"proposal:{proposals[code]}" for code in codes if code in proposals]
        elif row["verb"] in _OF_LINES and row["reason"]:
            found = [f"statement:{number}" for number in lines.get((row["subject_id"], row["reason"]), [])]
        elif row["verb"] in ("file_attached", "file_removed"):
            number = files.get((row["subject"], row["subject_id"], row["evidence"]))
            found = [f"attachment:{number}"] if number else []
        if found:
            connection.execute(sa.update(event).where(event.c.id == row["id"]).values(mentions=found))
    op.execute(guard if guard else "ALTER TABLE event ENABLE TRIGGER event_append_only")


def _lines(connection: sa.Connection) -> dict[tuple[int, str], list[int]]:
    """The lines of each meeting by their words."""
    found: dict[tuple[int, str], list[int]] = {}
    for number, meeting, *words in connection.execute(sa.text("SELECT id, meeting_id, gist_id, quote FROM statement")):
        for text in {*words} - {None}:
            found.setdefault((meeting, text), []).append(number)
    return found


def downgrade() -> None:
    op.drop_column("event", "mentions")
