"""Time until the next item of a weekly review is shown: `python -m bench.review [--items 1000]`. The bar is 0.3 s.

Forty decisions by one reviewer under gunicorn, each from the button to the complete next page. The time in which a
browser renders the page is not included.
"""

import shutil
import statistics
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import click
from bs4 import BeautifulSoup, Tag
from flask_migrate import upgrade

from bench.rows import store
from bench.server import FOLDER, SECRET_KEY, Browser, Served, database_at
from bench.tasks import REVIEWER
from tests.visitor import filled
from tracker import create_app
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.settings import Settings
from tracker.core.transactions import commit
from tracker.demo.cli import load

REVIEWED, BAR = 40, 0.3
REDIRECT = 303


def fill(url: str, folder: Path, items: int) -> None:
    """Create the demo plus this many overdue actions."""
    with create_app(Settings(database_url=url, secret_key=SECRET_KEY, instance=folder)).app_context():
        upgrade()
        load()
        due_on = clock.today() - timedelta(days=30)
        rows = [
            {
                "code": f"TL-2030-{number:06}", "text_id": f"Menyiapkan bahan nomor {number} beserta datanya",
                "status": ActionStatus.IN_PROGRESS, "status_since": due_on, "assigned_on": due_on, "version": 1,
                "proposal_id": 1 + number % 50, "responsible_unit_id": 1 + number % 5, "pic_id": 1 + number % 9,
                "due_on": due_on, "original_due_on": due_on,
            }
            for number in range(items)
        ]  # fmt: skip
        store(ActionItem, rows)
        commit()


def _form(page: str, end: str) -> Tag:
    """The form whose action ends like this."""
    forms = BeautifulSoup(page, "html.parser").select("main form[method=post]")
    return next(form for form in forms if str(form["action"]).endswith(end))


def _send(browser: Browser, form: Tag, **changes: str) -> tuple[float, str]:
    """Submit a form and follow the redirect. Return the seconds of both, and the page."""
    values = {name: values[0] for name, values in filled(form).items() if values} | changes
    sent = browser.ask(str(form["action"]), values)
    if sent.status != REDIRECT or not sent.location:
        raise RuntimeError(f"{form['action']}: {sent.status}")
    address = urlsplit(sent.location)
    shown = browser.ask(f"{address.path}?{address.query}" if address.query else address.path)
    return sent.seconds + shown.seconds, shown.body


def waits(browser: Browser) -> list[float]:
    """Open this week's review and decide on 40 items. Return the seconds until each next item."""
    week = week_of(clock.today())
    page = browser.ask(f"/reviews/{week}/open").body
    day = BeautifulSoup(page, "html.parser").select("[name=held_on]")[0]["value"]
    opened, _ = _send(browser, _form(page, "/open"), held_on=str(day))
    sys.stdout.write(f"opening the review: {opened:.2f} s\n")
    page, taken = browser.ask(f"/reviews/{week}/queue").body, []
    for _ in range(REVIEWED):
        seconds, page = _send(browser, _form(page, "/goes_on"))
        taken.append(seconds)
    return taken


@click.command()
@click.option("--items", default=1000, show_default=True, help="Open actions besides those of the demo.")
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True)
def main(items: int, database: str) -> None:
    """Measure and print. Fail above the bar."""
    folder = FOLDER / f"review-{database}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with database_at(folder, database, is_new=True) as url:
        fill(url, folder, items)
        environment = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "TRACKER_PLAIN_HTTP": "1",
                       "TRACKER_INSTANCE": str(folder)}  # fmt: skip
        served = Served("app:app", environment, folder / "served.log")
        try:
            served.start("/readyz")
            browser = Browser(served.port)
            browser.sign_in(*REVIEWER)
            taken = sorted(waits(browser))
        finally:
            served.stop()
    slow = taken[int(len(taken) * 0.95) - 1]
    sys.stdout.write(
        f"{database}, {items} more open actions: next item after {statistics.median(taken) * 1000:.0f} ms (median of "
        f"{len(taken)}), {slow * 1000:.0f} ms (19 of 20), {taken[-1] * 1000:.0f} ms at most\n"
    )
    if slow > BAR:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
