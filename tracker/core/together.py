"""Rows of several tables in one statement, where each table has few."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, inspect, literal, select, union_all
from sqlalchemy.orm.interfaces import ORMOption

from tracker.core.db import db


@dataclass(frozen=True)
class RowsOf:
    #: An alias where criteria of visibility of another part read this table, so that they are not tied to these rows.
    row: Any
    #: The criterion, made for the columns of the table. The same function each time, so that the statement is kept.
    of: Callable[[Any], ColumnElement[bool]]
    #: Of the parameters of the criterion.
    values: Mapping[str, Any] = field(compare=False)
    loaded: tuple[ORMOption, ...] = ()


def together(*parts: RowsOf) -> list[list[Any]]:
    """The rows of each part that the viewer may see, oldest first."""
    values = {name: value for part in parts for name, value in part.values.items()}
    rows: list[list[Any]] = [[] for _ in parts]
    for place, *of_parts in db.session.execute(_statement(parts), values).unique():
        if of_parts[place] is not None:
            rows[place].append(of_parts[place])
    return rows


@lru_cache
def _statement(parts: tuple[RowsOf, ...]) -> Select[Any]:
    numbers = union_all(*(_numbers(place, part) for place, part in enumerate(parts))).subquery()
    query = select(numbers.c.place, *(part.row for part in parts)).select_from(numbers)
    for place, part in enumerate(parts):
        query = query.outerjoin(part.row, and_(numbers.c.place == place, part.row.id == numbers.c.id))
        query = query.options(*part.loaded)
    return query.order_by(numbers.c.place, numbers.c.id)


def _numbers(place: int, part: RowsOf) -> Any:
    columns = inspect(part.row).mapper.local_table.c
    return select(literal(place).label("place"), columns.id.label("id")).where(part.of(columns))
