"""Which database constraint rejected a row, by name and never by the rejected values."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel.speaklater import LazyString
from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from tracker.core.db import Model
from tracker.core.errors import NotPossible

#: SQLite reports a CHECK by its name, others by their columns, and foreign keys not at all.
_SQLITE = re.compile(r"(?P<kind>CHECK|NOT NULL|UNIQUE|FOREIGN KEY) constraint failed(?:: (?P<what>.+))?")


@dataclass(frozen=True)
class Taken:
    """A unique constraint that two users can violate at the same time although each form was valid."""

    sentence: LazyString
    field: str | None = None

    def refusal(self) -> NotPossible:
        return NotPossible(self.sentence, field=self.field)


_races: set[str] = set()


def taken(constraint: str, sentence: LazyString, *, field: str | None = None) -> Taken:
    """What the command says when it finds the row. If two store it at the same moment, the second runs again."""
    retry_on_violation(constraint)
    return Taken(sentence, field)


def retry_on_violation(constraint: str) -> None:
    """On a violation of this constraint, run the request again; it then finds the row the other user created."""
    _races.add(constraint)


def races() -> frozenset[str]:
    return frozenset(_races)


def violated(error: IntegrityError) -> str:
    """The constraint name; «table.column» for NOT NULL; on SQLite «a foreign key», which it does not name."""
    diag = getattr(error.orig, "diag", None)
    if diag is not None:  # PostgreSQL
        return str(diag.constraint_name or f"{diag.table_name}.{diag.column_name}")
    match = _SQLITE.search(str(error.orig))
    if match is None:  # one of our triggers, with a fixed sentence
        return str(error.orig)
    subject = match["what"] or "a foreign key"
    return _unique(subject) if match["kind"] == "UNIQUE" else subject


def _unique(columns: str) -> str:
    """Finds the name of the constraint over «meeting.code» or «period.scheme_id, period.code»."""
    parts = [part.strip().split(".") for part in columns.split(",")]
    table = Model.metadata.tables.get(parts[0][0])
    unique = _unique_columns(table) if table is not None else ()
    column_names = {part[-1] for part in parts}
    return next((name for name, names in unique if names == column_names), columns)


def _unique_columns(table: Table) -> Iterable[tuple[str, set[str]]]:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield str(constraint.name), {column.name for column in constraint.columns}
    for index in table.indexes:
        if index.unique:
            yield str(index.name), {column.name for column in index.columns}
    yield str(table.primary_key.name), {column.name for column in table.primary_key.columns}
