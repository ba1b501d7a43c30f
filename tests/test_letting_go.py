"""Rows are freed with the response. In a reference cycle they would wait for the garbage collector."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.depth import one_in
from tests.test_statement_counts import COSTS, COSTS_BY_ACCOUNT
from tests.visitor import READER, Visitor
from tracker.core.db import Model

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """Freeze existing objects, since collecting what other tests left takes seconds."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@contextmanager
def only_in_circles() -> Iterator[set[str]]:
    """Tables of rows that only the garbage collector freed."""
    left: set[str] = set()
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        yield left
        gc.collect()
        left |= {type(thing).__name__ for thing in gc.garbage if isinstance(thing, Model)}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()


@one_in(24)
@pytest.mark.parametrize(
    ("username", "paths"),
    [(READER, COSTS), *(pytest.param(*each, marks=pytest.mark.long) for each in COSTS_BY_ACCOUNT.items())],
)
def test_rows_are_freed_with_the_response(visit: Visitor, username: str, paths: dict[str, int], step: int) -> None:
    browser = visit.as_(username)
    kept = {}

    for path in list(paths)[::step]:
        browser.get(path)
        with only_in_circles() as left:
            browser.get(path)
        kept[path] = left

    assert {path: rows for path, rows in kept.items() if rows} == {}
