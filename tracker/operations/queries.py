"""Checks of the database: does it respond, is its schema right, are its references and anchors complete."""

import platform
import re
import shutil
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    DDL,
    Column,
    Connection,
    ForeignKeyConstraint,
    MetaData,
    String,
    Table,
    and_,
    func,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.exc import SAWarning, SQLAlchemyError

from tracker.audit.commands import anchor
from tracker.audit.models import AuditEntry
from tracker.core import ownership, replica, stamps, tallies
from tracker.core.clock import day_at
from tracker.core.db import Model, db
from tracker.core.settings import ROOT, Settings
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeState
from tracker.operations import rules

#: Name prefixes of search objects that exist in addition to the models.
_SEARCH_OBJECTS = ("search_stems", "lexemes", "ix_search_entry_lexemes")

#: Queries for the enabled triggers.
_TRIGGERS = {
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger'"),
    "postgresql": text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"),
}
#: One object for all requests, so that SQLAlchemy compiles its statement once; Alembic makes a new table each time.
_REVISION = Table("alembic_version", MetaData(), Column("version_num", String)).c.version_num
#: Less than this share of the disk free is scarce.
SCARCE = 0.1
REPLICA_FAULTS = {
    replica.State.BEHIND: _l("it has not replayed what the database has written"),
    replica.State.AWAY: _l("DATABASE_READ_URL does not answer, or not to this user"),
    replica.State.STRANGER: _l("DATABASE_READ_URL is no standby of DATABASE_URL"),
}


def _migrations() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "tracker" / "migrations"))


def newest_revision() -> str | None:
    return _migrations().get_current_head()


def known_revisions() -> frozenset[str]:
    return frozenset(script.revision for script in _migrations().walk_revisions())


def revision_of(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_REVISION.table.name):
        return None
    return connection.scalar(select(_REVISION))


def lag_of_anchors() -> str:
    """A line for `/readyz` if anchors cannot be written; else empty."""
    gap = anchor()
    if gap is None:
        return ""
    return f"audit not anchored since {gap.since:%Y-%m-%dT%H:%M:%SZ}\n" if gap.since else "audit unwritable\n"


def anchor_faults(settings: Settings) -> Iterator[str]:
    gap = anchor()
    if gap:
        since = gettext("since %(moment)s", moment=f"{gap.since:%Y-%m-%dT%H:%M:%SZ} ") if gap.since else ""
        yield gettext(
            "anchors: %(since)sthe audit chain is not written down outside the database: %(why)s",
            since=since, why=gap.why,
        )  # fmt: skip
    for place, owner in ownership.foreign_paths(settings):
        yield gettext(
            "files: %(place)s belongs to %(owner)s, not to the owner of the installation's folder",
            place=place, owner=owner,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Health:
    """What an administrator has to look after. `anchor_gap` is why the audit chain is not anchored, if it is not."""

    dead_mails: int
    waiting_mails: int
    has_mail_server: bool
    anchor_gap: str | None
    backup_on: date | None
    free_bytes: int
    disk_bytes: int

    @property
    def is_disk_full(self) -> bool:
        return self.free_bytes < self.disk_bytes * SCARCE


def health(settings: Settings) -> Health:
    states = (
        func.count().filter(Notice.state == NoticeState.DEAD),
        func.count().filter(Notice.state == NoticeState.WAITING),
    )
    dead, waiting = db.session.execute(select(*states)).one()
    gap, disk = anchor(), shutil.disk_usage(settings.instance)
    return Health(
        dead_mails=dead, waiting_mails=waiting, has_mail_server=bool(settings.smtp_url),
        anchor_gap=gap.why if gap else None, backup_on=last_backup(settings), free_bytes=disk.free,
        disk_bytes=disk.total,
    )  # fmt: skip


def last_backup(settings: Settings) -> date | None:
    """The day of the last backup that was made with this installation's command."""
    at = stamps.noted(settings.backup_stamp)
    return day_at(at) if at else None


@dataclass(frozen=True, kw_only=True)
class State:
    """All that `doctor` looks at. `health` is None while the database cannot be used."""

    at: datetime
    python: str
    database: str
    is_production: bool
    unreadiness: str | None
    health: Health | None
    has_mail_server: bool
    worker_at: datetime | None
    backup_on: date | None
    #: This machine's clock minus the database's.
    clock_gap: timedelta
    #: The audit has entries of a later moment.
    is_clock_behind: bool


def state(settings: Settings, at: datetime) -> State:
    problem = unreadiness()
    if problem:
        db.session.rollback()
    last_entry, now = (at, at) if problem else _moments_of_database(at)
    return State(
        at=at, python=platform.python_version(), database=make_url(settings.database_url).get_backend_name(),
        is_production=settings.is_production, unreadiness=problem, health=None if problem else health(settings),
        has_mail_server=bool(settings.smtp_url), worker_at=stamps.noted(settings.worker_stamp),
        backup_on=last_backup(settings), clock_gap=at - now,
        is_clock_behind=last_entry - at > rules.LARGEST_CLOCK_GAP,
    )  # fmt: skip


def _moments_of_database(at: datetime) -> tuple[datetime, datetime]:
    """That of the last entry of the audit, and now. SQLite has the clock of this machine."""
    last = select(AuditEntry.at).order_by(AuditEntry.id.desc()).limit(1).scalar_subquery()
    if db.session.connection().dialect.name == "sqlite":
        return db.session.scalar(select(last)) or at, at
    entry, now = db.session.execute(select(last, func.clock_timestamp())).one()
    return entry or at, now.astimezone(UTC)


def unreadiness() -> str | None:
    try:
        return None if revision_of(db.session.connection()) == newest_revision() else "schema"
    except SQLAlchemyError:
        return "database"


def schema_faults() -> Iterator[str]:
    """Differences between the database and the models: another revision, or changes by hand."""
    connection = db.session.connection()
    revision = revision_of(connection)
    if revision != newest_revision():
        yield gettext(
            "schema: at revision %(revision)s, not at %(newest)s; run flask --app app db upgrade",
            revision=revision, newest=newest_revision(),
        )  # fmt: skip
        return
    context = MigrationContext.configure(connection, opts={"include_object": _is_model_object})
    with warnings.catch_warnings():
        # SQLite does not tell what an index of an expression is made of.
        warnings.filterwarnings("ignore", ".*expression-based index", category=SAWarning)
        warnings.filterwarnings("ignore", ".*expression-based index", category=UserWarning)
        differences = compare_metadata(context, Model.metadata)
    for difference in differences:
        what, *about = difference if isinstance(difference, tuple) else difference[0]
        names = [str(getattr(item, "name", item)) for item in about if item is not None]
        yield gettext("schema: %(change)s would be needed: %(names)s", change=what, names=", ".join(names))
    dialect = connection.dialect.name
    enabled = set(connection.scalars(_TRIGGERS[dialect]))
    for name in sorted(_expected_triggers(dialect) - enabled):
        yield gettext("schema: trigger %(name)s is missing or off", name=name)


def _expected_triggers(dialect: str) -> set[str]:
    statements = [ddl.statement for ddl in Model.metadata.dispatch.after_create if isinstance(ddl, DDL)]
    is_postgresql = dialect == "postgresql"
    own = [statement for statement in statements if ("EXECUTE FUNCTION" in statement) == is_postgresql]
    return {name for statement in own for name in re.findall(r"CREATE TRIGGER (\w+)", statement)}


def _is_model_object(_: Any, name: str | None, *__: Any) -> bool:
    return not (name or "").startswith(_SEARCH_OBJECTS)


def replica_faults() -> Iterator[str]:
    state = replica.state(replica.PATIENCE) if replica.is_set() else replica.State.OK
    if state is not replica.State.OK:
        yield f"replica: {state}; {REPLICA_FAULTS[state]}"


def tally_faults() -> Iterator[str]:
    for cell, missing in tallies.differences():
        yield gettext(
            "count of %(kind)s, %(subject)d %(bucket)s: off by %(num)d; the command count counts anew",
            kind=cell.kind, subject=cell.subject_id, bucket=cell.bucket, num=missing,
        )  # fmt: skip


def orphans() -> Iterator[str]:
    """Rows with dangling references, which can exist only if foreign keys were switched off."""
    existing = set(inspect(db.session.connection()).get_table_names())
    for table in Model.metadata.sorted_tables:
        keys = [constraint for constraint in table.constraints if isinstance(constraint, ForeignKeyConstraint)]
        for key in sorted(keys, key=lambda key: str(key.name)) if table.name in existing else ():
            if key.referred_table.name in existing and (count := _count_orphans(key)):
                columns = ", ".join(key.column_keys)
                yield gettext(
                    "orphans: %(num)d of %(table)s by %(columns)s", num=count, table=table.name, columns=columns
                )


def _count_orphans(key: ForeignKeyConstraint) -> int:
    parent = key.referred_table.alias()
    pairs = [(element.parent, parent.c[element.column.name]) for element in key.elements]
    missing = ~select(1).where(*(child == referred for child, referred in pairs)).exists()
    query = select(func.count()).select_from(key.table)
    return db.session.scalar(query.where(and_(*(child.is_not(None) for child, _ in pairs)), missing)) or 0
