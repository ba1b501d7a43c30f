"""from which meeting the names of series, of later meetings and of agenda items come

Revision ID: 20261129_1500
Revises: 20261129_1430
"""

import re

import sqlalchemy as sa
from alembic import op

revision = "20261129_1500"
down_revision = "20261129_1430"
branch_labels = None
depends_on = None

_COLUMNS = {"meeting": "named_after_id", "meeting_series": "named_after_id", "agenda_item": "about_meeting_id"}


def upgrade() -> None:
    for table, column in _COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column(column, sa.Integer(), nullable=True))
            batch.create_foreign_key(op.f(f"fk_{table}_{column}"), "meeting", [column], ["id"])
            batch.create_index(op.f(f"ix_{table}_{column}"), [column])
    _note_sources(op.get_bind())


def _note_sources(connection: sa.Connection) -> None:
    """Whatever has the words of the name of an earlier meeting of its series has them from there."""
    places = connection.execute(sa.text(
        "SELECT s.series_id, m.id, m.name_id, r.name_id FROM series_meeting AS s JOIN meeting AS m ON m.id = s.meeting_id"
        " JOIN meeting_series AS r ON r.id = s.series_id ORDER BY s.series_id, m.date, m.id")).all()  # fmt: skip
    agenda: dict[int, list[tuple[int, str]]] = {}
    for number, meeting_id, text in connection.execute(sa.text(
        "SELECT a.id, a.meeting_id, a.text FROM agenda_item AS a WHERE a.meeting_id IN"
        " (SELECT meeting_id FROM series_meeting)")):  # fmt: skip
        agenda.setdefault(meeting_id, []).append((number, text))
    first: dict[tuple[int, str], int] = {}
    of_series: dict[int, int] = {}
    earlier: dict[int, list[tuple[int, str]]] = {}
    for series_id, meeting_id, name, name_of_series in places:
        source = first.setdefault((series_id, _words(name)), meeting_id)
        if source != meeting_id:
            _note(connection, "meeting", meeting_id, source)
        if _words(name) == _words(name_of_series) and series_id not in of_series:
            of_series[series_id] = source
            _note(connection, "meeting_series", series_id, source)
        for number, text in agenda.get(meeting_id, ()):
            named = next((one for one, words in earlier.get(series_id, ()) if words in _words(text)), None)
            if named:
                _note(connection, "agenda_item", number, named)
        earlier.setdefault(series_id, []).append((source, _words(name)))


def _words(text: str) -> str:
    return " ".join(["", *re.findall(r"\w+", text.casefold()), ""])


def _note(connection: sa.Connection, name: str, number: int, source: int) -> None:
    column = _COLUMNS[name]
    table = sa.table(name, sa.column("id", sa.Integer), sa.column(column, sa.Integer))
    connection.execute(sa.update(table).where(table.c.id == number).values({column: source}))


def downgrade() -> None:
    for table, column in _COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            batch.drop_index(op.f(f"ix_{table}_{column}"))
            batch.drop_constraint(op.f(f"fk_{table}_{column}"), type_="foreignkey")
            batch.drop_column(column)
