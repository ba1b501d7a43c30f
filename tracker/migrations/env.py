"""How migrations run: on the app's own engine, each revision in a transaction of its own, on both databases."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from alembic import context
from flask import current_app
from sqlalchemy.engine import Connection

from tracker.audit.chain import IS_MIGRATION
from tracker.core.copies import CopiedName
from tracker.core.db import ExactNumber, Model, UTCDateTime


def plain_type(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Write migrations with the database's own types, so that they outlive ours."""
    if kind == "type" and isinstance(thing, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, ExactNumber):
        return "sa.Numeric().with_variant(sa.String(length=40), 'sqlite')"
    if kind == "type" and isinstance(thing, CopiedName):
        return "sa.Text()"
    return False


@contextmanager
def references_unchecked(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by making it anew, for which foreign keys are off, and checked as a whole after."""
    if connection.dialect.name != "sqlite":
        yield
        return
    database = connection.connection.cursor()  # no transaction has begun: within one the pragma is ignored
    database.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = database.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise ValueError(f"rows refer to what is not there: {broken[:5]}")
    finally:
        if not connection.invalidated:  # as it is when the run was killed
            database.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Bring the database to the wanted revision. A killed run leaves whole revisions only, and may be run again."""
    engine = current_app.extensions["migrate"].db.engine
    with engine.connect().execution_options(**{IS_MIGRATION: True}) as connection, references_unchecked(connection):
        context.configure(
            connection=connection,
            target_metadata=Model.metadata,
            render_as_batch=True,
            render_item=plain_type,
            # SQLite has transactional DDL; Alembic only assumes that it has not.
            transactional_ddl=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
