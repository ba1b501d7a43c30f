"""Whatever stands in a filter is judged before it is asked, on the page of a list and in every file of it alike."""

import pytest
from flask import Flask

from tests.visitor import ADMIN, SECRETARIAT, Visitor
from tracker.core.forms import FilterForm
from tracker.lists.columns import LISTS

VALUES = [
    "a" * 60_000, "\x00", "9" * 400, "9" * 19, "-1", "-0", "NaN", "Infinity", "1e400", "1e-400", "٣", "½", "²",
    "0001-01-01", "9999-12-31", "2026-02-30", "0000-00-00", "9999-W53", "%", "'", "<b>",
]  # fmt: skip
#: What makes a fault of reading; what makes one of asking is tried field by field, below.
UNREADABLE = ["a" * 60_000, "\x00", "9" * 400, "NaN", "٣", "9999-12-31"]
FORMATS = ("csv", "xlsx", "pdf")


def _fields(kind: type[FilterForm] = FilterForm) -> set[str]:
    """The fields of every filter there is."""
    own = {name for name, value in vars(kind).items() if hasattr(value, "field_class")}
    return own.union(*(_fields(below) for below in kind.__subclasses__()))


def _pages(app: Flask) -> list[str]:
    """Every address without a number in it that is read."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    return sorted(rule.rule for rule in rules if rule.endpoint not in {"accounts.sign_out"})


@pytest.mark.timeout(300)
def test_no_filter_of_any_page_is_a_fault(visit: Visitor) -> None:
    pages, fields = _pages(visit.app), [*_fields(), "month", "page", "week"]
    faults, closed = set(), set()

    for username in (SECRETARIAT, ADMIN):
        client = visit.as_(username).client
        for page in sorted(closed) or pages:
            closed |= {page} if client.get(page, buffered=True).status_code == 404 else set()
            for value in () if page in closed and username == SECRETARIAT else UNREADABLE:
                answer = client.get(page, buffered=True, query_string=dict.fromkeys(fields, value))
                faults |= {(page, value[:20])} if answer.status_code >= 500 else set()

    assert len(pages) > 50
    assert faults == set()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_file_refuses_each_filter_that_its_page_refuses(visit: Visitor, name: str) -> None:
    client, listing = visit.as_(ADMIN if name == "audit" else SECRETARIAT).client, LISTS[name]
    with visit.app.test_request_context():
        fields = [field.name for field in listing.form()]
    refused, page = [], "/actions/matrix" if name == "actions" else f"/{name}"

    for field in fields:
        for value in VALUES:
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


def test_a_bulk_change_of_all_that_fit_judges_what_they_fit(visit: Visitor) -> None:
    browser = visit.as_(SECRETARIAT)

    page = browser.get(f"/actions/bulk/all?q={'a' * 60_000}", status=422)

    assert "Saringan ini tidak dapat dipakai." in page.text
