"""Which constraint of the database refused a row, by its name; never the values it refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel.speaklater import LazyString
from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from tracker.core.db import Model
from tracker.core.errors import NotPossible

#: What SQLite says: a CHECK by its name, the rest by its columns, foreign keys not at all.
_SQLITE = re.compile(r"(?P<kind>CHECK|NOT NULL|UNIQUE|FOREIGN KEY) constraint failed(?:: (?P<what>.+))?")


@dataclass(frozen=True)
class Taken:
    """A unique constraint that two people can meet at the same moment, after each of their forms was checked."""

    sentence: LazyString
    field: str | None = None

    def refusal(self) -> NotPossible:
        """The same sentence, whether the command found it or the database."""
        return NotPossible(self.sentence, field=self.field)


#: By the name of the constraint. None: whoever comes second runs again, and finds the row of the first.
_races: dict[str, Taken | None] = {}


def taken(constraint: str, sentence: LazyString, *, field: str | None = None) -> Taken:
    """Answer this constraint with a sentence at a field of the form, where somebody else was faster."""
    race = _races[constraint] = Taken(sentence, field)
    return race


def made_by_two(constraint: str) -> None:
    """Run the request again where somebody else made the same row at the same moment: it then finds that row."""
    _races[constraint] = None


def races() -> frozenset[str]:
    """The constraints that are no error of the program."""
    return frozenset(_races)


def violated(error: IntegrityError) -> str:
    """The name of the constraint; «table.column» for NOT NULL; on SQLite «a foreign key», which it does not name."""
    told = getattr(error.orig, "diag", None)
    if told is not None:  # PostgreSQL
        return str(told.constraint_name or f"{told.table_name}.{told.column_name}")
    said = _SQLITE.search(str(error.orig))
    if said is None:  # a trigger of ours: its sentence is fixed
        return str(error.orig)
    what = said["what"] or "a foreign key"
    return _unique(what) if said["kind"] == "UNIQUE" else what


def refusal(error: IntegrityError) -> NotPossible | None:
    """The sentence for the form, where somebody else was faster; None where running again is enough.

    Raises the error again where the form should have known.
    """
    name = violated(error)
    if name not in _races:
        raise error
    race = _races[name]
    return race.refusal() if race else None


def _unique(columns: str) -> str:
    """The constraint over «meeting.code» or «period.scheme_id, period.code»."""
    parts = [part.strip().split(".") for part in columns.split(",")]
    table = Model.metadata.tables.get(parts[0][0])
    unique = _unique_columns(table) if table is not None else ()
    wanted = {part[-1] for part in parts}
    return next((name for name, names in unique if names == wanted), columns)


def _unique_columns(table: Table) -> Iterable[tuple[str, set[str]]]:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield str(constraint.name), {column.name for column in constraint.columns}
    for index in table.indexes:
        if index.unique:
            yield str(index.name), {column.name for column in index.columns}
    yield str(table.primary_key.name), {column.name for column in table.primary_key.columns}
