"""Making addresses of calendars in tests, and fetching them as a calendar program does."""

from icalendar import Calendar
from werkzeug.test import TestResponse

from tests.visitor import Visitor

SITE = "http://127.0.0.1:5000"


def address_of(browser: Visitor, due_dates: str = "tasks") -> str:
    """Make an address on the account page, and read it there."""
    page = browser.submit(browser.get("/account/calendar"), "/account/calendar", due_dates=due_dates)
    return str(page.soup.select_one("#address")["value"]).removeprefix(SITE)


def fetched(browser: Visitor, address: str, **headers: str) -> TestResponse:
    """Without cookies, which no calendar program has."""
    client = browser.app.test_client(use_cookies=False)
    return client.get(address, headers={"User-Agent": "macOS/14.5 dataaccessd/1.0", **headers})


def calendar(browser: Visitor, address: str) -> Calendar:
    answer = fetched(browser, address)
    assert answer.status_code == 200
    read = Calendar.from_ical(answer.data)
    assert not [error for part in read.walk() for error in part.errors]
    return read
