"""Names taken over from a meeting: whoever may not see that meeting reads a neutral word instead, whatever asks.

The type of the column says so, and so every statement that reads it does, of whole rows and of columns alike. A filter
compares what is stored: it asks `as_shown` instead.
"""

from functools import partial
from typing import Any

from sqlalchemy import ColumnClause, ColumnElement, Label, Text, TypeDecorator, bindparam, case, select, type_coerce
from sqlalchemy.orm import aliased
from sqlalchemy.sql.visitors import replacement_traverse

from tracker.core.db import Model
from tracker.core.visibility import MadeOnce
from tracker.core.wording import LANGUAGES, say, speaking

#: The column that names the meeting, in every table whose names may be taken over from one.
SOURCE = "named_after_id"


def neutral(code: str) -> str:
    """What stands for a name in this language where it may not be told."""
    with speaking(code):
        return say("Name not shown")


_NEUTRAL = {
    code: bindparam(f"name_not_shown_{code}", callable_=partial(neutral, code), type_=Text) for code in LANGUAGES
}


def _source_is_seen(_: Any, number: Any) -> Any:
    meeting: Any = next(one.class_ for one in Model.registry.mappers if one.class_.__tablename__ == "meeting")
    source = aliased(meeting, name="name_source")  # a name that no statement gives: the number comes from there
    return select(source.is_open_to_viewer()).where(source.id == number)


SOURCE_IS_SEEN = MadeOnce("source_is_seen", _source_is_seen)


class CopiedName(TypeDecorator[str]):
    """A name in one language, beside a column that names the meeting it was taken over from, where it was."""

    impl = Text
    cache_ok = True

    def __init__(self, code: str) -> None:
        """Said of a name in this language, which is also that of the neutral word."""
        super().__init__()
        self.code = code

    def column_expression(self, column: Any) -> ColumnElement[Any]:
        """What is read of it."""
        return as_shown(column)


def as_shown(column: Any) -> ColumnElement[str]:
    """A name, or an expression made of names, as the viewer reads it."""
    given: Any = column.element if isinstance(column, Label) else column
    if not isinstance(given, ColumnClause):  # a function of names, say
        return type_coerce(replacement_traverse(given, {}, _name_as_shown), Text())
    name: Any = given
    source = name.table.corresponding_column(next(iter(name.base_columns)).table.c[SOURCE])
    is_told = source.is_(None) | SOURCE_IS_SEEN.of(source)
    return case((is_told, as_stored(name)), else_=_NEUTRAL[name.type.code])


def _name_as_shown(element: Any, **_: Any) -> ColumnElement[str] | None:
    is_name = isinstance(element, ColumnClause) and isinstance(element.type, CopiedName)
    return as_shown(element) if is_name else None


def as_stored(column: Any) -> ColumnElement[str]:
    """A name whoever reads it: to store it elsewhere beside its source, never to show it."""
    return type_coerce(column, Text())
