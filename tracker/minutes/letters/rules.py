"""Rules of the invitation letter. Pure."""

from tracker.meetings.rules import MeetingStatus

#: More addressees are listed on a page of their own.
MOST_ON_THE_LETTER = 7


def may_still_invite(status: MeetingStatus) -> bool:
    return status is MeetingStatus.SCHEDULED
