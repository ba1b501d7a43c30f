"""The life of minutes: versions, frozen when approved, and the lock on their meeting."""

import sqlalchemy as sa
from alembic import op

revision = "20261124_1605"
down_revision = "20261124_1540"
branch_labels = None
depends_on = None

SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER minutes_version_no_{verb.lower()} BEFORE {verb} ON minutes_version WHEN OLD.state = 'approved' "
    "BEGIN SELECT RAISE(ABORT, 'approved minutes are frozen'); END"
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL_GUARDS = (
    "CREATE FUNCTION refuse_thaw() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RAISE EXCEPTION 'approved minutes are frozen'; END$$",
    "CREATE TRIGGER minutes_version_frozen BEFORE UPDATE OR DELETE ON minutes_version "
    "FOR EACH ROW WHEN (OLD.state = 'approved') EXECUTE FUNCTION refuse_thaw()",
)
STATES = ("draft", "correcting", "submitted", "returned", "approved")


def upgrade() -> None:
    op.add_column("meeting", sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "minutes_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=32),
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
        sa.CheckConstraint(
            "state <> 'returned' OR return_note IS NOT NULL", name=op.f("ck_minutes_version_returned_with_note")
        ),
        sa.CheckConstraint(
            "state = 'correcting' OR content IS NOT NULL", name=op.f("ck_minutes_version_has_content")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_version_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
    )
    op.create_index("ix_minutes_version_meeting", "minutes_version", ["meeting_id", "id"])
    op.create_index(
        "ix_minutes_version_approved_once",
        "minutes_version",
        ["meeting_id", "number"],
        unique=True,
        sqlite_where=sa.text("state = 'approved'"),
        postgresql_where=sa.text("state = 'approved'"),
    )
    for guard in SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    op.drop_table("minutes_version")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_thaw()")
    op.drop_column("meeting", "locked_at")
