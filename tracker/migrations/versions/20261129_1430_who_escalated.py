"""Who escalated something, filled from events: they leave it to others to note the answer.

Revision ID: 20261129_1430
Revises: 20261129_1420
"""

import sqlalchemy as sa
from alembic import op

revision = "20261129_1430"
down_revision = "20261129_1420"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    person_of = {account: person for account, person in connection.execute(sa.text("SELECT id, person_id FROM account"))}
    known = {*connection.execute(sa.text("SELECT id FROM escalation")).scalars()}
    event = sa.table("event", sa.column("verb"), sa.column("by_account_id"), sa.column("details", sa.JSON))
    told = sa.select(event.c.by_account_id, event.c.details).where(
        event.c.verb == "escalated", event.c.by_account_id.is_not(None)
    )
    rows = {
        (details["escalation_id"], account)
        for account, details in connection.execute(told)
        if (details or {}).get("escalation_id") in known
    }
    names = ("subject", "subject_id", "part", "account_id", "person_id")
    if rows:
        connection.execute(sa.insert(sa.table("involvement", *map(sa.column, names))), [
            dict(zip(names, ("escalation", number, "asked", account, person_of.get(account)), strict=True))
            for number, account in sorted(rows)
        ])  # fmt: skip


def downgrade() -> None:
    op.execute("DELETE FROM involvement WHERE subject = 'escalation'")
