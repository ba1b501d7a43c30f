"""Queries for the meetings and actions of one's calendar."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Integer, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from tracker.actions.changes.queries import is_in_charge
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.meetings.invitations.queries import is_invited_to
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.people.models import PositionHolding
from tracker.people.queries import covers_day

#: How long a calendar keeps meetings that are over and actions that are closed, so that it learns how they ended.
KEPT = timedelta(days=60)
#: What changes the entry of a row. Other events of a row may be about lines that the reader does not see.
_CHANGES_OF_MEETING = frozenset({"logged", "edited", *(f"moved_{status}" for status in MeetingStatus)})
#: Drafts until somebody is invited.
NOT_YET = frozenset({MeetingStatus.SCHEDULED, MeetingStatus.POSTPONED, MeetingStatus.CANCELLED})
_CHANGES_OF_ACTION = frozenset({
    "assigned", "edited", "reassigned", "due_date_moved", "bulk_change_undone", "progress_reported",
    *(f"moved_{status}" for status in ActionStatus),
})  # fmt: skip


def _changed_at(model: type[Any], verbs: Collection[str]) -> Any:
    query = select(func.max(Event.at)).where(Event.subject == model.__tablename__, Event.subject_id == model.id)
    return query.where(Event.verb.in_(sorted(verbs))).correlate(model).scalar_subquery()


def own_meetings(actor: Actor, today: date) -> Iterator[tuple[Meeting, datetime]]:
    """Visible meetings that the actor recorded or on whose attendance list they stand, and when each changed.

    A row of a post is theirs if they hold the post that day. Meetings that are over for long are left out, and those
    that others plan and to which nobody was invited yet.
    """
    person = literal(actor.person_id, Integer)  # equal to nothing if the account has none
    # The tables themselves: the criterion of the meeting is that of its attendance list.
    listed, held_on = Attendance.__table__, aliased(Meeting.__table__)
    by_name = select(listed.c.meeting_id).where(listed.c.person_id == person)
    by_post = (
        select(listed.c.meeting_id)
        .join(held_on, held_on.c.id == listed.c.meeting_id)
        .join(PositionHolding, PositionHolding.position_id == listed.c.position_id)
        .where(listed.c.person_id.is_(None), PositionHolding.person_id == person, covers_day(held_on.c.date))
    )
    is_told = or_(Meeting.status.not_in(sorted(NOT_YET)), is_invited_to(Meeting))
    query = select(Meeting, _changed_at(Meeting, _CHANGES_OF_MEETING)).where(
        or_(and_(Meeting.id.in_(by_name.union(by_post)), is_told), Meeting.recorded_by_id == actor.account_id),
        or_(Meeting.date >= today - KEPT, Meeting.end_on >= today - KEPT),
    )
    for meeting, changed_at in db.session.execute(query.order_by(Meeting.date, Meeting.id)):
        yield meeting, changed_at or meeting.recorded_at


def own_actions(actor: Actor, today: date) -> Iterator[tuple[ActionItem, datetime]]:
    """Visible actions in the actor's charge, open or closed not long ago, and when each changed."""
    is_shown = or_(ActionItem.is_unfinished(), ActionItem.closed_on >= today - KEPT)
    query = select(ActionItem, _changed_at(ActionItem, _CHANGES_OF_ACTION)).where(is_in_charge(actor), is_shown)
    for action, changed_at in db.session.execute(query.order_by(ActionItem.due_or_never, ActionItem.id)):
        yield action, changed_at or datetime.combine(action.assigned_on, time.min, UTC)
