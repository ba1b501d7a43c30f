"""Filters are validated before the query runs, both on list pages and in their files."""

import pytest
from flask import Flask

from tests.depth import one_in
from tests.visitor import ADMIN, SECRETARIAT, Visitor
from tracker.core.forms import FilterForm
from tracker.lists.columns import LISTS

VALUES = [
    "a" * 60_000, "\x00", "9" * 400, "9" * 19, "-1", "-0", "NaN", "Infinity", "1e400", "1e-400", "٣", "½", "²",
    "0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00", "9999-W53", "%", "'", "<b>",
]  # fmt: skip
#: Values that could break parsing. Values that could break queries are tried field by field, below.
UNREADABLE = ["a" * 60_000, "\x00", "9" * 400, "NaN", "٣", "9999-12-31"]
FORMATS = ("csv", "xlsx", "pdf")


def _fields(kind: type[FilterForm] = FilterForm) -> set[str]:
    """The names of all fields of all filters."""
    own = {name for name, value in vars(kind).items() if hasattr(value, "field_class")}
    return own.union(*(_fields(below) for below in kind.__subclasses__()))


def _pages(app: Flask) -> list[str]:
    """Paths of all GET routes without ids."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    return sorted(rule.rule for rule in rules if rule.endpoint not in {"accounts.sign_out"})


@pytest.mark.timeout(300)
@one_in(36)
def test_no_filter_value_causes_an_error(visit: Visitor, step: int) -> None:
    pages, fields = _pages(visit.app)[::step], [*_fields(), "month", "page", "week"]
    faults, closed = set(), set()

    for username in (SECRETARIAT, ADMIN):
        client = visit.as_(username).client
        for page in sorted(closed) or pages:
            closed |= {page} if client.get(page, buffered=True).status_code == 404 else set()
            for value in () if page in closed and username == SECRETARIAT else UNREADABLE:
                answer = client.get(page, buffered=True, query_string=dict.fromkeys(fields, value))
                faults |= {(page, value[:20])} if answer.status_code >= 500 else set()

    assert len(pages) * step > 50
    assert faults == set()


@pytest.mark.timeout(300)
@one_in(36)
@pytest.mark.parametrize("name", sorted(LISTS))
def test_files_refuse_the_filters_that_their_pages_refuse(visit: Visitor, name: str, step: int) -> None:
    client, listing = visit.as_(ADMIN if name == "audit" else SECRETARIAT).client, LISTS[name]
    with visit.app.test_request_context():
        fields = [field.name for field in listing.form()]
    refused, page = [], "/actions/matrix" if name == "actions" else f"/{name}"

    for field in fields:
        for value in VALUES[::step]:
            asked = {field: value, "view": "all"}
            shown = client.get(page, buffered=True, query_string=asked)
            file = client.get(f"/{name}.csv", buffered=True, query_string=asked)
            assert file.status_code == shown.status_code, (field, value[:20])
            refused += [asked] if file.status_code == 422 else []

    assert bool(refused) == bool(fields)
    for asked in refused[:2]:
        for extension in FORMATS:
            file = client.get(f"/{name}.{extension}", buffered=True, query_string=asked)
            assert file.status_code == 422
            assert "Saringan ini tidak dapat dipakai." in file.get_data(as_text=True)


def test_a_bulk_change_of_all_matches_validates_the_filter(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)

    page = browser.get(f"/actions/bulk/all?q={'a' * 60_000}", status=422)

    assert "Saringan ini tidak dapat dipakai." in page.text
