"""Helpers for tests of weekly reviews."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.visitor import Page, Visitor, filled
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock

QUICK = {"done", "goes_on"}


def this_week() -> str:
    """URL of this week's review."""
    return f"/reviews/{week_of(clock.today())}"


def open_review_of_week(browser: Visitor) -> Page:
    """Open this week's review on the latest day offered, and return its page."""
    address = f"{this_week()}/open"
    page = browser.get(address)
    day = page.soup.select("[name=held_on]")[0]["value"]
    return browser.follow(browser.submit(page, address, held_on=day))


def decide(browser: Visitor, page: Page, decision: str, **values: str) -> Page:
    """Submit the form of a decision; «done» and «goes_on» share a form."""
    form = next(
        form for form in page.soup.select("main form[method=post]")
        if urlsplit(form["action"]).path.endswith("/goes_on" if decision in QUICK else f"/{decision}")
    )  # fmt: skip
    fields: dict[str, Any] = filled(form)
    assert set(values) <= set(fields), (values, sorted(fields))
    asked = urlsplit(form["action"])
    address = urlunsplit(asked._replace(path=f"{asked.path.rsplit('/', 1)[0]}/{decision}"))
    return browser.post(address, fields | {name: [value] for name, value in values.items()})


def delete_reviews(session: Session) -> None:
    """Delete the reviews of the demo in spite of the database triggers, for tests in other years."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    for table in ("review_item", "review"):
        guards = [f"{table}_no_delete"] if sqlite else [f"{table}_frozen"]
        trigger = session.scalar(text(f"SELECT sql FROM sqlite_master WHERE name = '{guards[0]}'")) if sqlite else None
        session.execute(text(f"DROP TRIGGER {guards[0]}" if sqlite else f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        session.execute(text(f"DELETE FROM {table}"))
        session.execute(text(trigger if sqlite else f"ALTER TABLE {table} ENABLE TRIGGER USER"))
