"""The minutes by agenda: statements under each item, and actions under each statement."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sqlalchemy import or_, select

from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.meetings.models import AgendaItem, Meeting, Statement
from tracker.meetings.rules import SERVED_BEARINGS


@dataclass(frozen=True)
class Point:
    line: Statement
    actions: Sequence[ActionItem]
    #: Its place among the lines that are shown.
    number: int


def _voice(point: Point) -> tuple[int | None, str | None, str | None]:
    return point.line.speaker_id, point.line.speaker_note, point.line.on_behalf_of


@dataclass(frozen=True)
class Section:
    """An agenda item, or what belongs to none; `actions` are those that follow from no statement."""

    item: AgendaItem | None
    points: Sequence[Point]
    actions: Sequence[ActionItem]

    def __bool__(self) -> bool:
        return bool(self.points or self.actions)

    @property
    def voices(self) -> list[list[Point]]:
        """Adjacent points by the same speaker."""
        return [list(points) for _, points in groupby(self.points, _voice)]


@dataclass(frozen=True)
class Outline:
    """The minutes by section; what belongs to no agenda item comes first."""

    sections: Sequence[Section]
    #: Actions whose statement was removed or is hidden from the reader.
    detached: Sequence[ActionItem] = field(default=())


def outline_of(meeting: Meeting, lines: Sequence[Statement], actions: Sequence[ActionItem]) -> Outline:
    """Arrange statements and actions under the agenda items of the meeting, whose agenda must be loaded.

    An action is listed under its statement; without one, under the first statement about its proposal.
    """
    first_about = {
        link.proposal_id: line.id
        for line in reversed(lines)
        for link in line.proposal_links
        if link.bearing in SERVED_BEARINGS
    }
    shown, items = {line.id for line in lines}, {item.id for item in meeting.agenda}

    def _item_of(row: Statement | ActionItem) -> int | None:
        return row.agenda_item_id if row.agenda_item_id in items else None  # the item may be hidden from the reader

    of_line: dict[int, list[ActionItem]] = defaultdict(list)
    of_item: dict[int | None, list[ActionItem]] = defaultdict(list)
    detached = []
    for action in actions:
        line_id = action.statement_id or first_about.get(action.proposal_id or 0)
        if line_id is None:
            of_item[_item_of(action)].append(action)
        elif line_id in shown:
            of_line[line_id].append(action)
        else:
            detached.append(action)
    points: dict[int | None, list[Point]] = defaultdict(list)
    for number, line in enumerate(lines, 1):
        points[_item_of(line)].append(Point(line, of_line[line.id], number))
    rest = Section(None, points[None], of_item[None])
    sections = [Section(item, points[item.id], of_item[item.id]) for item in meeting.agenda]
    return Outline([*([rest] if rest or not sections else []), *sections], detached)


def agenda_sources(meeting: Meeting) -> dict[int, dict[int, Classification]]:
    """By agenda item, the meetings its text comes from: {item id: {meeting id: classification}}."""
    if not any(item.repeats for item in meeting.agenda):
        return {}
    item, source = AgendaItem.__table__, Meeting.__table__
    comes_from = or_(*(source.c.id == item.c[name] for name in AgendaItem.SOURCES))
    query = (
        select(item.c.id, source.c.id, source.c.classification)
        .join(source, comes_from)
        .where(item.c.meeting_id == meeting.id)
    )
    sources: dict[int, dict[int, Classification]] = defaultdict(dict)
    for item_id, meeting_id, level in db.session.execute(query):
        sources[item_id][meeting_id] = level
    return sources


def not_discussed(meeting: Meeting) -> list[AgendaItem]:
    """Agenda items that were set aside or have no statements or actions, and were not carried over yet."""
    # The tables themselves, without visibility criteria: hidden rows count.
    lines, actions, items = Statement.__table__.c, ActionItem.__table__.c, AgendaItem.__table__.c
    discussed = set(
        db.session.scalars(
            select(lines.agenda_item_id).where(lines.meeting_id == meeting.id, lines.removed_at.is_(None))
            .union(select(actions.agenda_item_id).where(actions.meeting_id == meeting.id))
        )
    )  # fmt: skip
    item_ids = [item.id for item in meeting.agenda]
    carried = set(db.session.scalars(select(items.carried_from_id).where(items.carried_from_id.in_(item_ids))))
    return [item for item in meeting.agenda if item.id not in carried and (item.set_aside or item.id not in discussed)]
