"""Questions about templates."""

from sqlalchemy import select

from tracker.core.db import db
from tracker.meetings.rules import MeetingType
from tracker.meetings.templates.models import MeetingTemplate


def by_type() -> dict[MeetingType, MeetingTemplate]:
    """Every template, by the type of meeting it is for."""
    return {one.meeting_type: one for one in db.session.scalars(select(MeetingTemplate))}


def of_type(meeting_type: MeetingType | None, *, to_change: bool = False) -> MeetingTemplate | None:
    """The template of one type of meeting, if there is one."""
    question = select(MeetingTemplate).filter_by(meeting_type=meeting_type)
    return db.session.scalar(question.with_for_update() if to_change else question)
