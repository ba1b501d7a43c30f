"""Decides which rows are visible. Every ORM statement passes through here.

Classified rows (meetings, proposals, actions, attachments) are visible if they are ordinary; otherwise the reader needs
the clearance and must take part in the matter. Rows that belong to a classified row are visible with it; persons added
while a meeting was recorded are visible with any row that names them. Without a signed-in user only ordinary rows are
visible. In a preview a row is visible if both accounts may see it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    ForeignKey,
    Integer,
    ScalarSelect,
    and_,
    bindparam,
    case,
    event,
    exists,
    false,
    inspect,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, ORMExecuteState, aliased, mapped_column, scoped_session, with_loader_criteria
from sqlalchemy.sql.base import ExecutableOption
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from tracker.core.actor import Actor, Classification, current
from tracker.core.db import Model, codes

_is_unrestricted: ContextVar[bool] = ContextVar("is_unrestricted", default=False)

RANKS = {level.value: level.rank for level in Classification}


def _clearance_rank() -> int:
    actor = current()
    return actor.clearance.rank if actor else Classification.ORDINARY.rank


@dataclass(frozen=True)
class Viewer:
    person: BindParameter[int]
    account: BindParameter[int]


def _viewer(name: str, get_actor: Callable[[], Actor | None]) -> Viewer:
    def value_of(attribute: str) -> Callable[[], int | None]:
        return lambda: getattr(get_actor(), attribute, None)

    return Viewer(
        person=bindparam(f"{name}_person", callable_=value_of("person_id"), type_=Integer),
        account=bindparam(f"{name}_account", callable_=value_of("account_id"), type_=Integer),
    )


def _reader() -> Actor | None:
    actor = current()
    return actor.seen if actor else None


def _behind() -> Actor | None:
    actor = current()
    return actor.behind if actor else None


def in_preview() -> bool:
    """Whether criteria made now check two accounts. Cached statements must be kept separately for both cases."""
    return _behind() is not None


# Evaluated at each execution, so a cached statement never carries another user's rights.
CLEARANCE = bindparam("viewer_clearance", callable_=_clearance_rank, type_=Integer)
VIEWER = _viewer("viewer", _reader)
#: In a preview, the real account.
BEHIND = _viewer("behind", _behind)


class Classified:
    classification: Mapped[Classification] = mapped_column(
        codes(Classification, "classification"), default=Classification.ORDINARY
    )

    @classmethod
    def is_known_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Whether the viewer takes part: recorded it, attended, proposed, is in charge."""
        return false()

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """The criterion added to every statement that reads this table."""
        return is_cleared(cls)

    @classmethod
    def is_classified(cls) -> ColumnElement[bool]:
        """As a literal, so that SQLite uses partial indexes of classified rows, which no tally counts."""
        return cls.classification != literal_column(f"'{Classification.ORDINARY}'")


def is_cleared(row: type[Classified]) -> ColumnElement[bool]:
    rank = case(RANKS, value=row.classification, else_=len(RANKS))
    known = row.is_known_to(VIEWER)
    if in_preview():
        known = and_(known, row.is_known_to(BEHIND))
    return or_(
        row.classification == Classification.ORDINARY,
        and_(rank <= CLEARANCE, known),
    )


class PartOfClassified:
    """Mixin for rows that are visible exactly when the classified row they belong to is."""

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return false()


def is_seen(owner: type[Any], number: Any) -> ColumnElement[bool]:
    """Whether the viewer may see the row of `owner` with this id.

    Uses an alias: if the owner is in the same statement, `has()` would check whether any row of its kind is visible.
    The criterion is explicit, because SQLAlchemy adds none within a criterion.
    """
    row = aliased(owner)
    return exists().where(row.id == number, row.is_open_to_viewer())


def is_one_seen(*owners: tuple[type[Any], Any]) -> ColumnElement[bool]:
    """Whether the viewer may see the owner of a row that has one of several owners: pairs of model and id column.

    Uses scalar subqueries: with several EXISTS, PostgreSQL reads whole tables of owners for fifty rows.
    """

    def is_visible(owner: type[Any], number: Any) -> ScalarSelect[bool]:
        row = aliased(owner)
        return select(row.is_open_to_viewer()).where(row.id == number).scalar_subquery()

    return case(*((number.is_not(None), is_visible(owner, number)) for owner, number in owners), else_=false())


_NUMBER = "row_number"
_BIND = re.compile(r"(?<!:):(\w+)")


class MadeOnce:
    """A criterion on the id of a row whose SQL is compiled once per engine instead of with each statement.

    For large criteria in every statement that reads a table: compiling them each time doubled the time of the first
    pages after a start. `build` gets the class of the row and a parameter for its id, and returns a SELECT of a
    boolean. Its FROM needs aliases that cannot occur in the outer statement.
    """

    def __init__(self, name: str, build: Callable[[Any, BindParameter[int]], Any]) -> None:
        """`name` must be unique: it identifies the criterion in cached statements. Previews have one of their own."""
        self._build = build
        self._for_one, self._for_both = (
            type(
                f"{name}{kind}", (FunctionElement,), {"type": Boolean(), "name": f"{name}{kind}", "inherit_cache": True}
            )
            for kind in ("", "_to_both")
        )
        for element in (self._for_one, self._for_both):
            compiles(element)(self._sql)

    def of(self, number: Any) -> ColumnElement[bool]:
        criterion: ColumnElement[bool] = (self._for_both if in_preview() else self._for_one)(number)
        return criterion

    def _sql(self, element: Any, compiler: SQLCompiler, **kwargs: Any) -> str:
        (number,) = element.clauses
        table = next(iter(number.base_columns)).table
        engine: Any = type(compiler.dialect)
        pieces, binds = self._pieces(table, engine, is_for_both=isinstance(element, self._for_both))
        parameters = {name: compiler.process(binds[name], **kwargs) for name in set(pieces[1::2]) - {_NUMBER}}
        parameters[_NUMBER] = compiler.process(number, **kwargs)
        return "(" + "".join(parameters[piece] if index % 2 else piece for index, piece in enumerate(pieces)) + ")"

    @cache  # noqa: B019  # one entry per criterion and table
    def _pieces(self, table: Any, engine: Any, *, is_for_both: bool) -> tuple[list[str], Mapping[str, Any]]:
        """The SQL split at its parameters (every second piece is a parameter's name), and the parameters.

        `is_for_both` is part of the cache key: in a preview the inner criteria check both accounts.
        """
        row = next(mapper.class_ for mapper in Model.registry.mappers if mapper.local_table is table)
        query = self._build(row, bindparam(_NUMBER, type_=Integer))
        compiled = query.compile(dialect=engine(paramstyle="named"))
        return _BIND.split(str(compiled)), compiled.binds


class RegisterEntry(PartOfClassified):
    """Mixin for rows of a register. They are visible to all, except entries made while a meeting was recorded.

    Such entries are visible to those who see that meeting or any other row that names them, until somebody puts them
    into the open register.
    """

    #: Tables whose references do not make an entry visible: those shown nowhere, and records of merges.
    NAMING_NOBODY: ClassVar[frozenset[str]] = frozenset()

    made_in_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", use_alter=True), sort_order=3)
    opened_at: Mapped[datetime | None] = mapped_column(sort_order=4)
    opened_by_name: Mapped[str | None] = mapped_column(sort_order=5)

    @property
    def is_in_open_register(self) -> bool:
        return self.made_in_meeting_id is None or self.opened_at is not None

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        entry: Any = cls
        return or_(cls.made_in_meeting_id.is_(None), cls.opened_at.is_not(None), IS_NAMED.of(entry.id))


def _is_named(entry: Any) -> ColumnElement[bool]:
    meeting = next(mapper.class_ for mapper in Model.registry.mappers if mapper.class_.__tablename__ == "meeting")
    return or_(
        is_one_seen((meeting, entry.made_in_meeting_id)),
        *(_has_seen(model, name, entry) for model, name in naming(inspect(entry).mapper.class_)),
    )


def _has_seen(model: type[Any], name: str, entry: Any) -> ColumnElement[bool]:
    row = aliased(model)
    is_open = row.is_open_to_viewer() if issubclass(model, Classified | PartOfClassified) else true()
    query = select(row.id).where(getattr(row, name) == entry.id, is_open).limit(1)
    return query.scalar_subquery().is_not(None)


def naming(register: type[RegisterEntry]) -> Iterator[tuple[type[Any], str]]:
    """Every (model, attribute) that refers to entries of this register, found through the foreign keys."""
    number = register.__table__.c.id  # type: ignore[attr-defined]  # only tables have entries
    for mapper in Model.registry.mappers:
        if mapper.class_ is register or mapper.class_.__tablename__ in register.NAMING_NOBODY:
            continue
        for column in mapper.local_table.columns:
            if any(key.column is number for key in column.foreign_keys):
                yield mapper.class_, mapper.get_property_by_column(column).key


def _entry_is_named(register: Any, number: BindParameter[int]) -> Any:
    entry = aliased(register, name="named_entry")  # unique alias: the id comes from the outer statement
    return select(_is_named(entry)).where(entry.id == number)


IS_NAMED = MadeOnce("is_named", _entry_is_named)


def _close_by_default(state: ORMExecuteState) -> None:
    """Restrict every statement to visible rows, including relationship loads and EXISTS."""
    if _is_unrestricted.get() or state.is_column_load:
        return
    made = _restricted[in_preview()]
    if state.statement not in made:
        made[state.statement] = state.statement.options(*_criteria(is_for_both=in_preview()))
    state.statement = made[state.statement]


#: Statements with their criteria, by whether two accounts are checked: the key in the cache of compiled statements is
#: computed once for each, so a statement that is kept and asked again costs half.
_restricted: dict[bool, WeakKeyDictionary[Any, Any]] = {False: WeakKeyDictionary(), True: WeakKeyDictionary()}


@cache
def _criteria(*, is_for_both: bool) -> tuple[ExecutableOption, ...]:
    """Cached for one and for two accounts. The criteria contain parameters, never the rights of a user."""
    # SQLAlchemy caches a criterion by its function, so previews need a function of their own.
    is_open = _is_open_to_both if is_for_both else _is_open
    return tuple(with_loader_criteria(table, is_open, include_aliases=True) for table in (Classified, PartOfClassified))


def _is_open(cls: Any) -> Any:
    return cls.is_open_to_viewer()


def _is_open_to_both(cls: Any) -> Any:
    return cls.is_open_to_viewer()


@contextmanager
def unrestricted() -> Iterator[None]:
    """See all rows: for migrations, the command line and the audit, never for a page."""
    token = _is_unrestricted.set(True)
    try:
        yield
    finally:
        _is_unrestricted.reset(token)


def is_unrestricted() -> bool:
    """Whether all rows are visible now. Rows loaded meanwhile must not be shown."""
    return _is_unrestricted.get()


def guard(session: scoped_session[Any]) -> None:
    if not event.contains(session, "do_orm_execute", _close_by_default):
        event.listen(session, "do_orm_execute", _close_by_default)
