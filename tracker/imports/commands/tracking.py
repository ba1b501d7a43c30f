"""Which rows a run adds and changes, so that it can be undone whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session, UOWTransaction

from tracker.audit.rules import AUDITED
from tracker.core.db import Model, db
from tracker.core.json_values import as_json


class Touched:
    """JSON values: ids of added rows in their order, and the columns of changed rows before their first change."""

    def __init__(self) -> None:
        self.added: list[list[Any]] = []
        self._keys: set[str] = set()
        self.changed: dict[str, dict[str, Any]] = {}

    def note_additions(self, session: Session, _: UOWTransaction) -> None:
        for row in session.new:
            if _is_tracked(row):
                self.added.append([row.__tablename__, row.id])
                self._keys.add(f"{row.__tablename__}:{row.id}")

    def note_changes(self, session: Session, _: UOWTransaction, __: Any) -> None:
        for row in session.dirty:
            key = f"{row.__tablename__}:{row.id}" if _is_tracked(row) else ""
            before = _before(row) if key and key not in self._keys else {}
            if before:
                kept = self.changed.setdefault(key, {})
                kept.update({name: value for name, value in before.items() if name not in kept})

    def data(self) -> dict[str, Any]:
        return {"added": self.added, "changed": self.changed}


def _is_tracked(row: Any) -> bool:
    """Rows without an id belong to another row and go with it."""
    return row.__tablename__ in AUDITED and row.__tablename__ != "import_run" and hasattr(row, "id")


def _before(row: Model) -> dict[str, Any]:
    state, before = inspect(row), {}
    for column in state.mapper.column_attrs:
        history = state.attrs[column.key].history
        if history.has_changes() and column.key not in {"id", "version"} and history.deleted:
            before[column.key] = as_json(history.deleted[0])
    return before


@contextmanager
def tracking() -> Iterator[Touched]:
    touched, session = Touched(), db.session()
    event.listen(session, "after_flush", touched.note_additions)
    event.listen(session, "before_flush", touched.note_changes)
    try:
        yield touched
        session.flush()
    finally:
        event.remove(session, "after_flush", touched.note_additions)
        event.remove(session, "before_flush", touched.note_changes)
