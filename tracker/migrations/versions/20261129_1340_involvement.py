"""What each account and person has had to do with what others judge, filled from events, audit and rows as they stand.

Revision ID: 20261129_1340
Revises: 20261129_1300
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_1340"
down_revision = "20261129_1300"
branch_labels = None
depends_on = None

PARTS = ("in_charge", "reported", "asked", "submitted", "suggested", "named", "owner")
#: The acts that were recorded as events, by the part that they give.
_ACTS = {
    ("action_item", "progress_reported"): "reported",
    ("action_item", "moved_awaiting_verification"): "reported",
    ("action_item", "due_date_asked"): "asked",
    ("meeting", "minutes_submitted"): "submitted",
}
_NAMED = {"action_item": ("pic_id", "in_charge"), "proposal_proponent": ("person_id", "named"), "account": ("person_id", "owner")}  # fmt: skip


def upgrade() -> None:
    part = sa.Enum(*PARTS, name="part", native_enum=False, create_constraint=True, length=32)
    op.create_table(
        "involvement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("part", part, nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("account_id IS NOT NULL OR person_id IS NOT NULL", name=op.f("ck_involvement_somebody")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_involvement_account_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_involvement_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_involvement")),
    )
    op.create_index("ix_involvement_subject", "involvement", ["subject", "subject_id"])
    op.create_index(op.f("ix_involvement_account_id"), "involvement", ["account_id"])
    op.create_index(op.f("ix_involvement_person_id"), "involvement", ["person_id"])
    connection = op.get_bind()
    rows = sorted({*_acts(connection), *_named(connection), *_reassigned(connection)}, key=repr)
    if rows:
        names = ("subject", "subject_id", "part", "account_id", "person_id")
        table = sa.table("involvement", *map(sa.column, names))
        connection.execute(sa.insert(table), [dict(zip(names, row, strict=True)) for row in rows])
    with op.batch_alter_table("action_item") as batch:
        batch.drop_constraint(op.f("fk_action_item_finished_by_id"), type_="foreignkey")
        batch.drop_column("finished_by_id")


def _acts(connection: sa.Connection) -> set[tuple[object, ...]]:
    """Who reported, asked and submitted. What a sitting only took note of is no report."""
    person_of = {account: person for account, person in connection.execute(sa.text("SELECT id, person_id FROM account"))}
    told = connection.execute(sa.text(
        "SELECT subject, subject_id, verb, by_account_id FROM event WHERE by_account_id IS NOT NULL AND NOT ("
        " verb = 'moved_awaiting_verification' AND EXISTS (SELECT 1 FROM event AS sitting WHERE"
        " sitting.subject = event.subject AND sitting.subject_id = event.subject_id AND sitting.at = event.at"
        " AND sitting.verb LIKE 'reviewed%'))"))  # fmt: skip
    found = {
        (subject, number, _ACTS[subject, verb], account, person_of.get(account))
        for subject, number, verb, account in told
        if (subject, verb) in _ACTS
    }
    finished = "SELECT id, finished_by_id FROM action_item WHERE finished_by_id IS NOT NULL"
    for number, account in connection.execute(sa.text(finished)):
        found.add(("action_item", number, "reported", account, person_of.get(account)))
    return found


def _named(connection: sa.Connection) -> set[tuple[object, ...]]:
    """Who is named in the rows, and who ever was, as the audit tells; a person removed since is left out."""
    persons = {*connection.execute(sa.text("SELECT id FROM person")).scalars()}
    found: set[tuple[object, ...]] = set()
    for table, (column, part) in _NAMED.items():
        there = sa.table(table, sa.column("id"), sa.column(column))
        for number, person in connection.execute(sa.select(there.c.id, there.c[column])):
            found.add((table, number, part, None, person))
    audit = sa.table("audit_entry", sa.column("table_name"), sa.column("row_id"), sa.column("before", sa.JSON),
                     sa.column("after", sa.JSON), sa.column("change"))  # fmt: skip
    entries = sa.select(audit).where(audit.c.table_name.in_(_NAMED), audit.c.change != "read")
    for entry in connection.execute(entries).mappings():
        column, part = _NAMED[entry["table_name"]]
        for values in (entry["before"], entry["after"]):
            found.add((entry["table_name"], int(entry["row_id"]), part, None, (values or {}).get(column)))
    return {row for row in found if row[-1] in persons}


def _reassigned(connection: sa.Connection) -> set[tuple[object, ...]]:
    """Who was in charge before and after each change of charge, as events tell."""
    persons = {*connection.execute(sa.text("SELECT id FROM person")).scalars()}
    event = sa.table("event", sa.column("subject"), sa.column("subject_id"), sa.column("details", sa.JSON))
    found = set()
    for number, details in connection.execute(
        sa.select(event.c.subject_id, event.c.details).where(event.c.subject == "action_item")
    ):
        for charge in ((details or {}).get("before"), (details or {}).get("after")):
            if isinstance(charge, dict) and charge.get("pic_id") in persons:
                found.add(("action_item", number, "in_charge", None, charge["pic_id"]))
    return found


def downgrade() -> None:
    with op.batch_alter_table("action_item") as batch:
        batch.add_column(sa.Column("finished_by_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_action_item_finished_by_id"), "account", ["finished_by_id"], ["id"])
    op.drop_table("involvement")
