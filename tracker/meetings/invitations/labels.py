"""Words for invitations, and what a mail says about a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.core.actor import Classification
from tracker.core.wording import Shape, Shapes, Words, clock, day, gettext, in_words, long_day
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.invitations.rules import Answer, InvitationState, Occasion, Reach, Through
from tracker.meetings.models import Meeting
from tracker.meetings.rules import MeetingStatus

WORDS: Words = {
    Answer: {
        Answer.ATTENDING: _l("will attend"),
        Answer.REPRESENTED: _l("will be represented"),
        Answer.DECLINED: _l("cannot attend"),
        Answer.TENTATIVE: _l("may attend"),
    },
    InvitationState: {InvitationState.SENT: _l("Invited"), InvitationState.WITHDRAWN: _l("Invitation withdrawn")},
    Through: {
        Through.LINK: _l("through the link"),
        Through.MAIL_PROGRAM: _l("from the mail program"),
        Through.SECRETARIAT: _l("entered by the secretariat"),
    },
    Reach: {
        Reach.ACCOUNT: _l("by the e-mail of the account"),
        Reach.REGISTER: _l("by the e-mail in the register"),
        Reach.NO_ADDRESS: _l("has no e-mail address"),
        Reach.NO_ACCESS: _l("may not see this meeting"),
        Reach.NOBODY_NAMED: _l("nobody is named"),
    },
}
SHAPES: Shapes = {
    Answer: {
        Answer.ATTENDING: Shape.DONE,
        Answer.REPRESENTED: Shape.RUN,
        Answer.DECLINED: Shape.PAUSE,
        Answer.TENTATIVE: Shape.OPEN,
    },
    InvitationState: {InvitationState.SENT: Shape.OPEN, InvitationState.WITHDRAWN: Shape.ENDED},
}
EVENTS = {
    "meeting": {
        "invited": _l("Invited"),
        "invited_again": _l("Invitation sent again to those without an answer"),
        "invitations_changed": _l("Those invited were told of a change"),
        "invitations_withdrawn": _l("Invitations were withdrawn"),
        "answered_by_link": _l("Invitation answered through the link"),
        "answered_by_mail_program": _l("Invitation answered from the mail program"),
        "answered_by_secretariat": _l("Answer to an invitation entered by the secretariat"),
        "answers_taken_over": _l("Answers were taken over into the attendance list"),
    },
    "meeting_invitation": {
        "sent": _l("Invitation sent"),
        "sent_again": _l("Invitation sent again"),
        "changed": _l("Change sent"),
        "withdrawn": _l("Invitation withdrawn"),
    },
}


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What a mail or a link may say of a meeting. Of a classified one only the time: neither is protected further."""

    name: str | None
    when: str
    day: str
    place: str | None
    agenda: Sequence[str]
    is_postponed: bool


def letter(meeting: Meeting, level: Classification, agenda: Sequence[str]) -> Letter:
    is_open = level is Classification.ORDINARY
    places = [meeting.venue, meeting.venue_detail, meeting.city] if is_open else []
    return Letter(
        name=in_words(meeting, "name") if is_open else None, when=_when(meeting), day=long_day(meeting.date),
        place=", ".join(place for place in places if place) or None, agenda=agenda if is_open else (),
        is_postponed=meeting.status is MeetingStatus.POSTPONED,
    )  # fmt: skip


def _when(meeting: Meeting) -> str:
    days = day(meeting.date) if meeting.last_day == meeting.date else f"{day(meeting.date)} – {day(meeting.last_day)}"
    if meeting.start_time is None:
        return days
    end = f"–{clock(meeting.end_time)}" if meeting.end_time else ""
    return f"{days}, {clock(meeting.start_time)}{end} {meeting.zone.name}"


def subject_of(occasion: Occasion, shown: Letter) -> str:
    name = shown.name or gettext("a classified meeting")
    if occasion is Occasion.CHANGED and shown.is_postponed:
        return gettext("Postponed: %(name)s", name=name)
    subjects = {
        Occasion.INVITED: _l("Invitation: %(name)s, %(day)s", name=name, day=shown.day),
        Occasion.CHANGED: _l("Changed: %(name)s, %(day)s", name=name, day=shown.day),
        Occasion.CANCELLED: _l("Cancelled: %(name)s, %(day)s", name=name, day=shown.day),
        Occasion.REMINDER: _l("Tomorrow: %(name)s", name=name),
    }
    return str(subjects[occasion])
