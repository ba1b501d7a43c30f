"""Actions keep the meeting at which they were agreed, the post they were given to, and who supports them."""

import sqlalchemy as sa
from alembic import op

revision = "20261128_2100"
down_revision = "20261128_2000"
branch_labels = None
depends_on = None

NEW = {
    "meeting_id": "meeting",
    "agenda_item_id": "agenda_item",
    "responsible_position_id": "position",
}

# An action of a line was agreed at the line's meeting. Lines about a proposal used to be forgotten: where just one
# meeting of the day on which the action was assigned speaks of its proposal, it was agreed there; else where the
# proposal was raised.
FILL = (
    """
    UPDATE action_item SET meeting_id = (SELECT meeting_id FROM statement WHERE statement.id = action_item.statement_id)
    WHERE statement_id IS NOT NULL
    """,
    """
    UPDATE action_item SET meeting_id = (
        SELECT max(meeting.id) FROM meeting JOIN statement ON statement.meeting_id = meeting.id
        JOIN statement_proposal ON statement_proposal.statement_id = statement.id
        WHERE statement_proposal.proposal_id = action_item.proposal_id AND meeting.date = action_item.assigned_on
        HAVING count(DISTINCT meeting.id) = 1
    )
    WHERE meeting_id IS NULL AND proposal_id IS NOT NULL
    """,
    """
    UPDATE action_item SET meeting_id = (SELECT raised_in_id FROM proposal WHERE proposal.id = action_item.proposal_id)
    WHERE meeting_id IS NULL AND proposal_id IS NOT NULL
    """,
)


def upgrade() -> None:
    with op.batch_alter_table("action_item") as batch:
        for name, table in NEW.items():
            batch.add_column(sa.Column(name, sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_action_item_{name}"), table, [name], ["id"])
    for statement in FILL:
        op.execute(statement)
    with op.batch_alter_table("action_item") as batch:
        batch.drop_constraint(op.f("ck_action_item_has_origin"), type_="check")
        batch.create_check_constraint(
            op.f("ck_action_item_has_origin"), "meeting_id IS NOT NULL OR proposal_id IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_action_item_statement_has_meeting"), "statement_id IS NULL OR meeting_id IS NOT NULL"
        )
        batch.create_check_constraint(
            op.f("ck_action_item_agenda_item_has_meeting"), "agenda_item_id IS NULL OR meeting_id IS NOT NULL"
        )
    op.create_index(op.f("ix_action_item_meeting_id"), "action_item", ["meeting_id"])
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
    for name in ("action_id", "person_id"):
        op.create_index(op.f(f"ix_action_supporter_{name}"), "action_supporter", [name])


def downgrade() -> None:
    """There is no place for actions of a meeting as a whole: they go under its first line."""
    op.drop_table("action_supporter")
    op.drop_index(op.f("ix_action_item_meeting_id"), "action_item")
    op.execute(
        "UPDATE action_item SET statement_id = (SELECT min(id) FROM statement"
        " WHERE statement.meeting_id = action_item.meeting_id) WHERE statement_id IS NULL AND proposal_id IS NULL"
    )
    with op.batch_alter_table("action_item") as batch:
        for name in ("has_origin", "statement_has_meeting", "agenda_item_has_meeting"):
            batch.drop_constraint(op.f(f"ck_action_item_{name}"), type_="check")
        batch.create_check_constraint(
            op.f("ck_action_item_has_origin"), "proposal_id IS NOT NULL OR statement_id IS NOT NULL"
        )
        for name in NEW:
            batch.drop_constraint(op.f(f"fk_action_item_{name}"), type_="foreignkey")
            batch.drop_column(name)
