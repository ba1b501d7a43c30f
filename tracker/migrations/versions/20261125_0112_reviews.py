"""The weekly review: its sittings, and what each found and decided of every action and proposal."""

import sqlalchemy as sa
from alembic import op

revision = "20261125_0112"
down_revision = "20261125_0110"
branch_labels = None
depends_on = None

_OF_CLOSED = "(SELECT status FROM review WHERE id = OLD.review_id) = 'closed'"
SQLITE_GUARDS = tuple(
    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {condition} "
    "BEGIN SELECT RAISE(ABORT, 'a closed review is frozen'); END"
    for table, condition in (("review", "OLD.status = 'closed'"), ("review_item", _OF_CLOSED))
    for verb in ("UPDATE", "DELETE")
)
POSTGRESQL_GUARDS = (
    "CREATE FUNCTION refuse_review_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$BEGIN RAISE EXCEPTION 'a closed review is frozen'; END$$",
    "CREATE TRIGGER review_frozen BEFORE UPDATE OR DELETE ON review "
    "FOR EACH ROW WHEN (OLD.status = 'closed') EXECUTE FUNCTION refuse_review_change()",
    "CREATE FUNCTION refuse_review_item_change() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$BEGIN IF {_OF_CLOSED} THEN RAISE EXCEPTION 'a closed review is frozen'; END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END$$",
    "CREATE TRIGGER review_item_frozen BEFORE UPDATE OR DELETE ON review_item "
    "FOR EACH ROW EXECUTE FUNCTION refuse_review_item_change()",
)


def _codes(name: str, *members: str) -> sa.Enum:
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("status", _codes("status", "open", "closed"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
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
        "ix_review_one_open", "review", ["status"], unique=True,
        sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "review_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("action_id", sa.Integer(), nullable=True),
        sa.Column("proposal_id", sa.Integer(), nullable=True),
        sa.Column("movement", _codes("movement", "done", "extended", "slipped_again", "not_moved", "new", "returned",
                                     "moved", "dropped"), nullable=False),
        sa.Column("queue_group", _codes("queue_group", "overdue", "due_before_next", "unassigned", "stale",
                                        "awaiting_verification", "back_from_deferral", "only_submitted"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("state_before", sa.Text(), nullable=False),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("decision", _codes("decision", "done", "goes_on", "extend", "reassign", "escalate"), nullable=True),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_name", sa.Text(), nullable=True),
        sa.Column("former", sa.JSON(), nullable=True),
        sa.Column("version_after", sa.Integer(), nullable=True),
        sa.Column("state_after", sa.Text(), nullable=True),
        sa.Column("due_after", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(action_id IS NULL) <> (proposal_id IS NULL)", name=op.f("ck_review_item_one_thing")),
        sa.CheckConstraint("(queue_group IS NULL) = (position IS NULL)", name=op.f("ck_review_item_queued_has_position")),
        sa.CheckConstraint("(decision IS NULL) = (turn IS NULL)", name=op.f("ck_review_item_decision_has_turn")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_review_item_review_id")),
        sa.ForeignKeyConstraint(["action_id"], ["action_item.id"], name=op.f("fk_review_item_action_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposal.id"], name=op.f("fk_review_item_proposal_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["account.id"], name=op.f("fk_review_item_decided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_item")),
        sa.UniqueConstraint("review_id", "position", name=op.f("uq_review_item_review_id_position")),
        sa.UniqueConstraint("review_id", "action_id", name=op.f("uq_review_item_review_id_action_id")),
        sa.UniqueConstraint("review_id", "proposal_id", name=op.f("uq_review_item_review_id_proposal_id")),
        sa.UniqueConstraint("review_id", "turn", name=op.f("uq_review_item_review_id_turn")),
    )
    op.create_index(op.f("ix_review_item_action_id"), "review_item", ["action_id"])
    op.create_index(op.f("ix_review_item_proposal_id"), "review_item", ["proposal_id"])
    for guard in SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS:
        op.execute(guard)


def downgrade() -> None:
    op.drop_table("review_item")
    op.drop_table("review")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_review_change()")
        op.execute("DROP FUNCTION refuse_review_item_change()")
