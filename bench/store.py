"""Bulk inserts: COPY on PostgreSQL, executemany on SQLite, with the models' column types."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from tracker.core.db import db
from tracker.core.transactions import commit

BATCH = 20_000


class Store:
    """Collects rows and writes them table by table."""

    def __init__(self, tables: Sequence[Table]) -> None:
        """`tables`: referenced tables come first."""
        self._tables = tables
        self._waiting: dict[Table, list[Mapping[str, Any]]] = defaultdict(list)
        self._count = 0
        self._next: dict[Table, int] = {}

    def next_id(self, table: Table) -> int:
        """The next free id of a table."""
        if table not in self._next:
            self._next[table] = (db.session.scalar(select(func.max(table.c.id))) or 0) + 1
        self._next[table] += 1
        return self._next[table] - 1

    def add(self, table: Table, **row: Any) -> int:
        """Add a row. Return its id, which is assigned if the table has ids and the row has none."""
        if "id" in table.c and "id" not in row:
            row["id"] = self.next_id(table)
        self._waiting[table].append(row)
        self._count += 1
        return int(row.get("id", 0))

    @property
    def is_full(self) -> bool:
        """Whether a batch is complete."""
        return self._count >= BATCH

    def write(self) -> None:
        """Write the collected rows and commit."""
        for table in self._tables:
            if self._waiting[table]:
                _write(db.session.connection(), table, self._waiting[table])
        commit()
        self._waiting.clear()
        self._count = 0

    def close(self) -> None:
        """Write the rest, and set PostgreSQL's sequences."""
        self.write()
        for table, next_id in self._next.items() if db.engine.dialect.name == "postgresql" else ():
            set_it = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {next_id})"  # of our own models
            db.session.connection().exec_driver_sql(set_it)
        commit()


def _write(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = [table.c[name] for name in rows[0]]
    converters = [_converter(connection, column) for column in columns]
    pairs = list(zip(columns, converters, strict=True))
    values_of_rows = ([convert(row[column.key]) for column, convert in pairs] for row in rows)
    names = ", ".join(f'"{column.name}"' for column in columns)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for values in values_of_rows:
                copy.write_row(values)
    else:
        driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", values_of_rows)  # noqa: S608  # names of our own models


def _converter(connection: Connection, column: Any) -> Callable[[Any], Any]:
    """Converts a value of this column for the driver."""
    processor: Callable[[Any], Any] | None = column.type.dialect_impl(connection.dialect).bind_processor(
        connection.dialect
    )
    return processor or (lambda value: value)
