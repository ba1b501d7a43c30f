"""The database: model base, column types, and connection settings of both engines."""

import enum
import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, ClassVar, cast

from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    Numeric,
    SelectBase,
    String,
    Text,
    TypeDecorator,
    event,
)
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.pool import Pool
from sqlalchemy.types import TypeEngine

from tracker.core import write_queue

#: Bind key of the standby, and the key in `session.info` while the session reads from it.
REPLICA, READS_FROM = "replica", "reads_from"
#: Key in `connection.info` for the place in the write queue.
WRITE_LOCK = "write_lock"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class UTCDateTime(TypeDecorator[datetime]):
    """A point in time. Rejects naive values, so that local time is never stored by accident."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """SQLite returns naive values, which are UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactNumber(TypeDecorator[Decimal]):
    """An exact decimal: NUMERIC on PostgreSQL, text on SQLite, which has no decimals."""

    impl = Numeric
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(String(40) if dialect.name == "sqlite" else Numeric())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        return format(value, "f") if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


def codes(kind: type[enum.StrEnum], name: str) -> Enum:
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=32,
        values_callable=lambda members: [member.value for member in members],
        validate_strings=True,
    )


class Model(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        str: Text(),
        datetime: UTCDateTime(),
        Decimal: ExactNumber(),
        list[str]: JSON(),
        dict[str, Any]: JSON(),
    }


class Versioned:
    version: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  # the attribute belongs to the class
        return {"version_id_col": cls.version}


def in_year(column: Any, year: int) -> ColumnElement[bool]:
    """Whether a date is in this year, in a form that can use an index on the column."""
    return cast(ColumnElement[bool], column.between(date(year, 1, 1), date(year, 12, 31)))


class RoutedSession(Session):
    """Session of a request. While `core.replica` says so, it reads from the standby."""

    def get_bind(self, mapper: Any = None, clause: Any = None, bind: Any = None, **given: Any) -> Engine | Connection:
        if bind is None and READS_FROM in self.info and isinstance(clause, SelectBase):
            return self._db.engines[self.info[READS_FROM]]
        return super().get_bind(mapper, clause, bind, **given)


db = SQLAlchemy(metadata=Model.metadata, session_options={"autoflush": True, "class_": RoutedSession})


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        _prepare_sqlite(connection)
    else:
        _prepare_postgresql(connection)


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
    """Leave BEGIN to `_begin_sqlite`, enforce foreign keys, survive a power failure, wait for other writers."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _prepare_postgresql(connection: Any) -> None:
    """Switch off JIT compilation: on large data it took 0.2 to 2 s for pages that need 0.1 s."""
    connection.autocommit = True  # SET inside a transaction would be undone by a rollback
    connection.execute("SET jit = off")
    connection.autocommit = False


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    """Take SQLite's write lock at the start of a request that may write, so that what it reads stays current."""
    if connection.dialect.name != "sqlite" or connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
        return
    is_writing = connection.get_execution_options().get("is_writing")
    if has_request_context() and request.method in SAFE_METHODS and not is_writing:
        connection.exec_driver_sql("BEGIN")
        return
    _enter_write_queue(connection)
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _enter_write_queue(connection: Connection) -> None:
    """Wait in the write queue. The place is held until the connection returns to the pool."""
    database = connection.engine.url.database
    if database and WRITE_LOCK not in connection.info and (lock := write_queue.queue_of(database).wait()) is not None:
        connection.info[WRITE_LOCK] = lock


@event.listens_for(Pool, "checkin")
def _leave_write_queue(_connection: Any, record: Any) -> None:
    if record and WRITE_LOCK in record.info:
        record.info.pop(WRITE_LOCK).release()


def engine_options(url: str, *, has_pooler: bool = False) -> dict[str, Any]:
    """Engine options for this URL. Parameters are hidden in errors and logs, since they contain what people typed."""
    options: dict[str, Any] = {"hide_parameters": True}
    if url.startswith("sqlite"):
        return options
    return options | {"pool_pre_ping": True} | ({"connect_args": {"prepare_threshold": None}} if has_pooler else {})


def read_only_engines(url: str) -> dict[str, dict[str, Any]]:
    """The standby's engine, if there is one, with a short timeout because the main database can answer instead."""
    return {REPLICA: {"url": url, **engine_options(url), "connect_args": {"connect_timeout": 2}}} if url else {}


def set_up(app: Flask) -> None:
    db.init_app(app)
