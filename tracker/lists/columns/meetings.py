"""The list of meetings."""

from sqlalchemy import Select

from tracker.core.wording import clock, in_words
from tracker.core.wording import lazy_gettext as _l
from tracker.lists.columns.description import Column, Listing, Related, Tab
from tracker.lists.formats import Value
from tracker.meetings import queries
from tracker.meetings.forms import MeetingFilterForm
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus
from tracker.people import queries as people


def _start(meeting: Meeting) -> str | None:
    return f"{clock(meeting.start_time)} {meeting.zone.name}" if meeting.start_time else None


def _chair(meeting: Meeting, _: Related) -> Value:
    chair = meeting.chair
    if chair is None:
        return None
    return chair.person.full_name if chair.person else chair.post_as_written


def _with_status(status: MeetingStatus | None) -> Select[Meeting]:
    return queries.meetings_query(queries.MeetingFilter(status=status))


MEETINGS = Listing(
    name="meetings",
    title=_l("Meetings"),
    form=MeetingFilterForm,
    sources={"unit": people.UNITS},
    query=lambda form: queries.meetings_query(form.filter()),
    related=lambda batch: queries.proposal_counts([meeting.id for meeting in batch]),
    tabs=(
        Tab(_l("To come"), "status=scheduled", lambda: _with_status(MeetingStatus.SCHEDULED)),
        Tab(_l("Minutes not approved"), "status=held", lambda: _with_status(MeetingStatus.HELD)),
        Tab(_l("All"), "", lambda: _with_status(None)),
    ),
    columns=(
        Column(_l("Code"), lambda meeting, _: meeting.code, 13),
        Column(_l("Date"), lambda meeting, _: meeting.date, 14),
        Column(_l("Last day"), lambda meeting, _: meeting.last_day, 14),
        Column(_l("Start"), lambda meeting, _: _start(meeting), 12),
        Column(_l("Meeting"), lambda meeting, _: in_words(meeting, "name"), 50),
        Column(_l("Type"), lambda meeting, _: meeting.meeting_type, 20),
        Column(_l("Chair of the meeting"), _chair, 30),
        Column(_l("Venue"), lambda meeting, _: meeting.venue, 30),
        Column(_l("Proposals"), lambda meeting, counts: counts.get(meeting.id, 0), 10),
        Column(_l("Status"), lambda meeting, _: meeting.status, 16),
        Column(_l("Classification"), lambda meeting, _: meeting.classification, 14),
    ),
)
