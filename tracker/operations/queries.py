"""Questions of operations: does the database answer, is it of this age and whole, where does its chain end."""

import re
from collections.abc import Iterator
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import DDL, Connection, ForeignKeyConstraint, and_, func, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from tracker.audit.commands import anchor
from tracker.audit.models import AuditHead
from tracker.audit.rules import GENESIS
from tracker.core import ownership, replica
from tracker.core.db import Model, db
from tracker.core.settings import ROOT, Settings

#: What each engine keeps for search beside the models' tables and columns.
_INDEX_OF_SEARCH = ("search_stems", "lexemes", "ix_search_entry_lexemes")

#: The triggers that a database has and heeds.
_TRIGGERS = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"),
}
REPLICA_FAULTS = {
    replica.State.BEHIND: "it has not replayed what the database has written",
    replica.State.AWAY: "DATABASE_READ_URL does not answer, or not to this user",
    replica.State.STRANGER: "DATABASE_READ_URL is no standby of DATABASE_URL",
}


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "tracker" / "migrations"))


def newest_revision() -> str | None:
    """The revision that this program's tables are at."""
    return _scripts().get_current_head()


def known_revisions() -> frozenset[str]:
    """Every revision this program can bring forward."""
    return frozenset(script.revision for script in _scripts().walk_revisions())


def revision_of(connection: Connection) -> str | None:
    """The revision a database is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def lag_of_anchors() -> str:
    """What a machine is told where the end of the audit chain is not written down outside the database."""
    hindered = anchor()
    if hindered is None:
        return ""
    return f"audit not anchored since {hindered.since:%Y-%m-%dT%H:%M:%SZ}\n" if hindered.since else "audit unwritable\n"


def anchor_faults(settings: Settings) -> Iterator[str]:
    """Entries that are not written down outside the database, and why; and files that the service does not own."""
    hindered = anchor()
    if hindered:
        since = f"since {hindered.since:%Y-%m-%dT%H:%M:%SZ} " if hindered.since else ""
        yield f"anchors: {since}the audit chain is not written down outside the database: {hindered.why}"
    for place, owner in ownership.strangers(settings):
        yield f"files: {place} belongs to {owner}, not to the owner of the installation's folder"


def unreadiness() -> str | None:
    """Why no request should come here now, in one word; None when all is well."""
    try:
        return None if revision_of(db.session.connection()) == newest_revision() else "schema"
    except SQLAlchemyError:
        return "database"


def audit_head(connection: Connection) -> tuple[int, str]:
    """(length, last hash) of the audit chain."""
    found = connection.execute(select(AuditHead.length, AuditHead.hash)).one_or_none()
    return (found.length, found.hash) if found else (0, GENESIS)


def schema_faults() -> Iterator[str]:
    """Where the tables are not what this program expects: of another revision, or changed by hand."""
    connection = db.session.connection()
    revision = revision_of(connection)
    if revision != newest_revision():
        yield f"schema: at revision {revision}, not at {newest_revision()}; run flask --app app db upgrade"
        return
    context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
    for difference in compare_metadata(context, Model.metadata):
        what, *about = difference if isinstance(difference, tuple) else difference[0]
        names = [str(getattr(one, "name", one)) for one in about if one is not None]
        yield f"schema: {what} would be needed: {', '.join(names)}"
    dialect = connection.dialect.name
    working = set(connection.scalars(_TRIGGERS[dialect]))
    yield from (f"schema: trigger {name} is missing or off" for name in sorted(_triggers(dialect) - working))


def _triggers(dialect: str) -> set[str]:
    """What the models want the database itself to refuse or to keep in step."""
    made = [ddl.statement for ddl in Model.metadata.dispatch.after_create if isinstance(ddl, DDL)]
    wanted = [one for one in made if ("EXECUTE FUNCTION" in one) == (dialect == "postgresql")]
    return {name for statement in wanted for name in re.findall(r"CREATE TRIGGER (\w+)", statement)}


def _is_ours(_: Any, name: str | None, *__: Any) -> bool:
    return not (name or "").startswith(_INDEX_OF_SEARCH)


def replica_faults() -> Iterator[str]:
    """What keeps reports from being read at the standby."""
    state = replica.state() if replica.is_set() else replica.State.OK
    if state is not replica.State.OK:
        yield f"replica: {state}; {REPLICA_FAULTS[state]}"


def orphans() -> Iterator[str]:
    """Rows that refer to what is not there: the database refuses them, unless somebody switched that off."""
    known = set(inspect(db.session.connection()).get_table_names())
    for table in Model.metadata.sorted_tables:
        keys = [one for one in table.constraints if isinstance(one, ForeignKeyConstraint)]
        for key in sorted(keys, key=lambda one: str(one.name)) if table.name in known else ():
            if key.referred_table.name in known and (count := _count_orphans(key)):
                yield f"orphans: {count} of {table.name} by {', '.join(key.column_keys)}"


def _count_orphans(key: ForeignKeyConstraint) -> int:
    parent = key.referred_table.alias()
    pairs = [(one.parent, parent.c[one.column.name]) for one in key.elements]
    missing = ~select(1).where(*(child == above for child, above in pairs)).exists()
    question = select(func.count()).select_from(key.table)
    return db.session.scalar(question.where(and_(*(child.is_not(None) for child, _ in pairs)), missing)) or 0
