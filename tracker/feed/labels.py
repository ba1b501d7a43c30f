"""The entries of one's calendar, in the language that is spoken."""

from collections.abc import Iterator
from datetime import date

from tracker.accounts.rules import DueDatesAs
from tracker.actions import labels as actions
from tracker.calendar.formats import Entry, Task, file_of
from tracker.core.actor import Actor
from tracker.core.addresses import address
from tracker.core.wording import gettext
from tracker.feed import queries
from tracker.meetings import labels as meetings
from tracker.meetings.invitations.queries import sequences
from tracker.meetings.queries import classification_of_names


def calendar_of(actor: Actor, due_dates: DueDatesAs, site: str, today: date) -> bytes:
    """`site`: the address that the pages begin with."""
    return file_of(_entries(actor, due_dates, site, today), gettext("Meetings and follow-ups"))


def _entries(actor: Actor, due_dates: DueDatesAs, site: str, today: date) -> Iterator[Entry | Task]:
    own = list(queries.own_meetings(actor, today))
    levels = classification_of_names([meeting.id for meeting, _ in own])
    numbers = sequences([meeting for meeting, _ in own])
    for meeting, changed_at in own:
        page = site + address("meetings.show", meeting_id=meeting.id)
        yield meetings.calendar_entry(
            meeting, levels[meeting.id], page, changed_at, sequence=numbers[meeting.id], modified_at=changed_at
        )
    of_action = actions.calendar_task if due_dates is DueDatesAs.TASKS else actions.calendar_day
    for action, changed_at in queries.own_actions(actor, today):
        entry = of_action(action, site + address("actions.show", action_id=action.id), changed_at)
        if entry is not None:
            yield entry
