"""On PostgreSQL each lexeme says of which kind it is. The table is written anew: minutes for millions of entries."""

from alembic import op

revision = "20261125_1500"
down_revision = "20261125_1300"
branch_labels = None
depends_on = None

KIND = "(id >> 32)::text || '.'"


def make_anew(lexemes: str, statistics: int) -> None:
    """The column of lexemes with its index; SQLite has neither. Of -1 words PostgreSQL keeps as many as it likes."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_entry DROP COLUMN lexemes")
        op.execute(f"ALTER TABLE search_entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS ({lexemes}) STORED")
        op.execute(f"ALTER TABLE search_entry ALTER COLUMN lexemes SET STATISTICS {statistics}")
        op.execute("CREATE INDEX ix_search_entry_lexemes ON search_entry USING gin (lexemes)")


def upgrade() -> None:
    make_anew(f"array_to_tsvector(string_to_array({KIND} || replace(stems, ' ', ' ' || {KIND}), ' '))", 1000)


def downgrade() -> None:
    make_anew("array_to_tsvector(string_to_array(stems, ' '))", -1)
