"""Lists one page at a time: how many there are is said, and counted no further than anybody reads."""

from typing import Any

from tests.visitor import READER, Visitor
from tracker.core import paging


def test_what_is_counted_is_all_there_is(visit: Visitor) -> None:
    page = visit.as_(READER).get("/people")

    assert f"{len(page.all_of('tbody tr'))} seluruhnya" in page.text_of(".pager")


def test_nobody_counts_beyond_what_anybody_reads(visit: Visitor, monkeypatch: Any) -> None:
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)

    page = visit.as_(READER).get("/meetings")

    assert len(page.all_of("tbody tr")) > 2
    assert "Lebih dari 2 seluruhnya" in page.text_of(".pager")


def test_a_filter_that_finds_nothing_counts_nothing(visit: Visitor) -> None:
    page = visit.as_(READER).get("/meetings?q=tidakadayangbernamabegini")

    assert page.all_of("tbody tr") == []
