"""Pages of lists, and their counts up to a limit."""

from typing import Any

from tests.visitor import READER, Visitor
from tracker.core import paging


def test_the_count_includes_all_rows(visit: Visitor) -> None:
    page = visit.as_(READER).get("/people")

    assert f"{len(page.all_of('tbody tr'))} seluruhnya" in page.text_of(".pager")


def test_counting_stops_at_the_limit(visit: Visitor, monkeypatch: Any) -> None:
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)

    page = visit.as_(READER).get("/meetings")

    assert len(page.all_of("tbody tr")) > 2
    assert "Lebih dari 2 seluruhnya" in page.text_of(".pager")


def test_a_filter_without_matches_counts_nothing(visit: Visitor) -> None:
    page = visit.as_(READER).get("/meetings?q=tidakadayangbernamabegini")

    assert page.all_of("tbody tr") == []
