"""Names taken over from a meeting: users who may not see that meeting get a neutral word instead.

The column type does this in every statement that reads the column, of whole rows and of columns alike. Filters compare
stored values, so they must use `as_shown`.
"""

from functools import partial
from typing import Any

from sqlalchemy import ColumnClause, ColumnElement, Label, Text, TypeDecorator, bindparam, case, select, type_coerce
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import replacement_traverse

from tracker.core.db import Model
from tracker.core.visibility import MadeOnce
from tracker.core.wording import LANGUAGES, gettext, speaking

#: The column that names the meeting, in every table whose names may be taken over from one.
SOURCE = "named_after_id"


def neutral(code: str) -> str:
    with speaking(code):
        return gettext("Name not shown")


_NEUTRAL = {
    code: bindparam(f"name_not_shown_{code}", callable_=partial(neutral, code), type_=Text) for code in LANGUAGES
}


def _source_is_visible(_: Any, number: Any) -> Any:
    meeting: Any = next(mapper.class_ for mapper in Model.registry.mappers if mapper.class_.__tablename__ == "meeting")
    source = aliased(meeting, name="name_source")  # unique alias: the id comes from the outer statement
    return select(source.is_open_to_viewer()).where(source.id == number)


SOURCE_IS_SEEN = MadeOnce("source_is_seen", _source_is_visible)


class CopiedName(TypeDecorator[str]):
    """A name in one language. A column of the same table refers to the meeting it was taken over from, if any."""

    impl = Text
    cache_ok = True

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        return as_shown(column)


def as_shown(column: Any) -> ColumnElement[str]:
    expression: Any = column.element if isinstance(column, Label) else column
    if not isinstance(expression, ColumnClause):  # for example a function of names
        return type_coerce(replacement_traverse(expression, {}, _name_as_shown), Text())
    name: Any = expression
    source = name.table.corresponding_column(next(iter(name.base_columns)).table.c[SOURCE])
    is_shown = source.is_(None) | SOURCE_IS_SEEN.of(source)
    return case((is_shown, as_stored(name)), else_=_NEUTRAL[name.type.code])


def _name_as_shown(element: Any, **_: Any) -> ColumnElement[str] | None:
    is_name = isinstance(element, ColumnClause) and isinstance(element.type, CopiedName)
    return as_shown(element) if is_name else None


def as_stored(column: Any) -> ColumnElement[str]:
    """The stored name, for copying it together with its source. Never show it."""
    return type_coerce(column, Text())
