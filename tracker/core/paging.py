"""Lists one page at a time, by keyset: page one and page one thousand cost the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import Flask, request, url_for
from sqlakeyset import InvalidPage, select_page
from sqlalchemy import ScalarSelect, Select, func, literal, select
from sqlalchemy.exc import StatementError

from tracker.core.db import db
from tracker.core.errors import NotFound

PAGE_SIZE = 50
#: Nobody reads further than this; counting on would make the page slower with every row.
MOST_COUNTED = 2_000

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Rows of one page, how many there are in all (`MOST_COUNTED` or more), and the way to the pages beside it."""

    rows: Sequence[T]
    count: int
    is_counted_out: bool
    newer: str | None
    older: str | None

    @property
    def newer_href(self) -> str | None:
        """The same list, one page back."""
        return _here_at(self.newer)

    @property
    def older_href(self) -> str | None:
        """The same list, one page on."""
        return _here_at(self.older)


def nothing_found() -> Page[Any]:
    """What a filter that is refused answers: it is not asked."""
    return Page(rows=[], count=0, is_counted_out=True, newer=None, older=None)


def here_as(endpoint: str, **more: Any) -> str:
    """The present filter at another address: a file to download, another view, another page."""
    kept = {name: values for name, values in request.args.to_dict(flat=False).items() if name != "page"}
    return url_for(endpoint, **{**kept, **more})


def _here_at(bookmark: str | None) -> str | None:
    return bookmark and here_as(str(request.endpoint), **(request.view_args or {}), page=bookmark)


def set_up(app: Flask) -> None:
    """Let templates carry a filter over."""
    app.jinja_env.globals["here_as"] = here_as


def page_of(question: Select[T, *tuple[Any, ...]], bookmark: str | None) -> Page[T]:
    """The first column of a page of what is ordered down to a unique column; an unknown bookmark opens page one."""
    return _page(question, question, lambda row: row[0], bookmark, unique=True)


def page_of_rows(
    question: Select[*tuple[Any, ...]], asked: Select[*tuple[Any, ...]], made: Callable[[Any], T], bookmark: str | None
) -> Page[T]:
    """The same of rows read by their columns, each made into something; `asked` has the same rows and is counted.

    A row of columns costs a fourth of a record. What is ordered by must be among them.
    """
    return _page(question, asked, made, bookmark, unique=False)


def _page(
    question: Select[*tuple[Any, ...]],
    asked: Select[*tuple[Any, ...]],
    made: Callable[[Any], T],
    bookmark: str | None,
    *,
    unique: bool,
) -> Page[T]:
    counted = question.add_columns(_count_of(asked).label("in_all"))
    try:
        found: Any = select_page(db.session(), counted, per_page=PAGE_SIZE, unique=unique, page=bookmark or None)
    except (OverflowError, StatementError) as error:
        if not bookmark:
            raise
        db.session.rollback()  # values that no column has: numbers, days
        raise NotFound from error
    except (InvalidPage, ValueError, TypeError):
        found = select_page(db.session(), counted, per_page=PAGE_SIZE, unique=unique)
    paging = found.paging
    count = found[0].in_all if found else 0
    return Page(
        rows=[made(row) for row in found],
        count=min(count, MOST_COUNTED),
        is_counted_out=count <= MOST_COUNTED,
        newer=paging.bookmark_previous if paging.has_previous else None,
        older=paging.bookmark_next if paging.has_next else None,
    )


def _count_of(question: Select[*tuple[Any, ...]]) -> ScalarSelect[int]:
    """How many rows there are, as one more column of each row: one way to the database less."""
    bare = question.options().order_by(None).with_only_columns(literal(1), maintain_column_froms=True)
    return select(func.count()).select_from(bare.limit(MOST_COUNTED + 1).subquery()).scalar_subquery()
