"""The one place that answers «may this row be seen?». Every ORM statement passes through here.

Classified rows (meetings, proposals, actions, attachments) are open when they are ordinary; otherwise
the reader needs the clearance and must know of the matter by taking part in it. Rows that belong to a
classified row are seen exactly when it is; persons who were added while a meeting was recorded, when something
that names them is. With nobody signed in only ordinary rows are open. In a
preview a row is open when it is to both, the reader and whoever previews.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, ClassVar

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
    """Who is asked for in a criterion of need to know."""

    person: BindParameter[int]
    account: BindParameter[int]


def _viewer(name: str, who: Callable[[], Actor | None]) -> Viewer:
    def ask(what: str) -> Callable[[], int | None]:
        return lambda: getattr(who(), what, None)

    return Viewer(
        person=bindparam(f"{name}_person", callable_=ask("person_id"), type_=Integer),
        account=bindparam(f"{name}_account", callable_=ask("account_id"), type_=Integer),
    )


def _reader() -> Actor | None:
    actor = current()
    return actor.seen if actor else None


def _behind() -> Actor | None:
    actor = current()
    return actor.behind if actor else None


def in_preview() -> bool:
    """Whether criteria made now ask for two, so that a statement kept for later must not be kept for both cases."""
    return _behind() is not None


# Asked anew at each execution, so the cached statement carries no one's rights.
CLEARANCE = bindparam("viewer_clearance", callable_=_clearance_rank, type_=Integer)
VIEWER = _viewer("viewer", _reader)
#: Whoever previews a page as the viewer.
BEHIND = _viewer("behind", _behind)


class Classified:
    """Mixin for rows with a security classification of their own."""

    classification: Mapped[Classification] = mapped_column(
        codes(Classification, "classification"), default=Classification.ORDINARY
    )

    @classmethod
    def is_known_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Whether the viewer takes part in the matter: recorded it, attended, proposed, is in charge."""
        return false()

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """The criterion put on every statement that reads this table."""
        return is_cleared(cls)


def is_cleared(row: type[Classified]) -> ColumnElement[bool]:
    """Whether a classified row is ordinary, or the viewer is cleared for it and knows of the matter."""
    rank = case(RANKS, value=row.classification, else_=len(RANKS))
    known = row.is_known_to(VIEWER)
    if in_preview():
        known = and_(known, row.is_known_to(BEHIND))
    return or_(
        row.classification == Classification.ORDINARY,
        and_(rank <= CLEARANCE, known),
    )


class PartOfClassified:
    """Mixin for rows that are seen exactly when the classified row they belong to is seen."""

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """The criterion put on every statement that reads this table."""
        return false()


def is_seen(owner: type[Any], number: Any) -> ColumnElement[bool]:
    """Whether the viewer may see the row of `owner` with this number.

    Asked of an alias of its own: `has()` would be led astray where the owner stands in the same statement, and ask
    whether any row of its kind may be seen. Its criterion is written out: within a criterion SQLAlchemy adds none.
    """
    one = aliased(owner)
    return exists().where(one.id == number, one.is_open_to_viewer())


def is_one_seen(*owners: tuple[type[Any], Any]) -> ColumnElement[bool]:
    """Whether the viewer may see the owner of a row that has one of several kinds; pairs of a kind and its number.

    Asked of the one row: where EXISTS stands beside another, PostgreSQL reads whole tables of owners for fifty rows.
    """

    def seen(owner: type[Any], number: Any) -> ScalarSelect[bool]:
        one = aliased(owner)
        return select(one.is_open_to_viewer()).where(one.id == number).scalar_subquery()

    return case(*((number.is_not(None), seen(owner, number)) for owner, number in owners), else_=false())


_NUMBER = "row_number"
_BIND = re.compile(r"(?<!:):(\w+)")


class MadeOnce:
    """A criterion on the number of a row whose SQL is made once for each engine, and not with each statement.

    For what is large and stands in every statement that reads a table, as often as that does: compiled each time, it
    doubled the time of the first pages after a start. `build` gets the class of the row and a parameter for its number,
    and returns a SELECT of the answer, whose own FROM may have no name that a statement around it may have, too.
    """

    def __init__(self, name: str, build: Callable[[Any, BindParameter[int]], Any]) -> None:
        """As it is called in statements that are kept for later; those of a preview are kept apart."""
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
        """The criterion on the row with this number."""
        criterion: ColumnElement[bool] = (self._for_both if in_preview() else self._for_one)(number)
        return criterion

    def _sql(self, element: Any, compiler: SQLCompiler, **how: Any) -> str:
        (number,) = element.clauses
        table = next(iter(number.base_columns)).table
        engine: Any = type(compiler.dialect)
        pieces, binds = self._pieces(table, engine, is_for_both=isinstance(element, self._for_both))
        told = {name: compiler.process(binds[name], **how) for name in set(pieces[1::2]) - {_NUMBER}}
        told[_NUMBER] = compiler.process(number, **how)
        return "(" + "".join(told[piece] if at % 2 else piece for at, piece in enumerate(pieces)) + ")"

    @cache  # noqa: B019  # there are as many of them as criteria
    def _pieces(self, table: Any, engine: Any, *, is_for_both: bool) -> tuple[list[str], Mapping[str, Any]]:
        """The SQL between its parameters, every second piece being the name of one; and the parameters.

        `is_for_both` says how it was asked for: in a preview the criteria within ask for two.
        """
        row = next(one.class_ for one in Model.registry.mappers if one.local_table is table)
        question = self._build(row, bindparam(_NUMBER, type_=Integer))
        made = question.compile(dialect=engine(paramstyle="named"))
        return _BIND.split(str(made)), made.binds


class RegisterEntry(PartOfClassified):
    """Mixin for rows of a register: open, but for one that was made by the way, while a meeting was recorded.

    Such a one is seen by those who see that meeting or any other row that names it, until somebody puts it into the
    open register.
    """

    #: Tables that are shown nowhere, or whose rows say who became whom: they make nobody seen.
    NAMING_NOBODY: ClassVar[frozenset[str]] = frozenset()

    made_in_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id", use_alter=True), sort_order=3)
    opened_at: Mapped[datetime | None] = mapped_column(sort_order=4)
    opened_by_name: Mapped[str | None] = mapped_column(sort_order=5)

    @property
    def is_in_open_register(self) -> bool:
        """Whether it is open whatever becomes of the rows that name it."""
        return self.made_in_meeting_id is None or self.opened_at is not None

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """The criterion put on every statement that reads this table."""
        entry: Any = cls
        return or_(cls.made_in_meeting_id.is_(None), cls.opened_at.is_not(None), IS_NAMED.of(entry.id))


def _is_named(entry: Any) -> ColumnElement[bool]:
    """Whether the viewer may see the meeting in which an entry was made, or a row of any table that names it.

    Each is asked of the one entry, by its number (see `is_one_seen`).
    """
    meeting = next(one.class_ for one in Model.registry.mappers if one.class_.__tablename__ == "meeting")
    return or_(
        is_one_seen((meeting, entry.made_in_meeting_id)),
        *(_has_seen(model, name, entry) for model, name in naming(inspect(entry).mapper.class_)),
    )


def _has_seen(model: type[Any], name: str, entry: Any) -> ColumnElement[bool]:
    one = aliased(model)
    is_open = one.is_open_to_viewer() if issubclass(model, Classified | PartOfClassified) else true()
    found = select(one.id).where(getattr(one, name) == entry.id, is_open).limit(1)
    return found.scalar_subquery().is_not(None)


def naming(register: type[RegisterEntry]) -> Iterator[tuple[type[Any], str]]:
    """Every column of the record that names entries of this register; found by the keys, so that none is forgotten."""
    number = register.__table__.c.id  # type: ignore[attr-defined]  # only tables have entries
    for mapper in Model.registry.mappers:
        if mapper.class_ is register or mapper.class_.__tablename__ in register.NAMING_NOBODY:
            continue
        for column in mapper.local_table.columns:
            if any(key.column is number for key in column.foreign_keys):
                yield mapper.class_, mapper.get_property_by_column(column).key


def _entry_is_named(register: Any, number: BindParameter[int]) -> Any:
    entry = aliased(register, name="named_entry")  # a name that no statement gives: the number comes from there
    return select(_is_named(entry)).where(entry.id == number)


IS_NAMED = MadeOnce("is_named", _entry_is_named)


def _close_by_default(state: ORMExecuteState) -> None:
    """Narrow every statement to what the viewer may see, relationship loads and EXISTS included."""
    if _is_unrestricted.get() or state.is_column_load:
        return
    state.statement = state.statement.options(*_criteria(is_for_both=in_preview()))


@cache
def _criteria(*, is_for_both: bool) -> tuple[ExecutableOption, ...]:
    """Made once for one reader and once for two, while such a one asks: they hold nobody's rights, but who is asked."""
    # SQLAlchemy remembers a criterion by its function: what both may see needs one of its own.
    is_open = _is_open_to_both if is_for_both else _is_open
    return tuple(with_loader_criteria(table, is_open, include_aliases=True) for table in (Classified, PartOfClassified))


def _is_open(cls: Any) -> Any:
    return cls.is_open_to_viewer()


def _is_open_to_both(cls: Any) -> Any:
    return cls.is_open_to_viewer()


@contextmanager
def unrestricted() -> Iterator[None]:
    """See everything: for migrations, the command line and the audit, never for a page."""
    token = _is_unrestricted.set(True)
    try:
        yield
    finally:
        _is_unrestricted.reset(token)


def is_unrestricted() -> bool:
    """Whether everything is seen now, so that what is loaded is shown to nobody."""
    return _is_unrestricted.get()


def guard(session: scoped_session[Any]) -> None:
    """Close this session's statements. Called once by the factory."""
    if not event.contains(session, "do_orm_execute", _close_by_default):
        event.listen(session, "do_orm_execute", _close_by_default)
