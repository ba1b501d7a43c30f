"""The orders that the headings of a list offer: `order=due`, or `order=-due` the other way round."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import Flask, request
from sqlalchemy import Label, Select, case, func

from tracker.core.paging import here_as
from tracker.core.wording import language


@dataclass(frozen=True)
class Order:
    name: str
    is_descending: bool = False

    @classmethod
    def named(cls, text: str, names: Collection[str]) -> "Order | None":
        name = text.removeprefix("-")
        return cls(name, text.startswith("-")) if name in names else None

    def __str__(self) -> str:
        return f"-{self.name}" if self.is_descending else self.name


#: What rows are sorted by, for each name: an expression that is never null, made for ascending or descending order.
SortKey = Callable[[bool], Any]
Orders = Mapping[str, SortKey]


def by_words(indonesian: Any, english: Any) -> SortKey:
    """By the text that the reader sees, in lower case."""

    def key(_: bool) -> Any:
        first, second = (english, indonesian) if language() == "en" else (indonesian, english)
        return func.lower(func.coalesce(func.nullif(first, ""), second, ""))

    return key


def by_code(column: Any, codes: Iterable[StrEnum]) -> SortKey:
    """In the order of the codes, as in a life from its beginning to its end."""
    places = {str(code): place for place, code in enumerate(codes)}
    return lambda _: case(places, value=column, else_=len(places))


def unknown_last(column: Any, lowest: Any, highest: Any) -> SortKey:
    return lambda is_descending: func.coalesce(column, lowest if is_descending else highest)


def sort_keys(orders: Orders, order: Order | None) -> list[Label[Any]]:
    """The column that a page of rows has to select besides its own, if it is sorted by a heading."""
    return [orders[order.name](order.is_descending).label("sorted_by")] if order else []


def ordered(query: Select[Any], orders: Orders, order: Order | None, *usual: Any) -> Select[Any]:
    """Sorted by a heading, or as `usual`; rows that are equal stand as usual."""
    keys = sort_keys(orders, order)
    return query.order_by(*(key.desc() if order and order.is_descending else key.asc() for key in keys), *usual)


@dataclass(frozen=True)
class Heading:
    words: str
    href: str | None = None
    #: “ascending” or “descending”, for `aria-sort`.
    sort: str | None = None


def headings(columns: Sequence[str | tuple[str, str]], form: Any = None) -> list[Heading]:
    """The headings of a list. A pair of words and the name of an order is a link, if the list has a filter form."""
    pairs = [(column, None) if isinstance(column, str) else column for column in columns]
    return [_heading(words, name, form.order) if name and form is not None else Heading(words) for words, name in pairs]


def _heading(words: str, name: str, current: Order | None) -> Heading:
    is_current = current is not None and current.name == name
    following = Order(name, is_descending=is_current and current is not None and not current.is_descending)
    href = here_as(str(request.endpoint), **(request.view_args or {}), order=str(following))
    sort = ("descending" if current.is_descending else "ascending") if is_current and current else None
    return Heading(words, href, sort)


def set_up(app: Flask) -> None:
    app.jinja_env.globals["headings"] = headings
