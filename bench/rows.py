"""Many rows for measurements."""

from typing import Any

from sqlalchemy import insert

from tracker.audit.chain import IS_MIGRATION
from tracker.core.db import Model, db


def store(model: type[Model], rows: list[dict[str, Any]]) -> None:
    """Outside the audit chain, as a migration does: it would take minutes for a hundred thousand rows."""
    connection = db.session.connection(execution_options={IS_MIGRATION: True})
    connection.execute(insert(model.__table__), rows)
