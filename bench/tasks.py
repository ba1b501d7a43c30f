"""The measured pages and forms, each with its bar."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from sqlakeyset import serialize_bookmark

from bench.sentences import COMMON, RARE
from bench.server import Browser, Reply
from bench.shape import FIRST_DAY, LAST_DAY
from tracker.calendar.holidays.rules import week_of
from tracker.core import clock
from tracker.core.form_keys import new_key

LIST, OTHER, SEARCH, STORE = "list", "other", "search", "store"
#: (multiple of the floor or None, milliseconds).
BARS: dict[str, tuple[float | None, float]] = {LIST: (3.5, 40), OTHER: (4, 40), SEARCH: (None, 60), STORE: (None, 25)}
SECRETARIAT = ("sekretariat", "rapat-usulan-target")
REVIEWER = ("penelaah", "tinjau-setiap-pekan")
HALFWAY = FIRST_DAY + (LAST_DAY - FIRST_DAY) / 2


@dataclass(frozen=True)
class Task:
    """A request that is measured repeatedly."""

    name: str
    group: str
    path: str
    #: For a POST: the fields of the n-th request.
    fields: Callable[[int], dict[str, str]] | None = None
    bar: bool = True
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def run(self, browser: Browser) -> Reply:
        """Send the request once."""
        return browser.ask(self.path, self.fields(next(self.numbers)) if self.fields else None)


def pages(row: int) -> list[Task]:
    """Pages that the secretariat opens. `row` is the id of a meeting in the middle of the record."""
    deep = serialize_bookmark(((HALFWAY, 2**31 - 1), False))
    return [
        Task("home", OTHER, "/"),
        Task("meetings", LIST, "/meetings"),
        Task("proposals", LIST, "/proposals"),
        Task("proposals, open ones", LIST, "/proposals?stage=open"),
        Task("actions", LIST, "/actions"),
        Task("actions, overdue", LIST, "/actions?watch=overdue"),
        Task("actions of one year", LIST, f"/actions?year={HALFWAY.year}"),
        Task("actions, halfway down", LIST, f"/actions?page={deep}"),
        Task("meeting, 50 statements", OTHER, f"/meetings/{row}"),
        Task("proposal", OTHER, f"/proposals/{row * 5}"),
        Task("action", OTHER, f"/actions/{row * 10}"),
        Task("person", OTHER, "/people/150"),
        Task("units: completed on time", OTHER, "/actions/units", bar=False),
        Task("unanswered proposals", OTHER, "/proposals/unanswered", bar=False),
        Task("search, rare word", SEARCH, f"/search?q={RARE}"),
        Task("search, word in every text", SEARCH, f"/search?q={COMMON}"),
        Task("search, both words", SEARCH, f"/search?q={RARE}+{COMMON}"),
        Task("search, half a word", SEARCH, f"/search?q={COMMON[:6]}"),
        Task("suggestions while typing", SEARCH, f"/search/suggestions?q={COMMON[:5]}"),
    ]


def stored(browser: Browser, row: int) -> list[Task]:
    """Lines that the secretariat types into the minutes of a meeting."""
    minutes = f"/meetings/{row}/minutes"
    token, key = browser.token(minutes), new_key()

    def typing(number: int) -> dict[str, str]:
        return {"csrf_token": token, "key": key, "line": f"Peserta membahas pelaksanaan rencana {number} bersama."}

    def line(number: int) -> dict[str, str]:
        return {**typing(number), "once": new_key(), "version": "", "earlier": ""}

    return [Task("autosave", STORE, f"{minutes}/typing", typing), Task("save a line", STORE, f"{minutes}/lines", line)]


def review(browser: Browser) -> list[Task]:
    """Pages of the review, which is opened if necessary."""
    address = f"/reviews/{week_of(clock.today())}"
    if browser.ask(address).status == 404:  # not found
        form = browser.ask(f"{address}/open").body
        day = re.findall(r'name="held_on"[^>]*value="([^"]+)"', form)[0]
        browser.ask(f"{address}/open", {"csrf_token": re.findall(r'csrf_token"[^>]*value="([^"]+)"', form)[-1],
                                        "held_on": day, "once": new_key()})  # fmt: skip
    return [Task("review item", OTHER, f"{address}/queue"), Task("review, overview", OTHER, address, bar=False),
            Task("review, its items", LIST, f"{address}/items")]  # fmt: skip
