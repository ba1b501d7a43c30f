"""Time until a calendar of 500 meetings and 500 due dates is fetched: `python -m bench.feed`. The bar is 0.3 s.

The first fetch, for which every entry is written, thirty more, which find the entries in the cache, and then clients
that fetch calendars of their own at once, each beginning again as soon as it is answered.
"""

import os
import shutil
import statistics
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from time import perf_counter as time_counted
from typing import Any

import click
from flask_migrate import upgrade

from bench.server import FOLDER, SECRET_KEY, Browser, Served, database_at
from tracker import create_app
from tracker.accounts.models import Account, CalendarAddress
from tracker.accounts.queries import account_named, token_hash
from tracker.accounts.rules import DueDatesAs
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.core import clock
from tracker.core.db import db
from tracker.core.places import nth
from tracker.core.settings import Settings
from tracker.core.transactions import commit
from tracker.demo.cli import load
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import InvitationState
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import MeetingStatus

FETCHES, MEASURED, BAR, OF_EACH = 30, 20, 0.3, 500
#: Clients at once, and how often each fetches.
CLIENTS, TURNS = 8, 8
OWNER = "pic"
#: Of each client, since an address may be fetched sixty times in a quarter of an hour; the first is the only one's.
TOKENS = tuple(letter * 43 for letter in "klmnopqrs")
FIRST = 10_000


def fill(url: str, folder: Path) -> None:
    """Create the demo, and give the owner this many meetings and actions more, each with five events."""
    with create_app(Settings(database_url=url, secret_key=SECRET_KEY, instance=folder)).app_context():
        upgrade()
        load()
        owner = account_named(OWNER)
        if owner is None:
            raise click.ClickException("the demo has no such account")
        for model, make in ((Meeting, _meeting), (ActionItem, _action)):
            _store(model, [make(FIRST + number, owner) for number in range(OF_EACH)])
            _store(Event, [_event(model, FIRST + number, day) for number in range(OF_EACH) for day in range(5)])
        listed = [
            {"meeting_id": FIRST + number, "place": nth(1), "person_id": owner.person_id} for number in range(OF_EACH)
        ]
        _store(Attendance, listed)
        _store(Invitation, [_invitation(FIRST + number, owner) for number in range(OF_EACH)])
        address = {"account_id": owner.id, "due_dates": DueDatesAs.TASKS, "made_at": clock.now()}
        _store(CalendarAddress, [address | {"token_hash": token_hash(token)} for token in TOKENS])
        commit()


def _store(model: Any, rows: list[dict[str, Any]]) -> None:
    db.session.add_all([model(**row) for row in rows])
    db.session.flush()


def _meeting(number: int, _: Account) -> dict[str, Any]:
    return {
        "id": number, "code": f"R-2030-{number}", "date": clock.today() + timedelta(days=number % 300),
        "name_id": f"Rapat koordinasi penyusunan target kinerja kementerian nomor {number}", "venue": "Ruang Rapat",
        "venue_detail": "lantai 7", "city": "Jakarta", "start_time": time(9), "end_time": time(11, 30),
        "status": MeetingStatus.SCHEDULED, "recorded_at": clock.now(),
    }  # fmt: skip


def _invitation(number: int, owner: Account) -> dict[str, Any]:
    """Without one, a planned meeting is a draft that is in nobody else's calendar."""
    return {
        "meeting_id": number, "person_id": owner.person_id, "token_hash": f"bench {number}", "sequence": 1,
        "state": InvitationState.SENT, "invited_at": clock.now(), "content_hash": "0" * 64,
        "invited_for": clock.today(),
    }  # fmt: skip


def _action(number: int, owner: Account) -> dict[str, Any]:
    due_on = clock.today() + timedelta(days=number % 300 - 30)
    return {
        "id": number, "code": f"TL-2030-{number}", "status": ActionStatus.IN_PROGRESS, "status_since": due_on,
        "text_id": f"Menyiapkan bahan nomor {number} beserta data pendukungnya dari seluruh satuan kerja terkait",
        "assigned_on": due_on, "proposal_id": 1 + number % 50, "pic_id": owner.person_id,
        "due_on": due_on, "original_due_on": due_on, "percent": 40,
    }  # fmt: skip


def _event(model: Any, number: int, day: int) -> dict[str, Any]:
    return {"subject": model.__tablename__, "subject_id": number, "verb": "edited", "by_name": "S", "details": {},
            "at": datetime(2026, 1, 1 + day, tzinfo=UTC)}  # fmt: skip


def fetches(browser: Browser, count: int, token: str = TOKENS[0]) -> list[float]:
    """Seconds of each fetch."""
    taken = []
    for _ in range(count):
        reply = browser.ask(f"/calendar/{token}.ics")
        if reply.body.count("BEGIN:VEVENT") < OF_EACH or reply.body.count("BEGIN:VTODO") < OF_EACH:
            raise click.ClickException(f"fetched {reply.status}: {reply.body[:200]}")
        taken.append(reply.seconds)
    return taken


def at_once(port: int) -> tuple[list[float], float]:
    """Seconds of each fetch of all clients, and fetches a second of all together."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        begun = time_counted()
        taken = pool.map(lambda token: fetches(Browser(port), TURNS, token), TOKENS[1:])
        every = [seconds for one in taken for seconds in one]
    return every, len(every) / (time_counted() - begun)


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgresql"]), default="sqlite", show_default=True)
def main(database: str) -> None:
    """Measure and print. Fail above the bar."""
    folder = FOLDER / f"feed-{database}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with database_at(folder, database, is_new=True) as url:
        fill(url, folder)
        environment = {"DATABASE_URL": url, "SECRET_KEY": SECRET_KEY, "TRACKER_PLAIN_HTTP": "1",
                       "TRACKER_INSTANCE": str(folder)}  # fmt: skip
        served = Served("app:app", environment, folder / "served.log")
        try:
            served.start("/readyz")
            browser = Browser(served.port)
            first, *others = fetches(browser, 1 + FETCHES)
            before = served.cpu_seconds()
            fetches(browser, MEASURED)
            cpu = (served.cpu_seconds() - before) / MEASURED
            crowded, rate = at_once(served.port)
        finally:
            served.stop()
    slow = sorted(others)[int(len(others) * 0.95) - 1]
    sys.stdout.write(
        f"{database}, {OF_EACH} meetings and {OF_EACH} due dates: {first * 1000:.0f} ms the first time, then "
        f"{statistics.median(others) * 1000:.0f} ms (median of {len(others)}), {slow * 1000:.0f} ms (19 of 20), "
        f"{cpu * 1000:.0f} ms of one core\n"
    )
    crowd = sorted(crowded)[int(len(crowded) * 0.95) - 1]
    sys.stdout.write(
        f"{CLIENTS} clients at once, {TURNS} fetches each: {statistics.median(crowded) * 1000:.0f} ms (median), "
        f"{crowd * 1000:.0f} ms (19 of 20), {rate:.1f} fetches a second; load {os.getloadavg()[0]:.1f}\n"
    )
    if slow > BAR:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
