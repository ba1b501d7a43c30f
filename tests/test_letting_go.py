"""What a page has read is let go of with its answer: in a circle it would wait for the collector, page after page."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.test_statement_counts import COSTS, COSTS_OF_THE_FEW
from tests.visitor import READER, Visitor
from tracker.core.db import Model

pytestmark = pytest.mark.one_database


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """The collector looks only at what comes from here on: what a thousand other tests have left takes it seconds."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@contextmanager
def only_in_circles() -> Iterator[set[str]]:
    """The tables of rows that were let go of by the collector alone."""
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


@pytest.mark.parametrize(("username", "paths"), {READER: COSTS, **COSTS_OF_THE_FEW}.items())
def test_rows_go_with_the_answer(visit: Visitor, username: str, paths: dict[str, int]) -> None:
    browser = visit.as_(username)
    kept = {}

    for path in paths:
        browser.get(path)
        with only_in_circles() as left:
            browser.get(path)
        kept[path] = left

    assert {path: rows for path, rows in kept.items() if rows} == {}
