"""Queries for templates."""

from sqlalchemy import select

from tracker.core.db import db
from tracker.meetings.rules import MeetingType
from tracker.meetings.templates.models import MeetingTemplate


def by_type() -> dict[MeetingType, MeetingTemplate]:
    return {template.meeting_type: template for template in db.session.scalars(select(MeetingTemplate))}


def of_type(meeting_type: MeetingType | None, *, to_change: bool = False) -> MeetingTemplate | None:
    query = select(MeetingTemplate).filter_by(meeting_type=meeting_type)
    return db.session.scalar(query.with_for_update() if to_change else query)
