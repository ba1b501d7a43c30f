"""Attached files can be found: one more kind of entry. Those attached already are indexed by `search rebuild`."""

from alembic import op

revision = "20261125_0400"
down_revision = "20261125_0345"
branch_labels = None
depends_on = None

BEFORE = ("proposal", "action", "meeting", "statement", "target", "person", "post", "unit")
#: A table made anew on SQLite has lost the triggers that keep the index beside it.
TRIGGERS = (
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END",
    "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_stems(search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN "
    "INSERT INTO search_stems(search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); "
    "INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END",
)


def allow(kinds: tuple[str, ...]) -> None:
    """Change the CHECK of search_entry.kind."""
    allowed = ", ".join(f"'{code}'" for code in kinds)
    with op.batch_alter_table("search_entry") as batch:
        batch.drop_constraint(op.f("ck_search_entry_search_kind"), type_="check")
        batch.create_check_constraint(op.f("ck_search_entry_search_kind"), f"kind IN ({allowed})")
    if op.get_bind().dialect.name == "sqlite":
        for statement in TRIGGERS:
            op.execute(statement)


def upgrade() -> None:
    allow((*BEFORE, "attachment"))


def downgrade() -> None:
    op.execute("DELETE FROM search_entry WHERE kind = 'attachment'")
    allow(BEFORE)
