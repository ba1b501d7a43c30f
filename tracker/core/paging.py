"""Keyset pagination: the first and the thousandth page cost the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Flask, request, url_for
from sqlakeyset import InvalidPage, select_page
from sqlalchemy import ScalarSelect, Select, func, literal, select
from sqlalchemy.exc import StatementError

from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.wording import number

PAGE_SIZE = 50
#: Nobody reads further than this, and counting on would make the page slower with every row.
MOST_COUNTED = 1_000

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    rows: Sequence[T]
    count: int
    is_counted_out: bool
    newer: str | None
    older: str | None

    @property
    def newer_href(self) -> str | None:
        return _here_at(self.newer)

    @property
    def older_href(self) -> str | None:
        return _here_at(self.older)


def nothing_found() -> Page[Any]:
    return Page(rows=[], count=0, is_counted_out=True, newer=None, older=None)


def here_as(endpoint: str, **more: Any) -> str:
    """The current filter at another endpoint: a download, another view, another page."""
    arguments = {name: values for name, values in request.args.to_dict(flat=False).items() if name != "page"}
    return url_for(endpoint, **{**arguments, **more})


def _here_at(bookmark: str | None) -> str | None:
    return bookmark and here_as(str(request.endpoint), **(request.view_args or {}), page=bookmark)


def set_up(app: Flask) -> None:
    app.jinja_env.globals["here_as"] = here_as
    app.jinja_env.filters["counted"] = count_text


def page_of(query: Select[T, *tuple[Any, ...]], bookmark: str | None) -> Page[T]:
    """A page of the first column. The query must be ordered by a unique column; an invalid bookmark gives page one."""
    return _page(query, query, lambda row: row[0], bookmark, unique=True)


def page_of_rows(
    query: Select[*tuple[Any, ...]],
    count_query: Select[*tuple[Any, ...]],
    convert: Callable[[Any], T],
    bookmark: str | None,
) -> Page[T]:
    """A page of rows selected by columns and converted by `convert`; `count_query` is an equivalent query for counting.

    A row of columns costs a quarter of an ORM object. The columns it is ordered by must be selected.
    """
    return _page(query, count_query, convert, bookmark, unique=False)


def _page(
    query: Select[*tuple[Any, ...]],
    count_query: Select[*tuple[Any, ...]],
    convert: Callable[[Any], T],
    bookmark: str | None,
    *,
    unique: bool,
) -> Page[T]:
    counted = query.add_columns(count_of(count_query).label("in_all"))
    try:
        selected: Any = select_page(db.session(), counted, per_page=PAGE_SIZE, unique=unique, page=bookmark or None)
    except (OverflowError, StatementError) as error:
        if not bookmark:
            raise
        db.session.rollback()  # values that no column can hold: numbers, dates
        raise NotFound from error
    except (InvalidPage, ValueError, TypeError):
        selected = select_page(db.session(), counted, per_page=PAGE_SIZE, unique=unique)
    paging = selected.paging
    count = selected[0].in_all if selected else 0
    return Page(
        rows=[convert(row) for row in selected],
        count=min(count, MOST_COUNTED),
        is_counted_out=count <= MOST_COUNTED,
        newer=paging.bookmark_previous if paging.has_previous else None,
        older=paging.bookmark_next if paging.has_next else None,
    )


def counting(queries: Sequence[Select[*tuple[Any, ...]] | ScalarSelect[int]]) -> Select[*tuple[Any, ...]]:
    """Statement for one row with the number of rows of each query; what exceeds `MOST_COUNTED` is one more than that.

    Of a scalar query, its value.
    """
    return select(*(query if isinstance(query, ScalarSelect) else count_of(query) for query in queries))


def count_text(count: int) -> str:
    """A count of `counting`."""
    return f"{number(MOST_COUNTED)}+" if count > MOST_COUNTED else number(count)


def count_of(query: Select[*tuple[Any, ...]]) -> ScalarSelect[int]:
    """The same as an additional column of each row, which saves a round trip."""
    bare = query.options().order_by(None).with_only_columns(literal(1), maintain_column_froms=True)
    return select(func.count()).select_from(bare.limit(MOST_COUNTED + 1).subquery()).scalar_subquery()
