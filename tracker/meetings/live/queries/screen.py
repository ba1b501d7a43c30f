"""Queries for the screen: lines and what resulted from them, names to offer, drafts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import selectinload

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.meetings import queries as meetings
from tracker.meetings.live.models import TypedLine
from tracker.meetings.models import Attendance, Meeting, Statement
from tracker.meetings.queries import Outline
from tracker.meetings.rules import ACTIONABLE, SERVED_BEARINGS
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal


@dataclass(frozen=True)
class Minutes:
    #: Lines by agenda item with their actions; actions of the meeting as a whole by agenda item.
    outline: Outline
    lines: Sequence[Statement]
    removed: Sequence[Statement]
    #: Proposals whose line was removed.
    detached_proposals: Sequence[Proposal]
    #: Number of statements, proposals and actions the user may not see.
    hidden: int

    @property
    def actions(self) -> dict[int, Sequence[ActionItem]]:
        """Actions by line id."""
        return {point.line.id: point.actions for section in self.outline.sections for point in section.points}

    @property
    def of_meeting(self) -> list[ActionItem]:
        """Actions that follow from no line."""
        return [action for section in self.outline.sections for action in section.actions]


def minutes_of(meeting: Meeting) -> Minutes:
    lines, removed = meetings.statements_of(meeting.id), meetings.removed_statements(meeting.id)
    raised, agreed = proposals.raised_in(meeting.id), actions.of_meeting(meeting.id)
    spoken_of = {link.proposal_id for line in lines for link in line.proposal_links}
    return Minutes(
        meetings.outline_of(meeting, lines, agreed), lines, removed,
        [proposal for proposal in raised if proposal.id not in spoken_of],
        hidden=meetings.total_items(meeting) - len(lines) - len(raised) - len(agreed),
    )  # fmt: skip


def origin_of_next_action(lines: Sequence[Statement], agenda_item_id: int | None = None) -> Statement | None:
    """The line that a new action follows from by default; None means the meeting as a whole.

    Only the last line of the agenda item, and only if an action can carry it out; an action never skips lines.
    """
    of_item = [line for line in lines if line.agenda_item_id == agenda_item_id]
    return of_item[-1] if of_item and is_actionable(of_item[-1]) else None


def is_actionable(line: Statement) -> bool:
    """Whether an action typed below follows from the line: a decision, a directive, or words about a proposal."""
    return line.kind in ACTIONABLE or any(link.bearing in SERVED_BEARINGS for link in line.proposal_links)


def being_typed(meeting_id: int, account_id: int | None) -> Sequence[TypedLine]:
    query = select(TypedLine).filter_by(meeting_id=meeting_id, account_id=account_id)
    return db.session.scalars(query.order_by(TypedLine.typed_at.desc())).all()


def typed_line(key: str, meeting_id: int, account_id: int | None) -> TypedLine | None:
    return db.session.scalar(_TYPED_LINE, {"key": key, "meeting_id": meeting_id, "account_id": account_id})


_TYPED_LINE = select(TypedLine).filter_by(
    key=bindparam("key"), meeting_id=bindparam("meeting_id"), account_id=bindparam("account_id")
)


def line_to_follow(statement_id: int | None, meeting_id: int) -> Statement | None:
    """The line after which to insert, if it is still in these minutes; None means at the end."""
    query = select(Statement).filter_by(id=statement_id, meeting_id=meeting_id, removed_at=None)
    return db.session.scalar(query) if statement_id else None


def row_with_names(attendance_id: int) -> Attendance | None:
    loaded = (selectinload(Attendance.person), selectinload(Attendance.position))
    return db.session.scalar(select(Attendance).filter_by(id=attendance_id).options(*loaded))
