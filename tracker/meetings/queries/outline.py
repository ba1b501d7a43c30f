"""The minutes of a meeting by its agenda: what was said under each item, and what was agreed under each line."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.meetings.models import AgendaItem, Meeting, Statement
from tracker.meetings.rules import SERVED


@dataclass(frozen=True)
class Point:
    """A line of the minutes with the actions right under it."""

    line: Statement
    actions: Sequence[ActionItem]


@dataclass(frozen=True)
class Section:
    """An agenda item, or what belongs to none of them; `actions` are those that follow from no line."""

    item: AgendaItem | None
    points: Sequence[Point]
    actions: Sequence[ActionItem]

    def __bool__(self) -> bool:
        """Whether anything was said or agreed."""
        return bool(self.points or self.actions)


@dataclass(frozen=True)
class Outline:
    """The minutes section by section. What belongs to no agenda item comes first."""

    sections: Sequence[Section]
    #: Actions whose line is not among the lines, because it was removed or is not open to the reader.
    detached: Sequence[ActionItem] = field(default=())


def outline_of(meeting: Meeting, lines: Sequence[Statement], actions: Sequence[ActionItem]) -> Outline:
    """Put these lines and actions of a meeting under its agenda items. Expects its agenda to be loaded.

    An action stands under its line. One that names only its proposal stands under the first line about that proposal.
    """
    first_about = {
        link.proposal_id: line.id for line in reversed(lines) for link in line.proposal_links if link.bearing in SERVED
    }
    shown, items = {line.id for line in lines}, {item.id for item in meeting.agenda}

    def _item_of(row: Statement | ActionItem) -> int | None:
        return row.agenda_item_id if row.agenda_item_id in items else None  # an item may be closed to the reader

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
    for line in lines:
        points[_item_of(line)].append(Point(line, of_line[line.id]))
    rest = Section(None, points[None], of_item[None])
    sections = [Section(item, points[item.id], of_item[item.id]) for item in meeting.agenda]
    return Outline([*([rest] if rest or not sections else []), *sections], detached)


def sources_of_agenda(meeting: Meeting) -> dict[int, dict[int, Classification]]:
    """The meetings from which the words of items of this agenda come, by item: their numbers and classifications."""
    if not any(item.repeats for item in meeting.agenda):
        return {}
    item, carried, source = AgendaItem.__table__, AgendaItem.__table__.alias(), Meeting.__table__
    comes_from = or_(source.c.id == carried.c.meeting_id, source.c.id == item.c.about_meeting_id)
    question = (
        select(item.c.id, source.c.id, source.c.classification)
        .outerjoin(carried, carried.c.id == item.c.carried_from_id)
        .join(source, comes_from)
        .where(item.c.meeting_id == meeting.id)
    )
    found: dict[int, dict[int, Classification]] = defaultdict(dict)
    for number, meeting_id, level in db.session.execute(question):
        found[number][meeting_id] = level
    return found


def not_discussed(meeting: Meeting) -> list[AgendaItem]:
    """The agenda items that were set aside, or under which nothing was said or agreed, and that go on nowhere yet."""
    lines, agreed, items = Statement.__table__.c, ActionItem.__table__.c, AgendaItem.__table__.c  # hidden ones count
    discussed = set(
        db.session.scalars(
            select(lines.agenda_item_id).where(lines.meeting_id == meeting.id, lines.removed_at.is_(None))
            .union(select(agreed.agenda_item_id).where(agreed.meeting_id == meeting.id))
        )
    )  # fmt: skip
    numbers = [item.id for item in meeting.agenda]
    carried = set(db.session.scalars(select(items.carried_from_id).where(items.carried_from_id.in_(numbers))))
    return [item for item in meeting.agenda if item.id not in carried and (item.set_aside or item.id not in discussed)]
