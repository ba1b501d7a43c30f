"""Save templates. Callers commit."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.constraints import retry_on_violation
from tracker.core.db import db
from tracker.meetings.rules import MeetingMode, MeetingType
from tracker.meetings.templates import queries
from tracker.meetings.templates.models import MeetingTemplate

retry_on_violation("uq_meeting_template_meeting_type")


@dataclass(frozen=True, kw_only=True)
class TemplateDraft:
    venue: str | None = None
    venue_detail: str | None = None
    city: str | None = None
    mode: MeetingMode | None = None
    organiser_unit_id: int | None = None
    agenda: Sequence[str] = ()
    posts: Sequence[str] = ()


def save_template(meeting_type: MeetingType, draft: TemplateDraft, *, by: Actor, at: datetime) -> MeetingTemplate:
    template = queries.of_type(meeting_type, to_change=True) or MeetingTemplate(meeting_type=meeting_type)
    for name, value in asdict(draft).items():
        setattr(template, name, list(value) if name in {"agenda", "posts"} else value)
    db.session.add(template)
    db.session.flush()  # the event needs the template's id
    record(template, "kept", by=by, at=at)
    return template
