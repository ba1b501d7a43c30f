"""search

Revision ID: 20261125_0020
Revises: 20261125_0015
"""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0020"
down_revision = "20261125_0015"
branch_labels = None
depends_on = None

KINDS = ("proposal", "action", "meeting", "statement", "target", "person", "post", "unit")
#: The first list; the secretariat changes it on its page.
SYNONYMS = [
    ["notula", "notulen", "notulensi", "risalah rapat", "risalah"],
    ["forum nasional", "kelompok kerja nasional", "pokja nasional", "gugus tugas nasional"],
    ["kelompok kerja", "pokja", "gugus tugas", "satuan tugas", "satgas"],
    ["HAM", "hak asasi manusia"],
    ["KKPHAM", "kabupaten/kota peduli HAM"],
    ["P5HAM", "penghormatan, pelindungan, pemenuhan, penegakan dan pemajuan HAM"],
    ["RANHAM", "rencana aksi nasional HAM"],
    ["Yankomas", "pelayanan komunikasi masyarakat", "layanan pengaduan HAM", "pengaduan masyarakat"],
    ["ratifikasi", "pengesahan perjanjian internasional", "aksesi"],
    ["UU", "undang-undang"],
    ["RUU", "rancangan undang-undang"],
    ["PP", "peraturan pemerintah"],
    ["Permenkumham", "peraturan menteri"],
    ["kanwil", "kantor wilayah"],
    ["pemda", "pemerintah daerah", "pemerintah kabupaten", "pemerintah kota"],
    ["K/L", "kementerian/lembaga"],
    ["diklat", "pelatihan", "bimbingan teknis", "bimtek"],
    ["juknis", "petunjuk teknis", "pedoman", "panduan"],
    ["SOP", "prosedur operasional standar", "standar prosedur"],
    ["SDM", "sumber daya manusia"],
    ["TPB", "SDGs", "tujuan pembangunan berkelanjutan"],
    ["Dirjen", "direktur jenderal"],
    ["Sesditjen", "sekretaris direktorat jenderal"],
    ["rapat", "pertemuan"],
    ["anggaran", "dana", "pembiayaan", "pendanaan"],
    ["aplikasi", "sistem informasi", "platform"],
    ["difabel", "penyandang disabilitas"],
]


def upgrade() -> None:
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="search_kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("head_size", sa.Integer(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action_item.id"], name=op.f("fk_search_entry_action_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_search_entry_meeting_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_search_entry_proposal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    for column in ("action_id", "code", "meeting_id", "proposal_id"):
        op.create_index(f"ix_search_entry_{column}", "search_entry", [column])
    op.create_table(
        "search_word",
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    synonyms = op.create_table(
        "synonym_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_group")),
    )
    op.bulk_insert(synonyms, [{"words": words, "version": 1} for words in SYNONYMS])
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_stems")
    op.drop_table("synonym_group")
    op.drop_table("search_word")
    op.drop_table("search_entry")


SQLITE = (
    "CREATE VIRTUAL TABLE search_stems USING fts5(stems, content='search_entry', content_rowid='id', detail='none', "
    "columnsize=0, tokenize=\"ascii tokenchars '_'\")",
    "CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN "
    "INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END",
    "CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN "
    "INSERT INTO search_stems(search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); END",
    "CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN "
    "INSERT INTO search_stems(search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); "
    "INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END",
)
POSTGRESQL = (
    "ALTER TABLE search_entry ADD COLUMN lexemes tsvector "
    "GENERATED ALWAYS AS (array_to_tsvector(string_to_array(stems, ' '))) STORED",
    "CREATE INDEX ix_search_entry_lexemes ON search_entry USING gin (lexemes)",
)
