"""All tables, and what every installation starts with: days off of 2020 to 2027, period schemes, synonyms.

The revision has the name of the last of the unreleased ones that it replaces: a database at that state needs nothing.

Revision ID: 20261129_1500
Revises:
"""

import csv
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "20261129_1500"
down_revision = None
branch_labels = None
depends_on = None

DAYS_OFF = Path(__file__).with_name("holidays.csv")
#: Code, names, and the periods with their codes, names and last months.
SCHEMES = (
    (
        "B03-B12",
        "Kumulatif per triwulan",
        "Cumulative by quarter",
        (
            ("B03", "Kumulatif s.d. Maret", "Cumulative to March", 3),
            ("B06", "Kumulatif s.d. Juni", "Cumulative to June", 6),
            ("B09", "Kumulatif s.d. September", "Cumulative to September", 9),
            ("B12", "Kumulatif s.d. Desember", "Cumulative to December", 12),
        ),
    ),
    (
        "B04-B12",
        "Kumulatif per caturwulan",
        "Cumulative by four-month term",
        (
            ("B04", "Kumulatif s.d. April", "Cumulative to April", 4),
            ("B08", "Kumulatif s.d. Agustus", "Cumulative to August", 8),
            ("B12", "Kumulatif s.d. Desember", "Cumulative to December", 12),
        ),
    ),
    (
        "TW",
        "Triwulan",
        "Quarters",
        (
            ("TW I", "Triwulan I", "First quarter", 3),
            ("TW II", "Triwulan II", "Second quarter", 6),
            ("TW III", "Triwulan III", "Third quarter", 9),
            ("TW IV", "Triwulan IV", "Fourth quarter", 12),
        ),
    ),
    (
        "SM",
        "Semester",
        "Half-years",
        (
            ("SM I", "Semester I", "First half-year", 6),
            ("SM II", "Semester II", "Second half-year", 12),
        ),
    ),
    ("TH", "Tahunan", "Yearly", (("TH", "Setahun penuh", "Full year", 12),)),
)

SYNONYMS = (
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
)

#: Between tables that refer to each other: name, table, other table, columns, columns there.
CIRCULAR = (("fk_person_made_in_meeting_id", "person", "meeting", ["made_in_meeting_id"], ["id"]),)
#: What SQLAlchemy's tables cannot say: what is append-only or frozen, and the search index.
SQLITE = (
    """
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END
    """,
    """
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END
    """,
    """
CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END
    """,
    """
CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit_entry is append-only'); END
    """,
    """
CREATE TRIGGER target_no_way_back BEFORE UPDATE ON target WHEN OLD.kind = 'document' AND OLD.state IN ('enacted', 'superseded') AND NEW.state NOT IN (OLD.state, 'superseded') BEGIN SELECT RAISE(ABORT, 'what was enacted changes only by a new version'); END
    """,
    """
CREATE TRIGGER indicator_as_enacted BEFORE UPDATE ON indicator WHEN (NEW.document_id IS NOT OLD.document_id) AND EXISTS (SELECT 1 FROM target WHERE id = OLD.document_id AND state IN ('enacted', 'superseded')) BEGIN SELECT RAISE(ABORT, 'what was enacted changes only by a new version'); END
    """,
    """
CREATE TRIGGER indicator_no_delete BEFORE DELETE ON indicator WHEN EXISTS (SELECT 1 FROM target WHERE id = OLD.document_id AND state IN ('enacted', 'superseded')) BEGIN SELECT RAISE(ABORT, 'what was enacted changes only by a new version'); END
    """,
    """
CREATE TRIGGER indicator_value_as_enacted BEFORE UPDATE ON indicator_value WHEN (NEW.indicator_id IS NOT OLD.indicator_id OR NEW.year IS NOT OLD.year OR NEW.period_id IS NOT OLD.period_id OR NEW.target_value IS NOT OLD.target_value OR NEW.target_upper IS NOT OLD.target_upper) AND EXISTS (SELECT 1 FROM target WHERE id = (SELECT document_id FROM indicator WHERE id = OLD.indicator_id) AND state IN ('enacted', 'superseded')) BEGIN SELECT RAISE(ABORT, 'what was enacted changes only by a new version'); END
    """,
    """
CREATE TRIGGER indicator_value_no_delete BEFORE DELETE ON indicator_value WHEN EXISTS (SELECT 1 FROM target WHERE id = (SELECT document_id FROM indicator WHERE id = OLD.indicator_id) AND state IN ('enacted', 'superseded')) BEGIN SELECT RAISE(ABORT, 'what was enacted changes only by a new version'); END
    """,
    """
CREATE TRIGGER minutes_version_no_update BEFORE UPDATE ON minutes_version WHEN OLD.state = 'approved' BEGIN SELECT RAISE(ABORT, 'approved minutes are frozen'); END
    """,
    """
CREATE TRIGGER minutes_version_no_delete BEFORE DELETE ON minutes_version WHEN OLD.state = 'approved' BEGIN SELECT RAISE(ABORT, 'approved minutes are frozen'); END
    """,
    """
CREATE VIRTUAL TABLE search_stems USING fts5(stems, content='search_entry', content_rowid='id', detail='none', columnsize=0, tokenize="ascii tokenchars '_'")
    """,
    """
CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END
    """,
    """
CREATE TRIGGER search_entry_removed AFTER DELETE ON search_entry BEGIN INSERT INTO search_stems(search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); END
    """,
    """
CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN INSERT INTO search_stems(search_stems, rowid, stems) VALUES ('delete', old.id, old.stems); INSERT INTO search_stems(rowid, stems) VALUES (new.id, new.stems); END
    """,
    """
CREATE TRIGGER review_no_update BEFORE UPDATE ON review WHEN OLD.status = 'closed' BEGIN SELECT RAISE(ABORT, 'a closed review is frozen'); END
    """,
    """
CREATE TRIGGER review_no_delete BEFORE DELETE ON review WHEN OLD.status = 'closed' BEGIN SELECT RAISE(ABORT, 'a closed review is frozen'); END
    """,
    """
CREATE TRIGGER review_item_no_update BEFORE UPDATE ON review_item WHEN (SELECT status FROM review WHERE id = OLD.review_id) = 'closed' BEGIN SELECT RAISE(ABORT, 'a closed review is frozen'); END
    """,
    """
CREATE TRIGGER review_item_no_delete BEFORE DELETE ON review_item WHEN (SELECT status FROM review WHERE id = OLD.review_id) = 'closed' BEGIN SELECT RAISE(ABORT, 'a closed review is frozen'); END
    """,
)

POSTGRESQL = (
    """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END$$
    """,
    """
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
CREATE FUNCTION refuse_target_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'what was enacted changes only by a new version'; END$$
    """,
    """
CREATE TRIGGER target_no_way_back BEFORE UPDATE ON target FOR EACH ROW WHEN (OLD.kind = 'document' AND OLD.state IN ('enacted', 'superseded') AND NEW.state NOT IN (OLD.state, 'superseded')) EXECUTE FUNCTION refuse_target_change()
    """,
    """
CREATE FUNCTION refuse_indicator_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF EXISTS (SELECT 1 FROM target WHERE id = OLD.document_id AND state IN ('enacted', 'superseded')) THEN RAISE EXCEPTION 'what was enacted changes only by a new version'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$
    """,
    """
CREATE TRIGGER indicator_as_enacted BEFORE UPDATE ON indicator FOR EACH ROW WHEN (NEW.document_id IS DISTINCT FROM OLD.document_id) EXECUTE FUNCTION refuse_indicator_change()
    """,
    """
CREATE TRIGGER indicator_no_delete BEFORE DELETE ON indicator FOR EACH ROW EXECUTE FUNCTION refuse_indicator_change()
    """,
    """
CREATE FUNCTION refuse_indicator_value_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF EXISTS (SELECT 1 FROM target WHERE id = (SELECT document_id FROM indicator WHERE id = OLD.indicator_id) AND state IN ('enacted', 'superseded')) THEN RAISE EXCEPTION 'what was enacted changes only by a new version'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$
    """,
    """
CREATE TRIGGER indicator_value_as_enacted BEFORE UPDATE ON indicator_value FOR EACH ROW WHEN (NEW.indicator_id IS DISTINCT FROM OLD.indicator_id OR NEW.year IS DISTINCT FROM OLD.year OR NEW.period_id IS DISTINCT FROM OLD.period_id OR NEW.target_value IS DISTINCT FROM OLD.target_value OR NEW.target_upper IS DISTINCT FROM OLD.target_upper) EXECUTE FUNCTION refuse_indicator_value_change()
    """,
    """
CREATE TRIGGER indicator_value_no_delete BEFORE DELETE ON indicator_value FOR EACH ROW EXECUTE FUNCTION refuse_indicator_value_change()
    """,
    """
CREATE FUNCTION refuse_thaw() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'approved minutes are frozen'; END$$
    """,
    """
CREATE TRIGGER minutes_version_frozen BEFORE UPDATE OR DELETE ON minutes_version FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION refuse_thaw()
    """,
    """
ALTER TABLE search_entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array((id >> 32)::text || '.' || replace(stems, ' ', ' ' || (id >> 32)::text || '.'), ' '))) STORED
    """,
    """
ALTER TABLE search_entry ALTER COLUMN lexemes SET STATISTICS 1000
    """,
    """
CREATE INDEX ix_search_entry_lexemes ON search_entry USING gin (lexemes)
    """,
    """
CREATE FUNCTION refuse_review_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'a closed review is frozen'; END$$
    """,
    """
CREATE TRIGGER review_frozen BEFORE UPDATE OR DELETE ON review FOR EACH ROW WHEN (OLD.status = 'closed') EXECUTE FUNCTION refuse_review_change()
    """,
    """
CREATE FUNCTION refuse_review_item_change() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN IF (SELECT status FROM review WHERE id = OLD.review_id) = 'closed' THEN RAISE EXCEPTION 'a closed review is frozen'; END IF; IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$
    """,
    """
CREATE TRIGGER review_item_frozen BEFORE UPDATE OR DELETE ON review_item FOR EACH ROW EXECUTE FUNCTION refuse_review_item_change()
    """,
)


def upgrade() -> None:
    create_tables()
    if not is_sqlite():  # where it stands in the table already
        for name, table, other, columns, referred in CIRCULAR:
            op.create_foreign_key(name, table, other, columns, referred)
    for statement in SQLITE if is_sqlite() else POSTGRESQL:
        op.execute(statement)
    fill()


def is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def fill() -> None:
    holiday = sa.table(
        "holiday",
        *(sa.column(name) for name in ("name_id", "name_en", "kind", "is_confirmed", "version")),
        sa.column("date", sa.Date),
    )
    with DAYS_OFF.open(encoding="utf-8", newline="") as file:
        op.bulk_insert(
            holiday,
            [
                {
                    **row,
                    "date": date.fromisoformat(row["date"]),
                    "is_confirmed": row["is_confirmed"] == "yes",
                    "version": 1,
                }
                for row in csv.DictReader(file)
            ],
        )
    scheme = sa.table("period_scheme", *(sa.column(name) for name in ("id", "code", "name_id", "name_en", "version")))
    period = sa.table(
        "period", *(sa.column(name) for name in ("scheme_id", "code", "name_id", "name_en", "last_month"))
    )
    for code, name_id, name_en, periods in SCHEMES:
        row = scheme.insert().values(code=code, name_id=name_id, name_en=name_en, version=1).returning(scheme.c.id)
        number = op.get_bind().execute(row).scalar_one()
        op.bulk_insert(
            period,
            [
                {"scheme_id": number, "code": code, "name_id": name_id, "name_en": name_en, "last_month": last_month}
                for code, name_id, name_en, last_month in periods
            ],
        )
    synonyms = sa.table("synonym_group", sa.column("words", sa.JSON), sa.column("version"))
    op.bulk_insert(synonyms, [{"words": words, "version": 1} for words in SYNONYMS])


def create_tables() -> None:
    op.create_table(
        "action_setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_soon_working_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("due_soon_working_days BETWEEN 1 AND 60", name=op.f("ck_action_setting_sensible")),
        sa.CheckConstraint("id = 1", name=op.f("ck_action_setting_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_setting")),
    )
    op.create_table(
        "answer_setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("after_meetings", sa.Integer(), nullable=False),
        sa.Column("after_days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("after_meetings > 0 AND after_days > 0", name=op.f("ck_answer_setting_positive")),
        sa.CheckConstraint("id = 1", name=op.f("ck_answer_setting_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_setting")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "code_series",
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("prefix", "year", name=op.f("pk_code_series")),
    )
    op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum("national", "joint_leave", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("date", name=op.f("uq_holiday_date")),
    )
    op.create_table(
        "org_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("short", sa.Text(), nullable=True),
        sa.Column("echelon", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_org_unit_not_own_parent")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_org_unit_valid_in_order")),
        sa.ForeignKeyConstraint(["parent_id"], ["org_unit.id"], name=op.f("fk_org_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_org_unit")),
    )
    op.create_index(op.f("ix_org_unit_parent_id"), "org_unit", ["parent_id"], unique=False)
    op.create_table(
        "period_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period_scheme")),
        sa.UniqueConstraint("code", name=op.f("uq_period_scheme_code")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("title_prefix", sa.Text(), nullable=True),
        sa.Column("title_suffix", sa.Text(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("is_provisional", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("nip", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_in_meeting_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_name", sa.Text(), nullable=True),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_person_not_merged_into_itself")),
        sa.ForeignKeyConstraint(
            ["made_in_meeting_id"], ["meeting.id"], name=op.f("fk_person_made_in_meeting_id"), use_alter=True
        ),
        sa.ForeignKeyConstraint(["merged_into_id"], ["person.id"], name=op.f("fk_person_merged_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_folded"), "person", ["folded"], unique=False)
    op.create_index(op.f("ix_person_merged_into_id"), "person", ["merged_into_id"], unique=False)
    op.create_table(
        "reset_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reset_request")),
    )
    op.create_table(
        "search_word",
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_search_word")),
    )
    op.create_table(
        "spent_key",
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("led_to", sa.Text(), nullable=True),
        sa.Column("spent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_spent_key")),
    )
    op.create_index("ix_spent_key_key", "spent_key", ["key"], unique=False)
    op.create_index("ix_spent_key_spent_at", "spent_key", ["spent_at"], unique=False)
    op.create_table(
        "synonym_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_synonym_group")),
    )
    op.create_table(
        "throttle_count",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttle_count")),
    )
    op.create_table(
        "word_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(mark IS NULL) = (name IS NULL)", name=op.f("ck_word_template_file_has_name")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_template")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column(
            "clearance",
            sa.Enum(
                "ordinary",
                "restricted",
                "secret",
                "top_secret",
                name="clearance",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("wants_digest", sa.Boolean(), nullable=False),
        sa.Column("office_address", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("office_address", name=op.f("uq_account_office_address")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_index(op.f("ix_account_person_id"), "account", ["person_id"], unique=False)
    op.create_table(
        "former_unit_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_former_unit_name_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_unit_name")),
        sa.UniqueConstraint("unit_id", "until_on", name=op.f("uq_former_unit_name_unit_id_until_on")),
    )
    op.create_table(
        "letterhead_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organiser_unit_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("emblem_mark", sa.Text(), nullable=True),
        sa.Column("emblem_name", sa.Text(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(emblem_mark IS NULL) = (emblem_name IS NULL)", name=op.f("ck_letterhead_setting_emblem_has_name")
        ),
        sa.ForeignKeyConstraint(
            ["organiser_unit_id"], ["org_unit.id"], name=op.f("fk_letterhead_setting_organiser_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterhead_setting")),
    )
    op.create_table(
        "meeting_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "meeting_type",
            sa.Enum(
                "leadership_meeting",
                "coordination_meeting",
                "working_meeting",
                "focus_group_discussion",
                "monitoring_meeting",
                "weekly_review",
                "preparation_meeting",
                "other",
                name="meeting_type",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("venue", sa.Text(), nullable=True),
        sa.Column("venue_detail", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column(
            "mode",
            sa.Enum(
                "in_person",
                "in_person_assumed",
                "online",
                "hybrid",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("organiser_unit_id", sa.Integer(), nullable=True),
        sa.Column("agenda", sa.JSON(), nullable=False),
        sa.Column("posts", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organiser_unit_id"], ["org_unit.id"], name=op.f("fk_meeting_template_organiser_unit_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_template")),
        sa.UniqueConstraint("meeting_type", name=op.f("uq_meeting_template_meeting_type")),
    )
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("last_month", sa.Integer(), nullable=False),
        sa.CheckConstraint("last_month BETWEEN 1 AND 12", name=op.f("ck_period_ends_in_a_month")),
        sa.ForeignKeyConstraint(["scheme_id"], ["period_scheme.id"], name=op.f("fk_period_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_period")),
        sa.UniqueConstraint("scheme_id", "code", name=op.f("uq_period_scheme_id_code")),
    )
    op.create_table(
        "person_merge",
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_name", sa.Text(), nullable=True),
        sa.Column("undo_data", sa.JSON(), nullable=False),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_person_merge_two_persons")),
        sa.ForeignKeyConstraint(["gone_id"], ["person.id"], name=op.f("fk_person_merge_gone_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_person_merge_kept_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    op.create_index(op.f("ix_person_merge_kept_id"), "person_merge", ["kept_id"], unique=False)
    op.create_index(
        "ix_person_merge_open",
        "person_merge",
        ["gone_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "position",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("short", sa.Text(), nullable=True),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("merged_into_id <> id", name=op.f("ck_position_not_merged_into_itself")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_position_valid_in_order")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["position.id"], name=op.f("fk_position_merged_into_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_position_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position")),
    )
    op.create_index(op.f("ix_position_merged_into_id"), "position", ["merged_into_id"], unique=False)
    op.create_index(op.f("ix_position_unit_id"), "position", ["unit_id"], unique=False)
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "document", "objective", "indicator", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "proposed",
                "enacted",
                "superseded",
                "in_force",
                "candidate",
                "active",
                "retired",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column("note_id", sa.Text(), nullable=True),
        sa.Column("owner_unit_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=True),
        sa.Column("origin_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'document' AND state IN ('draft', 'proposed', 'enacted', 'superseded')) OR (kind = 'objective' AND state IN ('draft', 'in_force', 'retired')) OR (kind = 'indicator' AND state IN ('candidate', 'draft', 'active', 'retired'))",
            name=op.f("ck_target_state_of_its_kind"),
        ),
        sa.CheckConstraint("origin_id <> id", name=op.f("ck_target_not_own_origin")),
        sa.ForeignKeyConstraint(["origin_id"], ["target.id"], name=op.f("fk_target_origin_id")),
        sa.ForeignKeyConstraint(["owner_unit_id"], ["org_unit.id"], name=op.f("fk_target_owner_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
    )
    op.create_index(op.f("ix_target_origin_id"), "target", ["origin_id"], unique=False)
    op.create_index(op.f("ix_target_owner_unit_id"), "target", ["owner_unit_id"], unique=False)
    op.create_table(
        "access_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("invitation", "reset", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_access_link_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_access_link_token_hash")),
    )
    op.create_index(op.f("ix_access_link_account_id"), "access_link", ["account_id"], unique=False)
    op.create_table(
        "account_role",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "secretariat",
                "chair",
                "adviser",
                "pic",
                "reviewer",
                "decision_maker",
                "admin",
                "auditor",
                "reader",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_role_account_id")),
        sa.PrimaryKeyConstraint("account_id", "role", name=op.f("pk_account_role")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.Column("previous_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_audit_entry_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_entry_hash")),
    )
    op.create_index("ix_audit_entry_row", "audit_entry", ["table_name", "row_id"], unique=False)
    op.create_table(
        "bulk_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_bulk_change_by_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_change")),
    )
    op.create_index(op.f("ix_bulk_change_by_account_id"), "bulk_change", ["by_account_id"], unique=False)
    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("followed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_follow_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint(
            "account_id", "subject", "subject_id", name=op.f("uq_follow_account_id_subject_subject_id")
        ),
    )
    op.create_table(
        "involvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "in_charge",
                "reported",
                "asked",
                "submitted",
                "suggested",
                "corrected",
                "named",
                "owner",
                name="part",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("account_id IS NOT NULL OR person_id IS NOT NULL", name=op.f("ck_involvement_somebody")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_involvement_account_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_involvement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement")),
    )
    op.create_index(op.f("ix_involvement_account_id"), "involvement", ["account_id"], unique=False)
    op.create_index(op.f("ix_involvement_person_id"), "involvement", ["person_id"], unique=False)
    op.create_index("ix_involvement_subject", "involvement", ["subject", "subject_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column(
            "meeting_type",
            sa.Enum(
                "leadership_meeting",
                "coordination_meeting",
                "working_meeting",
                "focus_group_discussion",
                "monitoring_meeting",
                "weekly_review",
                "preparation_meeting",
                "other",
                name="meeting_type",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "scheduled",
                "held",
                "closed",
                "postponed",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("date_as_written", sa.Text(), nullable=True),
        sa.Column("weekday_as_written", sa.Text(), nullable=True),
        sa.Column("date_note", sa.Text(), nullable=True),
        sa.Column("date_note_en", sa.Text(), nullable=True),
        sa.Column("called_time", sa.Time(), nullable=True),
        sa.Column("start_time", sa.Time(), nullable=True),
        sa.Column("end_time", sa.Time(), nullable=True),
        sa.Column("time_as_written", sa.Text(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("venue", sa.Text(), nullable=True),
        sa.Column("venue_detail", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column(
            "mode",
            sa.Enum(
                "in_person",
                "in_person_assumed",
                "online",
                "hybrid",
                name="mode",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("organiser_unit_id", sa.Integer(), nullable=True),
        sa.Column("organiser_is_inferred", sa.Boolean(), nullable=False),
        sa.Column("invitation_number", sa.Text(), nullable=True),
        sa.Column("invitation_on", sa.Date(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column(
            "source_type",
            sa.Enum(
                "own_notes",
                "press_release",
                "signed_minutes",
                "other",
                "illustration",
                name="source_type",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("source_publisher", sa.Text(), nullable=True),
        sa.Column("source_author", sa.Text(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
        sa.Column("attendance_is_complete", sa.Boolean(), nullable=True),
        sa.Column("opening", sa.Text(), nullable=True),
        sa.Column("closing", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "classification",
            sa.Enum(
                "ordinary",
                "restricted",
                "secret",
                "top_secret",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("copies_to", sa.Text(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("named_after_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "COALESCE(end_on, date) > date OR end_time IS NULL OR start_time IS NULL OR end_time >= start_time",
            name=op.f("ck_meeting_times_in_order"),
        ),
        sa.CheckConstraint("end_on > date", name=op.f("ck_meeting_ends_on_another_day")),
        sa.ForeignKeyConstraint(["named_after_id"], ["meeting.id"], name=op.f("fk_meeting_named_after_id")),
        sa.ForeignKeyConstraint(["organiser_unit_id"], ["org_unit.id"], name=op.f("fk_meeting_organiser_unit_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_meeting_recorded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("code", name=op.f("uq_meeting_code")),
    )
    op.create_index(op.f("ix_meeting_named_after_id"), "meeting", ["named_after_id"], unique=False)
    op.create_index("ix_meeting_newest", "meeting", ["date", "id"], unique=False)
    op.create_index(op.f("ix_meeting_organiser_unit_id"), "meeting", ["organiser_unit_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "assigned",
                "taken_back",
                "to_approve",
                "digest",
                "reset",
                "date_answered",
                "action_escalated",
                "proposal_escalated",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "sent", "moot", "dead", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
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
    op.create_index(op.f("ix_notice_account_id"), "notice", ["account_id"], unique=False)
    op.create_index(
        "ix_notice_due",
        "notice",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index("ix_notice_state", "notice", ["state", "id"], unique=False)
    op.create_table(
        "office_identity",
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_office_identity_account_id")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_office_identity")),
    )
    op.create_index(op.f("ix_office_identity_account_id"), "office_identity", ["account_id"], unique=False)
    op.create_table(
        "position_holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "definitive", "plt", "plh", "pj", name="kind", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("end_on >= start_on", name=op.f("ck_position_holding_dates_in_order")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_position_holding_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_position_holding_position_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_holding")),
    )
    op.create_index(
        "ix_position_holding_dates", "position_holding", ["position_id", "start_on", "end_on"], unique=False
    )
    op.create_index(op.f("ix_position_holding_person_id"), "position_holding", ["person_id"], unique=False)
    op.create_table(
        "position_merge",
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("gone_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_name", sa.Text(), nullable=True),
        sa.Column("undo_data", sa.JSON(), nullable=False),
        sa.CheckConstraint("kept_id <> gone_id", name=op.f("ck_position_merge_two_posts")),
        sa.ForeignKeyConstraint(["gone_id"], ["position.id"], name=op.f("fk_position_merge_gone_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["position.id"], name=op.f("fk_position_merge_kept_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_position_merge")),
    )
    op.create_index(op.f("ix_position_merge_kept_id"), "position_merge", ["kept_id"], unique=False)
    op.create_index(
        "ix_position_merge_open",
        "position_merge",
        ["gone_id"],
        unique=True,
        sqlite_where=sa.text("undone_at IS NULL"),
        postgresql_where=sa.text("undone_at IS NULL"),
    )
    op.create_table(
        "preview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("account_id <> reader_id", name=op.f("ck_preview_of_another")),
        sa.CheckConstraint("ended_at >= begun_at AND ended_at <= until", name=op.f("ck_preview_ends_in_time")),
        sa.CheckConstraint("until > begun_at", name=op.f("ck_preview_some_time")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_preview_account_id")),
        sa.ForeignKeyConstraint(["reader_id"], ["account.id"], name=op.f("fk_preview_reader_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preview")),
    )
    op.create_index(op.f("ix_preview_account_id"), "preview", ["account_id"], unique=False)
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_recovery_code_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
    )
    op.create_index(op.f("ix_recovery_code_account_id"), "recovery_code", ["account_id"], unique=False)
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("account_id", "list_name", "name", name=op.f("uq_saved_view_account_id_list_name_name")),
    )
    op.create_index(
        "ix_saved_view_one_default",
        "saved_view",
        ["account_id", "list_name"],
        unique=True,
        sqlite_where=sa.text("is_default"),
        postgresql_where=sa.text("is_default"),
    )
    op.create_index("ix_saved_view_shared", "saved_view", ["list_name", "is_shared"], unique=False)
    op.create_table(
        "second_step",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("sealed_seed", sa.Text(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_second_step_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_second_step")),
    )
    op.create_table(
        "target_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "document_kind",
            sa.Enum(
                "strategic_plan",
                "performance_target",
                "performance_agreement",
                name="document_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("year_from", sa.Integer(), nullable=False),
        sa.Column("year_to", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("edition > 0", name=op.f("ck_target_document_edition_counts_from_one")),
        sa.CheckConstraint("supersedes_id <> id", name=op.f("ck_target_document_not_own_successor")),
        sa.CheckConstraint("year_to >= year_from", name=op.f("ck_target_document_years_in_order")),
        sa.ForeignKeyConstraint(["id"], ["target.id"], name=op.f("fk_target_document_id")),
        sa.ForeignKeyConstraint(
            ["supersedes_id"], ["target_document.id"], name=op.f("fk_target_document_supersedes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target_document")),
    )
    op.create_index("ix_target_document_one_successor", "target_document", ["supersedes_id"], unique=True)
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "set_aside",
            sa.Enum("not_reached", "deferred", name="set_aside", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("carried_from_id", sa.Integer(), nullable=True),
        sa.Column("about_meeting_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["about_meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_about_meeting_id")),
        sa.ForeignKeyConstraint(["carried_from_id"], ["agenda_item.id"], name=op.f("fk_agenda_item_carried_from_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("carried_from_id", name=op.f("uq_agenda_item_carried_from_id")),
    )
    op.create_index(op.f("ix_agenda_item_about_meeting_id"), "agenda_item", ["about_meeting_id"], unique=False)
    op.create_index("ix_agenda_item_meeting", "agenda_item", ["meeting_id", "place"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("post_as_written", sa.Text(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "chair",
                "accompanying",
                "secretary",
                "minute_taker",
                "participant",
                "invitee",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "present",
                "present_online",
                "partial",
                "represented",
                "excused",
                "absent",
                "expected",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("represented_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_as_written", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR position_id IS NOT NULL OR post_as_written IS NOT NULL",
            name=op.f("ck_attendance_somebody"),
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_attendance_position_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index("ix_attendance_meeting", "attendance", ["meeting_id", "place"], unique=False)
    op.create_index(
        "ix_attendance_one_chair",
        "attendance",
        ["meeting_id"],
        unique=True,
        sqlite_where=sa.text("role = 'chair'"),
        postgresql_where=sa.text("role = 'chair'"),
    )
    op.create_index(op.f("ix_attendance_person_id"), "attendance", ["person_id"], unique=False)
    op.create_index(op.f("ix_attendance_position_id"), "attendance", ["position_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on", sa.Date(), nullable=True),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("from_state", sa.Text(), nullable=True),
        sa.Column("to_state", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("mentions", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_event_by_account_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_event_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_index("ix_event_at", "event", ["at"], unique=False)
    op.create_index("ix_event_subject", "event", ["subject", "subject_id", "id"], unique=False)
    op.create_table(
        "meeting_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_meeting_grant_account_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_grant_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_grant")),
        sa.UniqueConstraint("meeting_id", "account_id", name=op.f("uq_meeting_grant_meeting_id_account_id")),
    )
    op.create_index(op.f("ix_meeting_grant_account_id"), "meeting_grant", ["account_id"], unique=False)
    op.create_table(
        "meeting_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name_id", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=True),
        sa.Column(
            "rhythm",
            sa.Enum(
                "weekly",
                "fortnightly",
                "monthly",
                "quarterly",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("named_after_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["named_after_id"], ["meeting.id"], name=op.f("fk_meeting_series_named_after_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_series")),
    )
    op.create_index(op.f("ix_meeting_series_named_after_id"), "meeting_series", ["named_after_id"], unique=False)
    op.create_table(
        "minutes_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "correcting",
                "submitted",
                "returned",
                "approved",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("correction_reason", sa.Text(), nullable=True),
        sa.Column("submitted_by_name", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_note", sa.Text(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("decided_post", sa.Text(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_copy_note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("line_notes", sa.JSON(), nullable=True),
        sa.CheckConstraint(
            "state <> 'returned' OR return_note IS NOT NULL", name=op.f("ck_minutes_version_returned_with_note")
        ),
        sa.CheckConstraint("state = 'correcting' OR content IS NOT NULL", name=op.f("ck_minutes_version_has_content")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_version_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
    )
    op.create_index(
        "ix_minutes_version_approved_once",
        "minutes_version",
        ["meeting_id", "number"],
        unique=True,
        sqlite_where=sa.text("state = 'approved'"),
        postgresql_where=sa.text("state = 'approved'"),
    )
    op.create_index("ix_minutes_version_meeting", "minutes_version", ["meeting_id", "id"], unique=False)
    op.create_table(
        "objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "strategic_objective",
                "programme_objective",
                "activity_objective",
                "target_area",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_objective_not_own_parent")),
        sa.ForeignKeyConstraint(["document_id"], ["target_document.id"], name=op.f("fk_objective_document_id")),
        sa.ForeignKeyConstraint(["id"], ["target.id"], name=op.f("fk_objective_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["objective.id"], name=op.f("fk_objective_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objective")),
    )
    op.create_index(op.f("ix_objective_document_id"), "objective", ["document_id"], unique=False)
    op.create_index(op.f("ix_objective_parent_id"), "objective", ["parent_id"], unique=False)
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title_id", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=True),
        sa.Column("gist_id", sa.Text(), nullable=False),
        sa.Column("gist_en", sa.Text(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "submitted",
                "under_discussion",
                "deferred",
                "approved",
                "in_follow_up",
                "realised",
                "rejected",
                "merged",
                "withdrawn",
                "not_actionable",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status_since", sa.Date(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_in_id", sa.Integer(), nullable=True),
        sa.Column("source_note", sa.Text(), nullable=True),
        sa.Column("decision_authority_id", sa.Integer(), nullable=True),
        sa.Column("responsible_unit_id", sa.Integer(), nullable=True),
        sa.Column("revisit_on", sa.Date(), nullable=True),
        sa.Column(
            "not_actionable_reason",
            sa.Enum(
                "force_majeure",
                "legal_process",
                "change_of_organisation",
                "change_of_regulation",
                "other",
                name="not_actionable_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("survivor_id", sa.Integer(), nullable=True),
        sa.Column("outcome_note", sa.Text(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "classification",
            sa.Enum(
                "ordinary",
                "restricted",
                "secret",
                "top_secret",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'merged') = (survivor_id IS NOT NULL)", name=op.f("ck_proposal_merged_has_survivor")
        ),
        sa.CheckConstraint(
            "status <> 'deferred' OR revisit_on IS NOT NULL", name=op.f("ck_proposal_deferred_has_revisit_date")
        ),
        sa.CheckConstraint("raised_in_id IS NOT NULL OR source_note IS NOT NULL", name=op.f("ck_proposal_has_source")),
        sa.CheckConstraint("survivor_id <> id", name=op.f("ck_proposal_not_merged_into_itself")),
        sa.ForeignKeyConstraint(
            ["decision_authority_id"], ["position.id"], name=op.f("fk_proposal_decision_authority_id")
        ),
        sa.ForeignKeyConstraint(["raised_in_id"], ["meeting.id"], name=op.f("fk_proposal_raised_in_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_proposal_recorded_by_id")),
        sa.ForeignKeyConstraint(["responsible_unit_id"], ["org_unit.id"], name=op.f("fk_proposal_responsible_unit_id")),
        sa.ForeignKeyConstraint(["survivor_id"], ["proposal.id"], name=op.f("fk_proposal_survivor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("code", name=op.f("uq_proposal_code")),
    )
    op.create_index(
        "ix_proposal_awaiting",
        "proposal",
        ["raised_on", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('deferred', 'submitted', 'under_discussion')"),
        postgresql_where=sa.text("status IN ('deferred', 'submitted', 'under_discussion')"),
    )
    op.create_index(
        "ix_proposal_corrected",
        "proposal",
        ["corrected_at"],
        unique=False,
        sqlite_where=sa.text("corrected_at IS NOT NULL"),
        postgresql_where=sa.text("corrected_at IS NOT NULL"),
    )
    op.create_index("ix_proposal_newest", "proposal", ["raised_on", "id"], unique=False)
    op.create_index(op.f("ix_proposal_raised_in_id"), "proposal", ["raised_in_id"], unique=False)
    op.create_index(op.f("ix_proposal_responsible_unit_id"), "proposal", ["responsible_unit_id"], unique=False)
    op.create_index("ix_proposal_status", "proposal", ["status", "raised_on", "id", "classification"], unique=False)
    op.create_index(op.f("ix_proposal_survivor_id"), "proposal", ["survivor_id"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("open", "closed", "cancelled", name="status", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_name", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_name", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(status = 'closed') = (content_hash IS NOT NULL)", name=op.f("ck_review_closed_is_frozen")),
        sa.CheckConstraint("next_on > held_on", name=op.f("ck_review_next_is_later")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_review_meeting_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["review.id"], name=op.f("fk_review_previous_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("week", name=op.f("uq_review_week")),
    )
    op.create_index(
        "ix_review_one_open",
        "review",
        ["status"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("browser", sa.Text(), nullable=True),
        sa.Column("preview_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.ForeignKeyConstraint(["preview_id"], ["preview.id"], name=op.f("fk_sign_in_preview_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_in_token_hash")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"], unique=False)
    op.create_table(
        "typed_line",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_typed_line_account_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_typed_line_meeting_id")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_typed_line")),
    )
    op.create_index("ix_typed_line_meeting", "typed_line", ["meeting_id", "account_id"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("objective_id", sa.Integer(), nullable=True),
        sa.Column("unit_of_measure", sa.Text(), nullable=True),
        sa.Column(
            "polarity",
            sa.Enum(
                "maximise",
                "minimise",
                "range",
                "stabilise",
                name="polarity",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("baseline", sa.Text(), nullable=True),
        sa.Column("operational_definition", sa.Text(), nullable=True),
        sa.Column("formula", sa.Text(), nullable=True),
        sa.Column("data_source", sa.Text(), nullable=True),
        sa.Column("is_key", sa.Boolean(), nullable=False),
        sa.Column("is_cumulative", sa.Boolean(), nullable=True),
        sa.Column("scheme_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["target_document.id"], name=op.f("fk_indicator_document_id")),
        sa.ForeignKeyConstraint(["id"], ["target.id"], name=op.f("fk_indicator_id")),
        sa.ForeignKeyConstraint(["objective_id"], ["objective.id"], name=op.f("fk_indicator_objective_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["period_scheme.id"], name=op.f("fk_indicator_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
    )
    op.create_index(op.f("ix_indicator_document_id"), "indicator", ["document_id"], unique=False)
    op.create_index(op.f("ix_indicator_objective_id"), "indicator", ["objective_id"], unique=False)
    op.create_table(
        "proposal_proponent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("post_as_written", sa.Text(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "proponent",
                "supporter",
                "on_behalf_of",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "attribution",
            sa.Enum(
                "quoted",
                "paraphrased",
                "unconfirmed",
                "confirmed",
                "disputed",
                name="attribution",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR position_id IS NOT NULL OR post_as_written IS NOT NULL",
            name=op.f("ck_proposal_proponent_somebody"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_proponent_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_proposal_proponent_position_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_proponent_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_proponent")),
    )
    op.create_index("ix_proposal_proponent_attribution", "proposal_proponent", ["attribution", "id"], unique=False)
    op.create_index(op.f("ix_proposal_proponent_person_id"), "proposal_proponent", ["person_id"], unique=False)
    op.create_index(op.f("ix_proposal_proponent_proposal_id"), "proposal_proponent", ["proposal_id"], unique=False)
    op.create_table(
        "proposal_relation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "merged_into",
                "split_from",
                "alternative_to",
                "continues",
                "duplicates",
                "related_to",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_proposal_relation_two_proposals")),
        sa.ForeignKeyConstraint(["from_id"], ["proposal.id"], name=op.f("fk_proposal_relation_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["proposal.id"], name=op.f("fk_proposal_relation_to_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_relation")),
        sa.UniqueConstraint("from_id", "to_id", "kind", name=op.f("uq_proposal_relation_from_id_to_id_kind")),
    )
    op.create_index(op.f("ix_proposal_relation_to_id"), "proposal_relation", ["to_id"], unique=False)
    op.create_table(
        "proposal_target_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column(
            "effect",
            sa.Enum(
                "supports",
                "adds_target",
                "changes_indicator",
                "changes_value",
                "improves_measurability",
                "hinders",
                name="effect",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "suggested", "confirmed", "rejected", name="state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("explanation_id", sa.Text(), nullable=True),
        sa.Column("expected_effect", sa.Text(), nullable=True),
        sa.Column("old_value", sa.Text(), nullable=True),
        sa.Column("new_value", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("explanation_en", sa.Text(), nullable=True),
        sa.Column("realised_effect", sa.Text(), nullable=True),
        sa.Column("realised_value", sa.Numeric().with_variant(sa.String(length=40), "sqlite"), nullable=True),
        sa.Column("realised_period", sa.Text(), nullable=True),
        sa.Column("realised_by_name", sa.Text(), nullable=True),
        sa.Column("realised_on", sa.Date(), nullable=True),
        sa.Column("made_to_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(realised_effect IS NULL AND realised_value IS NULL) = (realised_by_name IS NULL)",
            name=op.f("ck_proposal_target_link_realised_effect_has_author"),
        ),
        sa.CheckConstraint(
            "realised_value IS NULL OR realised_period IS NOT NULL",
            name=op.f("ck_proposal_target_link_realised_value_has_period"),
        ),
        sa.ForeignKeyConstraint(["made_to_id"], ["target.id"], name=op.f("fk_proposal_target_link_made_to_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_target_link_proposal_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_proposal_target_link_target_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_target_link")),
        sa.UniqueConstraint(
            "proposal_id", "target_id", "effect", name=op.f("uq_proposal_target_link_proposal_id_target_id_effect")
        ),
    )
    op.create_index(
        "ix_proposal_target_link_effect_not_set",
        "proposal_target_link",
        ["proposal_id", "target_id"],
        unique=True,
        sqlite_where=sa.text("effect IS NULL"),
        postgresql_where=sa.text("effect IS NULL"),
    )
    op.create_index(op.f("ix_proposal_target_link_made_to_id"), "proposal_target_link", ["made_to_id"], unique=False)
    op.create_index(op.f("ix_proposal_target_link_target_id"), "proposal_target_link", ["target_id"], unique=False)
    op.create_table(
        "series_meeting",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_series_meeting_meeting_id")),
        sa.ForeignKeyConstraint(["previous_id"], ["meeting.id"], name=op.f("fk_series_meeting_previous_id")),
        sa.ForeignKeyConstraint(["series_id"], ["meeting_series.id"], name=op.f("fk_series_meeting_series_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_series_meeting")),
    )
    op.create_index("ix_series_meeting_previous", "series_meeting", ["previous_id"], unique=False)
    op.create_index("ix_series_meeting_series", "series_meeting", ["series_id"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "proposal",
                "decision",
                "directive",
                "hope",
                "remark",
                "exhortation",
                "response",
                "information",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.Column("gist_id", sa.Text(), nullable=True),
        sa.Column("gist_en", sa.Text(), nullable=True),
        sa.Column("speaker_id", sa.Integer(), nullable=True),
        sa.Column("speaker_note", sa.Text(), nullable=True),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("origin_meeting_id", sa.Integer(), nullable=True),
        sa.Column("origin_note", sa.Text(), nullable=True),
        sa.Column("has_sic", sa.Boolean(), nullable=False),
        sa.Column("recorder_note", sa.Text(), nullable=True),
        sa.Column("joined_into_id", sa.Integer(), nullable=True),
        sa.Column(
            "classification",
            sa.Enum(
                "ordinary",
                "restricted",
                "secret",
                "top_secret",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("quote IS NOT NULL OR gist_id IS NOT NULL", name=op.f("ck_statement_says_something")),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_statement_agenda_item_id")),
        sa.ForeignKeyConstraint(["joined_into_id"], ["statement.id"], name=op.f("fk_statement_joined_into_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_statement_meeting_id")),
        sa.ForeignKeyConstraint(["origin_meeting_id"], ["meeting.id"], name=op.f("fk_statement_origin_meeting_id")),
        sa.ForeignKeyConstraint(["speaker_id"], ["attendance.id"], name=op.f("fk_statement_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index("ix_statement_meeting", "statement", ["meeting_id", "place", "id"], unique=False)
    op.create_index(op.f("ix_statement_origin_meeting_id"), "statement", ["origin_meeting_id"], unique=False)
    op.create_index(op.f("ix_statement_speaker_id"), "statement", ["speaker_id"], unique=False)
    op.create_table(
        "action_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=True),
        sa.Column(
            "instruction_type",
            sa.Enum(
                "complete",
                "advise",
                "coordinate",
                "study",
                "represent",
                "monitor",
                "note",
                "file",
                name="instruction_type",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column(
            "status",
            sa.Enum(
                "not_started",
                "in_progress",
                "awaiting_verification",
                "completed",
                "not_actionable",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("status_since", sa.Date(), nullable=False),
        sa.Column("assigned_on", sa.Date(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("statement_id", sa.Integer(), nullable=True),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("responsible_position_id", sa.Integer(), nullable=True),
        sa.Column("responsible_unit_id", sa.Integer(), nullable=True),
        sa.Column("pic_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("original_due_on", sa.Date(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("waiting_for", sa.Text(), nullable=True),
        sa.Column("verified_by_id", sa.Integer(), nullable=True),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column(
            "classification",
            sa.Enum(
                "ordinary",
                "restricted",
                "secret",
                "top_secret",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "not_actionable_reason",
            sa.Enum(
                "force_majeure",
                "legal_process",
                "change_of_organisation",
                "change_of_regulation",
                "other",
                name="not_actionable_reason",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'completed') = (verified_at IS NOT NULL)", name=op.f("ck_action_item_completed_is_verified")
        ),
        sa.CheckConstraint(
            "agenda_item_id IS NULL OR meeting_id IS NOT NULL", name=op.f("ck_action_item_agenda_item_has_meeting")
        ),
        sa.CheckConstraint(
            "due_on IS NULL OR original_due_on IS NOT NULL", name=op.f("ck_action_item_first_promise_kept")
        ),
        sa.CheckConstraint("meeting_id IS NOT NULL OR proposal_id IS NOT NULL", name=op.f("ck_action_item_has_origin")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_action_item_percent_of_hundred")),
        sa.CheckConstraint(
            "statement_id IS NULL OR meeting_id IS NOT NULL", name=op.f("ck_action_item_statement_has_meeting")
        ),
        sa.ForeignKeyConstraint(["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_action_item_agenda_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_action_item_meeting_id")),
        sa.ForeignKeyConstraint(["pic_id"], ["person.id"], name=op.f("fk_action_item_pic_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_action_item_proposal_id")),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["account.id"], name=op.f("fk_action_item_recorded_by_id")),
        sa.ForeignKeyConstraint(
            ["responsible_position_id"], ["position.id"], name=op.f("fk_action_item_responsible_position_id")
        ),
        sa.ForeignKeyConstraint(
            ["responsible_unit_id"], ["org_unit.id"], name=op.f("fk_action_item_responsible_unit_id")
        ),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_action_item_statement_id")),
        sa.ForeignKeyConstraint(["verified_by_id"], ["account.id"], name=op.f("fk_action_item_verified_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_item")),
        sa.UniqueConstraint("code", name=op.f("uq_action_item_code")),
    )
    op.create_index(
        "ix_action_item_corrected",
        "action_item",
        ["corrected_at"],
        unique=False,
        sqlite_where=sa.text("corrected_at IS NOT NULL"),
        postgresql_where=sa.text("corrected_at IS NOT NULL"),
    )
    op.create_index("ix_action_item_due", "action_item", ["status", "due_on", "classification"], unique=False)
    op.create_index(op.f("ix_action_item_meeting_id"), "action_item", ["meeting_id"], unique=False)
    op.create_index("ix_action_item_newest", "action_item", ["assigned_on", "id"], unique=False)
    op.create_index(
        "ix_action_item_open_newest",
        "action_item",
        ["assigned_on", "id", "due_on", "classification"],
        unique=False,
        sqlite_where=sa.text("status IN ('awaiting_verification', 'in_progress', 'not_started')"),
        postgresql_where=sa.text("status IN ('awaiting_verification', 'in_progress', 'not_started')"),
    )
    op.create_index(op.f("ix_action_item_pic_id"), "action_item", ["pic_id"], unique=False)
    op.create_index(op.f("ix_action_item_proposal_id"), "action_item", ["proposal_id"], unique=False)
    op.create_index(op.f("ix_action_item_responsible_unit_id"), "action_item", ["responsible_unit_id"], unique=False)
    op.create_index("ix_action_item_since", "action_item", ["status", "status_since", "id"], unique=False)
    op.create_index(
        "ix_action_item_statement_id",
        "action_item",
        ["statement_id"],
        unique=False,
        sqlite_where=sa.text("statement_id IS NOT NULL"),
        postgresql_where=sa.text("statement_id IS NOT NULL"),
    )
    op.create_index(
        "ix_action_item_unfinished",
        "action_item",
        ["due_on", "id"],
        unique=False,
        sqlite_where=sa.text("status IN ('awaiting_verification', 'in_progress', 'not_started')"),
        postgresql_where=sa.text("status IN ('awaiting_verification', 'in_progress', 'not_started')"),
    )
    op.create_table(
        "indicator_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("period_id", sa.Integer(), nullable=False),
        sa.Column("target_value", sa.Numeric().with_variant(sa.String(length=40), "sqlite"), nullable=True),
        sa.Column("target_upper", sa.Numeric().with_variant(sa.String(length=40), "sqlite"), nullable=True),
        sa.Column("actual_value", sa.Numeric().with_variant(sa.String(length=40), "sqlite"), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("confirmed_by_name", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "target_upper IS NULL OR target_value IS NOT NULL", name=op.f("ck_indicator_value_upper_has_lower")
        ),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_value_indicator_id")),
        sa.ForeignKeyConstraint(["period_id"], ["period.id"], name=op.f("fk_indicator_value_period_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
        sa.UniqueConstraint(
            "indicator_id", "year", "period_id", name=op.f("uq_indicator_value_indicator_id_year_period_id")
        ),
    )
    op.create_index(op.f("ix_indicator_value_period_id"), "indicator_value", ["period_id"], unique=False)
    op.create_table(
        "statement_meeting",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_statement_meeting_meeting_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_statement_meeting_statement_id")),
        sa.PrimaryKeyConstraint("statement_id", "meeting_id", name=op.f("pk_statement_meeting")),
    )
    op.create_index(op.f("ix_statement_meeting_meeting_id"), "statement_meeting", ["meeting_id"], unique=False)
    op.create_table(
        "statement_proposal",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column(
            "bearing",
            sa.Enum(
                "raises",
                "discusses",
                "motivates",
                "decides",
                name="bearing",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_statement_proposal_proposal_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_statement_proposal_statement_id")),
        sa.PrimaryKeyConstraint("statement_id", "proposal_id", name=op.f("pk_statement_proposal")),
    )
    op.create_index(op.f("ix_statement_proposal_proposal_id"), "statement_proposal", ["proposal_id"], unique=False)
    op.create_table(
        "statement_target",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_statement_target_statement_id")),
        sa.ForeignKeyConstraint(["target_id"], ["target.id"], name=op.f("fk_statement_target_target_id")),
        sa.PrimaryKeyConstraint("statement_id", "target_id", name=op.f("pk_statement_target")),
    )
    op.create_index(op.f("ix_statement_target_target_id"), "statement_target", ["target_id"], unique=False)
    op.create_table(
        "action_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("blocked", "waiting_outside", name="kind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("waiting_for", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_on >= since", name=op.f("ck_action_hold_dates_in_order")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_action_hold_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_hold")),
    )
    op.create_index(op.f("ix_action_hold_action_id"), "action_hold", ["action_id"], unique=False)
    op.create_index(
        "ix_action_hold_open",
        "action_hold",
        ["action_id"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "action_supporter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("as_written", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR position_id IS NOT NULL OR as_written IS NOT NULL",
            name=op.f("ck_action_supporter_somebody"),
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_action_supporter_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_action_supporter_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_action_supporter_position_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_supporter")),
    )
    op.create_index(op.f("ix_action_supporter_action_id"), "action_supporter", ["action_id"], unique=False)
    op.create_index(op.f("ix_action_supporter_person_id"), "action_supporter", ["person_id"], unique=False)
    op.create_table(
        "action_supporting_unit",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_action_supporting_unit_action_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_action_supporting_unit_unit_id")),
        sa.PrimaryKeyConstraint("action_id", "unit_id", name=op.f("pk_action_supporting_unit")),
    )
    op.create_table(
        "action_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "not_started",
                "in_progress",
                "awaiting_verification",
                "completed",
                "not_actionable",
                "cancelled",
                name="status",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("progress_note", sa.Text(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("obstacle", sa.Text(), nullable=True),
        sa.Column("next_step", sa.Text(), nullable=True),
        sa.Column("next_due_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_action_update_percent_of_hundred")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_action_update_action_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_action_update_by_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_update")),
    )
    op.create_index(op.f("ix_action_update_action_id"), "action_update", ["action_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "invitation",
                "attendance_scan",
                "photo",
                "signed_copy",
                "evidence",
                "other",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("added_by_id", sa.Integer(), nullable=True),
        sa.Column("added_by_name", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_by_name", sa.Text(), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "classification",
            sa.Enum(
                "ordinary",
                "restricted",
                "secret",
                "top_secret",
                name="classification",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(meeting_id IS NOT NULL AND proposal_id IS NULL AND action_id IS NULL) OR (meeting_id IS NULL AND proposal_id IS NOT NULL AND action_id IS NULL) OR (meeting_id IS NULL AND proposal_id IS NULL AND action_id IS NOT NULL)",
            name=op.f("ck_attachment_belongs_to_one"),
        ),
        sa.CheckConstraint(
            "(removed_at IS NULL) = (removed_by_name IS NULL)", name=op.f("ck_attachment_removed_by_someone")
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_has_content")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_attachment_action_id")),
        sa.ForeignKeyConstraint(["added_by_id"], ["account.id"], name=op.f("fk_attachment_added_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attachment_meeting_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_attachment_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_action_id"), "attachment", ["action_id"], unique=False)
    op.create_index(op.f("ix_attachment_mark"), "attachment", ["mark"], unique=False)
    op.create_index(op.f("ix_attachment_meeting_id"), "attachment", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_attachment_proposal_id"), "attachment", ["proposal_id"], unique=False)
    op.create_table(
        "bulk_change_row",
        sa.Column("bulk_change_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("version_after", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_bulk_change_row_action_id")),
        sa.ForeignKeyConstraint(["bulk_change_id"], ["bulk_change.id"], name=op.f("fk_bulk_change_row_bulk_change_id")),
        sa.PrimaryKeyConstraint("bulk_change_id", "action_id", name=op.f("pk_bulk_change_row")),
    )
    op.create_index(op.f("ix_bulk_change_row_action_id"), "bulk_change_row", ["action_id"], unique=False)
    op.create_table(
        "due_date_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("agreed_by", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_due_date_change_action_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_date_change")),
    )
    op.create_index(op.f("ix_due_date_change_action_id"), "due_date_change", ["action_id"], unique=False)
    op.create_table(
        "due_date_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("asked_for", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "granted",
                "refused",
                "lapsed",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("by_account_id", sa.Integer(), nullable=True),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by_name", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_note", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f("ck_due_date_request_answered_once")),
        sa.CheckConstraint(
            "state <> 'refused' OR answer_note IS NOT NULL", name=op.f("ck_due_date_request_refused_with_note")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_due_date_request_action_id")),
        sa.ForeignKeyConstraint(["by_account_id"], ["account.id"], name=op.f("fk_due_date_request_by_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_date_request")),
    )
    op.create_index(op.f("ix_due_date_request_action_id"), "due_date_request", ["action_id"], unique=False)
    op.create_index(
        "ix_due_date_request_open",
        "due_date_request",
        ["action_id"],
        unique=True,
        sqlite_where=sa.text("state = 'asked'"),
        postgresql_where=sa.text("state = 'asked'"),
    )
    op.create_table(
        "escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column(
            "ended_as",
            sa.Enum("answered", "lapsed", name="ended_as", native_enum=False, create_constraint=True, length=32),
            nullable=True,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_name", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "ended_as <> 'answered' OR answer IS NOT NULL", name=op.f("ck_escalation_answered_in_words")
        ),
        sa.CheckConstraint("(action_id IS NULL) <> (proposal_id IS NULL)", name=op.f("ck_escalation_one_subject")),
        sa.CheckConstraint("(ended_at IS NULL) = (ended_as IS NULL)", name=op.f("ck_escalation_ended_once")),
        sa.CheckConstraint("position_id IS NOT NULL OR person_id IS NOT NULL", name=op.f("ck_escalation_to_somebody")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_escalation_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_escalation_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_escalation_position_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_escalation_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_escalation")),
    )
    op.create_index(op.f("ix_escalation_action_id"), "escalation", ["action_id"], unique=False)
    op.create_index(
        "ix_escalation_open",
        "escalation",
        ["id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(op.f("ix_escalation_person_id"), "escalation", ["person_id"], unique=False)
    op.create_index(op.f("ix_escalation_proposal_id"), "escalation", ["proposal_id"], unique=False)
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("position_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("outside", sa.Text(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_name", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by_name", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + CASE WHEN position_id IS NULL THEN 0 ELSE 1 END + CASE WHEN unit_id IS NULL THEN 0 ELSE 1 END + CASE WHEN outside IS NULL THEN 0 ELSE 1 END) = 1",
            name=op.f("ck_hand_over_one_holder"),
        ),
        sa.CheckConstraint("(proposal_id IS NULL) <> (action_id IS NULL)", name=op.f("ck_hand_over_one_subject")),
        sa.CheckConstraint("answer IS NULL OR ended_at IS NOT NULL", name=op.f("ck_hand_over_answer_ends_it")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_hand_over_action_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hand_over_person_id")),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name=op.f("fk_hand_over_position_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_hand_over_proposal_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["org_unit.id"], name=op.f("fk_hand_over_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index(op.f("ix_hand_over_action_id"), "hand_over", ["action_id"], unique=False)
    op.create_index(op.f("ix_hand_over_person_id"), "hand_over", ["person_id"], unique=False)
    op.create_index(op.f("ix_hand_over_proposal_id"), "hand_over", ["proposal_id"], unique=False)
    op.create_table(
        "review_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column(
            "movement",
            sa.Enum(
                "done",
                "extended",
                "slipped_again",
                "not_moved",
                "new",
                "returned",
                "moved",
                "dropped",
                name="movement",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "queue_group",
            sa.Enum(
                "overdue",
                "due_before_next",
                "unassigned",
                "stale",
                "awaiting_verification",
                "back_from_deferral",
                "only_submitted",
                name="queue_group",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("sittings", sa.Integer(), nullable=False),
        sa.Column("open_since", sa.Date(), nullable=False),
        sa.Column("state_before", sa.Text(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum(
                "done",
                "goes_on",
                "extend",
                "reassign",
                "escalate",
                name="decision",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("former", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.Column("state_after", sa.Text(), nullable=True),
        sa.Column("due_after", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(action_id IS NULL) <> (proposal_id IS NULL)", name=op.f("ck_review_item_one_thing")),
        sa.CheckConstraint("(decision IS NULL) = (turn IS NULL)", name=op.f("ck_review_item_decision_has_turn")),
        sa.CheckConstraint(
            "(queue_group IS NULL) = (position IS NULL)", name=op.f("ck_review_item_queued_has_position")
        ),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_review_item_action_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_review_item_decided_by_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_review_item_proposal_id")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_item_review_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item")),
        sa.UniqueConstraint("review_id", "action_id", name=op.f("uq_review_item_review_id_action_id")),
        sa.UniqueConstraint("review_id", "position", name=op.f("uq_review_item_review_id_position")),
        sa.UniqueConstraint("review_id", "proposal_id", name=op.f("uq_review_item_review_id_proposal_id")),
        sa.UniqueConstraint("review_id", "turn", name=op.f("uq_review_item_review_id_turn")),
    )
    op.create_index(op.f("ix_review_item_action_id"), "review_item", ["action_id"], unique=False)
    op.create_index(op.f("ix_review_item_proposal_id"), "review_item", ["proposal_id"], unique=False)
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "proposal",
                "action",
                "meeting",
                "statement",
                "target",
                "person",
                "post",
                "unit",
                "attachment",
                name="search_kind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("head_size", sa.Integer(), nullable=False),
        sa.Column("stems", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
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
    op.create_index(op.f("ix_search_entry_action_id"), "search_entry", ["action_id"], unique=False)
    op.create_index(op.f("ix_search_entry_code"), "search_entry", ["code"], unique=False)
    op.create_index(op.f("ix_search_entry_meeting_id"), "search_entry", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_search_entry_proposal_id"), "search_entry", ["proposal_id"], unique=False)
    op.create_table(
        "statement_action",
        sa.Column("statement_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_statement_action_action_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_statement_action_statement_id")),
        sa.PrimaryKeyConstraint("statement_id", "action_id", name=op.f("pk_statement_action")),
    )
    op.create_index(op.f("ix_statement_action_action_id"), "statement_action", ["action_id"], unique=False)
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
    op.create_index(op.f("ix_statement_repeat_action_id"), "statement_repeat", ["action_id"], unique=False)
    op.create_index(op.f("ix_statement_repeat_proposal_id"), "statement_repeat", ["proposal_id"], unique=False)


def downgrade() -> None:
    if is_sqlite():
        op.execute("DROP TABLE search_stems")
    else:
        for name, table, *_ in CIRCULAR:
            op.drop_constraint(name, table, type_="foreignkey")
    drop_tables()
    if not is_sqlite():
        for function in (
            "refuse_change",
            "refuse_target_change",
            "refuse_indicator_change",
            "refuse_indicator_value_change",
            "refuse_thaw",
            "refuse_review_change",
            "refuse_review_item_change",
        ):
            op.execute(f"DROP FUNCTION {function}()")


def drop_tables() -> None:
    op.drop_table("statement_repeat")
    op.drop_table("statement_action")
    op.drop_table("search_entry")
    op.drop_table("review_item")
    op.drop_table("hand_over")
    op.drop_table("escalation")
    op.drop_table("due_date_request")
    op.drop_table("due_date_change")
    op.drop_table("bulk_change_row")
    op.drop_table("attachment")
    op.drop_table("action_update")
    op.drop_table("action_supporting_unit")
    op.drop_table("action_supporter")
    op.drop_table("action_hold")
    op.drop_table("statement_target")
    op.drop_table("statement_proposal")
    op.drop_table("statement_meeting")
    op.drop_table("indicator_value")
    op.drop_table("action_item")
    op.drop_table("statement")
    op.drop_table("series_meeting")
    op.drop_table("proposal_target_link")
    op.drop_table("proposal_relation")
    op.drop_table("proposal_proponent")
    op.drop_table("indicator")
    op.drop_table("typed_line")
    op.drop_table("sign_in")
    op.drop_table("review")
    op.drop_table("proposal")
    op.drop_table("objective")
    op.drop_table("minutes_version")
    op.drop_table("meeting_series")
    op.drop_table("meeting_grant")
    op.drop_table("event")
    op.drop_table("attendance")
    op.drop_table("agenda_item")
    op.drop_table("target_document")
    op.drop_table("second_step")
    op.drop_table("saved_view")
    op.drop_table("recovery_code")
    op.drop_table("preview")
    op.drop_table("position_merge")
    op.drop_table("position_holding")
    op.drop_table("office_identity")
    op.drop_table("notice")
    op.drop_table("meeting")
    op.drop_table("involvement")
    op.drop_table("follow")
    op.drop_table("bulk_change")
    op.drop_table("audit_entry")
    op.drop_table("account_role")
    op.drop_table("access_link")
    op.drop_table("target")
    op.drop_table("position")
    op.drop_table("person_merge")
    op.drop_table("period")
    op.drop_table("meeting_template")
    op.drop_table("letterhead_setting")
    op.drop_table("former_unit_name")
    op.drop_table("account")
    op.drop_table("word_template")
    op.drop_table("throttle_count")
    op.drop_table("synonym_group")
    op.drop_table("spent_key")
    op.drop_table("search_word")
    op.drop_table("reset_request")
    op.drop_table("person")
    op.drop_table("period_scheme")
    op.drop_table("org_unit")
    op.drop_table("holiday")
    op.drop_table("code_series")
    op.drop_table("audit_head")
    op.drop_table("answer_setting")
    op.drop_table("action_setting")
