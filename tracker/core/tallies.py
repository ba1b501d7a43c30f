"""Counts of ordinary rows, kept in the transaction that changes the rows (ADR 119).

No tally contains a classified row, so everybody may know every tally. What a reader may see of the classified rows is
counted anew and added.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Column,
    Connection,
    Insert,
    Integer,
    Select,
    String,
    Text,
    bindparam,
    cast,
    delete,
    event,
    extract,
    func,
    insert,
    inspect,
    literal,
    select,
    text,
    union_all,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, RelationshipDirection, Session, UOWTransaction, mapped_column, scoped_session
from sqlalchemy.sql import visitors

from tracker.core.batches import batches
from tracker.core.db import Model, db
from tracker.core.pending import forget_at_rollback, is_ending

#: Key of `session.info`: what each changed row counted for before.
_BEFORE = "tallied_before"
_IDS: BindParameter[Any] = bindparam("source_ids", expanding=True)


class Tally(Model):
    __tablename__ = "tally"

    kind: Mapped[str] = mapped_column(String(32), primary_key=True)
    #: What is counted separately, such as a month or a status; "" if nothing is.
    bucket: Mapped[str] = mapped_column(primary_key=True)
    #: Id of the row that the count is about; 0 if there is none.
    subject_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]


class Cell(NamedTuple):
    kind: str
    bucket: str
    subject_id: int


def counted(source_id: Any, kind: str, bucket: Any, subject_id: Any) -> Select[Any]:
    """The beginning of a statement each of whose rows counts one. It reads tables, not models: all rows."""
    return select(
        source_id.label("source_id"),
        literal(kind, Text).label("kind"),
        cast(bucket, Text).label("bucket"),
        subject_id.label("subject_id"),
    )


def year(day: Any) -> Any:
    """The bucket of a date; "" if there is none. Buckets of years and of months sort like these."""
    return func.coalesce(cast(cast(extract("year", day), Integer), Text), "")


def month(day: Any) -> Any:
    number = cast(extract("year", day), Integer) * 100 + cast(extract("month", day), Integer)
    return func.coalesce(cast(number, Text), "")


@dataclass(frozen=True, eq=False)
class Tallied:
    """What each row of a table counts for: statements made by `counted`.

    `owners` names the attribute with the id of that row, for each model whose rows decide what is counted.
    """

    model: type[Any]
    owners: Mapping[type[Any], str]
    cells: Sequence[Select[Any]]

    @cached_property
    def of_rows(self) -> Select[Any]:
        return _grouped([cell.where(cell.selected_columns[0].element.in_(_IDS)) for cell in self.cells], "source_id")

    @cached_property
    def columns(self) -> frozenset[Column[Any]]:
        """All columns that decide what is counted."""
        parts = (part for cell in self.cells for part in visitors.iterate(cell))
        bases = (base for part in parts for base in getattr(part, "base_columns", ()))
        return frozenset(base for base in bases if isinstance(base, Column))


TALLIED: list[Tallied] = []


def register(tallied: Tallied) -> None:
    TALLIED.append(tallied)


def keep(session: scoped_session[Any]) -> None:
    """To be called after the audit chain: whoever has locked its head is the only one to change tallies."""
    if not event.contains(session, "before_flush", _note_before):
        event.listen(session, "before_flush", _note_before)
        event.listen(session, "after_flush", _note_additions)
        event.listen(session, "before_commit", _settle)
        forget_at_rollback(session, _BEFORE)


class NotNotedError(Exception):
    """A row was stored without its counts of before, so the tallies would become wrong."""


def _note_before(session: Session, _: UOWTransaction, __: Any) -> None:
    noted: dict[tuple[Tallied, int], Counter[Cell]] = session.info.setdefault(_BEFORE, {})
    for tallied in TALLIED:
        new = {number for number in _changed(session, tallied) if (tallied, number) not in noted}
        if new:
            noted |= {(tallied, number): counts for number, counts in _locked(session, tallied, new).items()}


def _note_additions(session: Session, _: UOWTransaction) -> None:
    noted = session.info[_BEFORE]
    for tallied in TALLIED:
        for row in session.new:
            if isinstance(row, tallied.model):
                noted.setdefault((tallied, row.id), Counter())
        for number in _changed(session, tallied):
            if (tallied, number) not in noted:
                raise NotNotedError(f"{tallied.model.__name__} {number}")


def _settle(session: Session) -> None:
    if not is_ending(session):
        return
    session.flush()  # so that all changes are noted
    noted = session.info.pop(_BEFORE, {})
    changes: Counter[Cell] = Counter()
    for tallied in TALLIED:
        before = {number: counts for (of, number), counts in noted.items() if of is tallied}
        for counts in before.values():
            changes.subtract(counts)
        for counts in _counts(session.connection(), tallied, before).values() if before else ():
            changes.update(counts)
    changed = [{**cell._asdict(), "count": change} for cell, change in sorted(changes.items()) if change]
    if changed:
        session.connection().execute(_addition(session.connection()), changed)


def _changed(session: Session, tallied: Tallied) -> set[int]:
    """Ids of rows that may count differently when this flush is over."""
    return {
        number
        for row in (*session.new, *session.dirty, *session.deleted)
        for model, attribute in tallied.owners.items()
        if isinstance(row, model) and (row not in session.dirty or _differs(row, tallied))
        for number in _owner_ids(row, attribute)
    }


def _differs(row: Any, tallied: Tallied) -> bool:
    state = inspect(row)
    names = [attribute.key for attribute in state.mapper.column_attrs if tallied.columns & set(attribute.columns)]
    names += [relation.key for relation in state.mapper.relationships if tallied.columns & relation.local_columns]
    return any(state.attrs[name].history.has_changes() for name in names)


def _owner_ids(row: Any, attribute: str) -> set[int]:
    """Of before and after, also if only the object was set, whose id the flush will store."""
    state = inspect(row)
    column = state.mapper.columns[attribute]
    ids = set(state.attrs[attribute].load_history().sum())
    for relation in state.mapper.relationships:
        if relation.direction is RelationshipDirection.MANYTOONE and column in relation.local_columns:
            ids |= {owner.id for owner in state.attrs[relation.key].history.sum() if owner is not None}
    return ids - {None}


def _locked(session: Session, tallied: Tallied, ids: set[int]) -> dict[int, Counter[Cell]]:
    """What these rows count for. They stay locked, so that another transaction cannot change that meanwhile."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":  # SQLite has one writer
        number = tallied.model.__table__.c.id
        connection.execute(
            select(number).where(number.in_(sorted(ids))).order_by(number).with_for_update(key_share=True)
        )
    return _counts(connection, tallied, ids)


def _counts(connection: Connection, tallied: Tallied, ids: Iterable[int]) -> dict[int, Counter[Cell]]:
    known: dict[int, Counter[Cell]] = {number: Counter() for number in ids}
    for some in batches(sorted(known)):
        for number, *cell, count in connection.execute(tallied.of_rows, {"source_ids": some}):
            known[number][Cell(*cell)] = count
    return known


def _grouped(cells: Sequence[Select[Any]], *more: str) -> Select[Any]:
    rows: Any = union_all(*cells).subquery().c
    keys = [rows[name] for name in (*more, *Cell._fields)]
    return select(*keys, func.count().label("count")).group_by(*keys)


def _addition(connection: Connection) -> Insert:
    add: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(Tally)
    addition: Insert = add.on_conflict_do_update(
        index_elements=list(Cell._fields), set_={"count": Tally.count + add.excluded.count}
    )
    return addition


def _anew() -> Select[Any]:
    return _grouped([cell for tallied in TALLIED for cell in tallied.cells])


def rebuild() -> None:
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        # Writers add what they changed as soon as this is committed; until then it is not counted here.
        connection.execute(text("LOCK TABLE tally IN EXCLUSIVE MODE"))
    connection.execute(delete(Tally))
    connection.execute(insert(Tally).from_select([*Cell._fields, "count"], _anew()))


def differences() -> Iterator[tuple[Cell, int]]:
    """Wrong tallies, and how much is missing in each. One statement, since others may be writing."""
    stored = select(Tally.kind, Tally.bucket, Tally.subject_id, -Tally.count)
    both: Any = union_all(_anew(), stored).subquery().c
    keys = [both[name] for name in Cell._fields]
    missing = func.sum(both["count"])
    query = select(*keys, missing).group_by(*keys).having(missing != 0).order_by(*keys)
    for *cell, count in db.session.connection().execute(query):
        yield Cell(*cell), int(count)
