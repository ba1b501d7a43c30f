"""Due dates in a line, and the words that introduce them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.meetings.live.formats import calendar_words as words
from tracker.meetings.live.formats.dates import FoundDate, dates_in

#: Largest distance in characters between a date and the words that introduce it.
NEAR = 90
#: Most white space between a date and the brackets around it.
_GAP = 40
_OPENING, _CLOSING = "([{", ")]}"
_BETWEEN = " \t\n\u00a0,:;=–—-"
_WORD_BEFORE = re.compile(
    rf"(?:(?P<announcing>{words.ANNOUNCING})|(?P<leading>{words.LEADING})|(?P<linking>{words.LINKING}))$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[\s,:;(\[–—-]{{0,4}}{words.ANNOUNCED_AFTER}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class DueDate:
    """A due date, with the extent of the words and punctuation that only introduce it."""

    found: FoundDate
    start: int
    end: int
    is_announced: bool


def due_date_in(text: str, said_on: date, quoted: Sequence[tuple[int, int]] = ()) -> DueDate | None:
    """The last date introduced as a due date; without any, the last date outside quotations."""
    dates = _outside(list(dates_in(text, said_on)), quoted)
    due_dates = [_with_announcement(text, found_date) for found_date in dates]
    announced = [due for due in due_dates if due.is_announced]
    return next(reversed(announced or due_dates), None)


def _outside(dates: Sequence[FoundDate], spans: Sequence[tuple[int, int]]) -> list[FoundDate]:
    outside, at = [], 0
    for found_date in dates:
        while at < len(spans) and spans[at][1] <= found_date.start:
            at += 1
        if at == len(spans) or found_date.start < spans[at][0]:
            outside.append(found_date)
    return outside


def _with_announcement(text: str, found_date: FoundDate) -> DueDate:
    start, is_announced = _before(text, found_date.start)
    after = _AFTER.match(text, found_date.end, found_date.end + NEAR)
    end = after.end() if after else found_date.end
    floor = max(0, start - NEAR)
    led = text[floor:start].rstrip(_BETWEEN)
    before, behind = led[-1:], text[end : end + _GAP].lstrip()[:1]
    if before and before in _OPENING and behind == _CLOSING[_OPENING.index(before)]:
        start = floor + len(led) - 1
        end = text.index(behind, end) + 1
    elif after and text[end : end + 1] and text[end] in _CLOSING and set(_OPENING) & set(after[0]):
        end += 1
    return DueDate(found_date, start, end, is_announced or after is not None)


def _before(text: str, start: int) -> tuple[int, bool]:
    """Start of the words that introduce the date, and whether they mark it as due (rather than merely link to it)."""
    floor = max(0, start - NEAR)
    at, begins, is_announced = start, start, False
    while True:
        at = floor + len(text[floor:at].rstrip(_BETWEEN + _OPENING))
        word = _WORD_BEFORE.search(text, floor, at)
        if word is None or text[word.start() - 1 : word.start()].isalnum():
            return begins, is_announced
        at = word.start()
        is_announced = is_announced or word["announcing"] is not None
        # «the», «is» and the like belong to the date only if another word introduces it.
        begins = begins if word["linking"] else at
