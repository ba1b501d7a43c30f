"""Many rows into a database at once: COPY on PostgreSQL, executemany on SQLite; values as the models store them."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from tracker.core.db import db
from tracker.core.transactions import commit

BATCH = 20_000


class Store:
    """Collects rows by table and writes each table's in one go, those first that others refer to."""

    def __init__(self, tables: Sequence[Table]) -> None:
        """`tables` in the order in which they refer to each other."""
        self._tables = tables
        self._waiting: dict[Table, list[Mapping[str, Any]]] = defaultdict(list)
        self._count = 0
        self._next: dict[Table, int] = {}

    def number(self, table: Table) -> int:
        """The next free number of a table."""
        if table not in self._next:
            self._next[table] = (db.session.scalar(select(func.max(table.c.id))) or 0) + 1
        self._next[table] += 1
        return self._next[table] - 1

    def add(self, table: Table, **row: Any) -> int:
        """Take in one row, and give it a number where its table has numbers and it has none yet."""
        if "id" in table.c and "id" not in row:
            row["id"] = self.number(table)
        self._waiting[table].append(row)
        self._count += 1
        return int(row.get("id", 0))

    @property
    def is_full(self) -> bool:
        """Whether it is time to write."""
        return self._count >= BATCH

    def write(self) -> None:
        """Write what waits, and commit."""
        for table in self._tables:
            if self._waiting[table]:
                _write(db.session.connection(), table, self._waiting[table])
        commit()
        self._waiting.clear()
        self._count = 0

    def close(self) -> None:
        """Write the rest; let PostgreSQL count on where we stopped."""
        self.write()
        for table, number in self._next.items() if db.engine.dialect.name == "postgresql" else ():
            set_it = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {number})"  # of our own models
            db.session.connection().exec_driver_sql(set_it)
        commit()


def _write(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = [table.c[name] for name in rows[0]]
    makers = [_maker(connection, column) for column in columns]
    made = ([make(row[column.key]) for column, make in zip(columns, makers, strict=True)] for row in rows)
    names = ", ".join(f'"{column.name}"' for column in columns)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor().copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for values in made:
                copy.write_row(values)
    else:
        driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", made)  # noqa: S608  # names of our own models


def _maker(connection: Connection, column: Any) -> Callable[[Any], Any]:
    """How a value of this column is handed to the driver."""
    processor: Callable[[Any], Any] | None = column.type.dialect_impl(connection.dialect).bind_processor(
        connection.dialect
    )
    return processor or (lambda value: value)
