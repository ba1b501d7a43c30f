"""How the matrix that the product writes says what its cells hold."""

import re
from datetime import date
from functools import cache

from tracker.core.wording import gettext
from tracker.corrections.commands import in_each_language
from tracker.meetings.live.formats.dates import dates_in

#: «12 Nov 2026 (40%): …», as the matrix writes a report; one without words ends before the colon.
REPORTED = re.compile(r"^(?P<day>\d{1,2} \w+\.? \d{4})(?: \((?P<percent>\d{1,3})%\))?(?:: (?P<note>.*))?$", re.DOTALL)
NEXT = re.compile(r"^(?P<step>.*?) \((?P<day>\d{1,2} \w+\.? \d{4})\)$", re.DOTALL)


def even(text: str) -> str:
    return " ".join(text.split())


def day_in(written: str) -> date | None:
    found = list(dates_in(written, date(2000, 1, 1)))
    return found[0].day if found else None


def _patterns(sentence: str, name: str) -> list[str]:
    """The sentence in both languages as a pattern for what stands in its place."""
    return [
        re.escape(words).replace(re.escape("…"), "(.+)")
        for words in in_each_language(lambda: gettext(sentence, **{name: "…"})).values()
    ]


@cache
def first_promised() -> list[str]:
    return _patterns("first promised for %(day)s", "day")


@cache
def waiting_for() -> list[str]:
    return _patterns("waiting for %(who)s", "who")


@cache
def former_code() -> list[str]:
    return _patterns("former code %(code)s", "code")


@cache
def derived() -> set[str]:
    """What the matrix writes of its own."""
    overdue, soon = in_each_language(lambda: gettext("overdue")), in_each_language(lambda: gettext("due soon"))
    return {*overdue.values(), *soon.values()}
