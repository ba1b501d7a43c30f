"""Names folded without apostrophes and accents of every script, as they are now compared."""

import sqlalchemy as sa
from alembic import op

from tracker.people.formats import folded

revision = "20261128_1900"
down_revision = "20261128_1000"
branch_labels = None
depends_on = None

_person = sa.table(
    "person", sa.column("id", sa.Integer), sa.column("name"), sa.column("aliases", sa.JSON), sa.column("folded")
)


def upgrade() -> None:
    connection = op.get_bind()
    for number, name, aliases in connection.execute(sa.select(_person.c.id, _person.c.name, _person.c.aliases)).all():
        spellings = "\n".join(folded(spelling) for spelling in (name, *(aliases or ())))
        connection.execute(sa.update(_person).where(_person.c.id == number).values(folded=spellings))


def downgrade() -> None:
    """Nothing to take back: the column is the same, and every change of a person folds its name anew."""
