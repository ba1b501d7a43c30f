"""Questions about pasted names."""

from collections.abc import Sequence

from tracker.live import queries as live
from tracker.meetings.models import Meeting
from tracker.meetings.rules import AttendanceStatus, Attendee, looks_like_post
from tracker.paste.rules import Recognition
from tracker.people.rules import folded


def recognised(attendees: Sequence[Attendee], meeting: Meeting) -> list[Recognition]:
    """What each line would become, a name that stands twice only once."""
    came = [row for row in meeting.attendance if row.status is not AttendanceStatus.EXPECTED]
    persons = {row.person_id for row in came if row.person_id}
    posts = {folded(row.post_as_written or "") for row in came if not row.person_id}
    found = []
    for attendee in attendees:
        person, written = live.person_called(attendee.name), folded(attendee.name)
        if person.id in persons if person else written in posts:
            found.append(Recognition.THERE)
        elif person:
            found.append(Recognition.PERSON)
            persons.add(person.id)
        else:
            is_post = looks_like_post(attendee.name) or live.position_called(attendee.name)
            found.append(Recognition.POST if is_post else Recognition.PROVISIONAL)
            posts.add(written)
    return found
