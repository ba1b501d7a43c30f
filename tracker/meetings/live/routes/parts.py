"""Parts of the screen that change while people type, each with a version hash.

The page contains all of them; later only changed parts are sent.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import get_template_attribute, request
from markupsafe import Markup

from tracker.attachments import queries as attachments
from tracker.core import clock
from tracker.core.enumerations import without_marks
from tracker.core.wording import gettext
from tracker.meetings import queries as meetings
from tracker.meetings.check_in import queries as check_in
from tracker.meetings.invitations import queries as invitations
from tracker.meetings.live import queries
from tracker.meetings.live.models import TypedLine
from tracker.meetings.live.queries import Minutes
from tracker.meetings.live.rules import Phase
from tracker.meetings.models import Meeting
from tracker.meetings.queries import Outline
from tracker.meetings.rules import NOT_PRESENT
from tracker.meetings.series import queries as series

#: 2^30 values are enough to distinguish one state of a part from the next.
LONGEST_MARK = 5


@dataclass(frozen=True)
class Part:
    html: Markup
    mark: str


@dataclass(frozen=True)
class Screen:
    """Parts by name, and the lines in order: (agenda item, lines) for each section."""

    parts: dict[str, Part]
    order: list[tuple[int, list[int]]]
    minutes: Minutes
    #: What is shown beside the headings.
    counts: dict[str, str]


def screen_of(meeting: Meeting, phase: Phase, drafts: Sequence[TypedLine]) -> Screen:
    """All parts. Requires a meeting loaded for display."""
    minutes, titles = queries.minutes_of(meeting), agenda_titles(meeting)
    sections, open_items = minutes.outline.sections, series.open_items(meeting)
    answered = invitations.by_row(meeting, invitations.of_meeting(meeting.id))
    level = 4 if meeting.agenda else 3  # of the headings below those of agenda items
    html = {
        "roll": _rendered(
            "roll", meeting, meetings.marked_present_together(meeting), phase, answered, check_in.waiting(meeting.id)
        ),
        "agenda": _rendered("agenda", meeting, phase, attachments.papers_of(meeting)),
        **({"open-items": _rendered("open_items", meeting, open_items, phase, clock.today())} if open_items else {}),
        "note": _rendered("hidden_note", minutes),
        "drafts": drafts_html(meeting, drafts),
        "rest": _rendered("rest", minutes, phase),
        **{
            f"item-{_number(section.item)}": _rendered(
                "heading", section, titles.get(_number(section.item)), len(sections)
            )
            for section in sections
        },
        **{
            f"line-{point.line.id}": _rendered("line", meeting, point, phase, None if at else level)
            for section in sections
            for points in section.voices
            for at, point in enumerate(points)
        },
    }
    counts = {
        "roll-call": _attendance_words(meeting),
        "agenda": str(len(meeting.agenda)),
        "statements": str(len(minutes.lines)),
        "open-items": str(len(open_items.proposals) + len(open_items.actions)) if open_items else "",
    }
    return Screen(
        {name: part_of(part_html) for name, part_html in html.items()}, order_of(minutes.outline), minutes, counts
    )


def _attendance_words(meeting: Meeting) -> str:
    """How many of those listed are there; how many are listed, while that is not known of anybody."""
    listed = len(meeting.attendance)
    present = sum(row.status not in NOT_PRESENT for row in meeting.attendance)
    if not present:
        return str(listed)
    return gettext("%(present)d of %(listed)d present", present=present, listed=listed)


def agenda_titles(meeting: Meeting) -> dict[int, str]:
    """By id, the agenda items with their number, without the numbering that was written."""
    bare = without_marks([item.text for item in meeting.agenda])
    numbered = enumerate(zip(meeting.agenda, bare, strict=True), 1)
    return {item.id: f"{number} · {text}" for number, (item, text) in numbered}


def order_of(outline: Outline) -> list[tuple[int, list[int]]]:
    return [(_number(section.item), [point.line.id for point in section.points]) for section in outline.sections]


def part_of(html: Markup) -> Part:
    return Part(html, short_hash(html))


def drafts_html(meeting: Meeting, drafts: Sequence[TypedLine]) -> Markup:
    return _rendered("drafts", meeting, drafts)


def _number(item: object) -> int:
    """Id of an agenda item; 0 for none."""
    return getattr(item, "id", 0)


def _rendered(macro: str, *values: object) -> Markup:
    return Markup(get_template_attribute("meetings/live/_parts.html", macro)(*values))  # noqa: S704  # a template's own words


def short_hash(html: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(html.encode()).digest()).decode()[:LONGEST_MARK]


def changed_parts(parts: Mapping[str, Part]) -> dict[str, dict[str, str]]:
    """Parts that differ from those the browser has, which it reports as «line-12.a1b2c roll.d3e4f»."""
    client_marks = dict(entry.rpartition(".")[::2] for entry in request.headers.get("X-Have", "").split())
    return {
        name: {"html": part.html, "mark": part.mark}
        for name, part in parts.items()
        if client_marks.get(name) != part.mark
    }
