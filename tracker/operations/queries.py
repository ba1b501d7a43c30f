"""Questions of operations: does the database answer, is it of this program's age, where does the audit chain end."""

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from tracker.core.db import db
from tracker.core.settings import ROOT
from tracker.history.models import AuditHead
from tracker.history.rules import GENESIS


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
