"""Queries for invitations and answers."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from tracker.accounts.queries import token_hash
from tracker.core.actor import acting
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.visibility import unrestricted
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.invitations.rules import HEARD_OF, TAKEN_OVER, Answer, InvitationState
from tracker.meetings.models import AgendaItem, Attendance, Meeting
from tracker.meetings.queries.detail import WITH_ATTENDANCE
from tracker.meetings.rules import AWAY, AttendanceStatus, MeetingStatus
from tracker.meetings.series.models import SeriesMeeting
from tracker.people import queries as people
from tracker.people.models import PositionHolding


@dataclass(frozen=True)
class Invitee:
    """Somebody on the list of a meeting; without a person if it names a post that nobody or several hold that day."""

    row: Attendance
    person_id: int | None
    name: str | None
    position_id: int | None


def invitees(meeting: Meeting) -> list[Invitee]:
    """Whom the list names, without those who are known to stay away."""
    posts = [row.position_id for row in meeting.attendance if row.person_id is None and row.position_id]
    holders = people.holders_on(meeting.date, posts) if posts else {}
    return [
        _invitee(row, holders.get(row.position_id or 0, [])) for row in meeting.attendance if row.status not in AWAY
    ]


def _invitee(row: Attendance, holders: Sequence[PositionHolding]) -> Invitee:
    if row.person_id is not None:
        return Invitee(row, row.person_id, row.person.full_name if row.person else None, None)
    if len(holders) == 1:
        return Invitee(row, holders[0].person_id, holders[0].person.full_name, row.position_id)
    return Invitee(row, None, None, row.position_id)


def persons_on_list(meeting: Meeting) -> list[int]:
    return [one.person_id for one in invitees(meeting) if one.person_id]


def of_meeting(meeting_id: int) -> Sequence[Invitation]:
    query = select(Invitation).filter_by(meeting_id=meeting_id).options(selectinload(Invitation.person))
    return db.session.scalars(query.order_by(Invitation.id)).all()


def sequences(meetings: Iterable[Meeting]) -> Mapping[int, int]:
    """By meeting, the number of its calendar entry: in mails, feeds and files, and never less than one sent."""
    versions = {meeting.id: meeting.version for meeting in meetings}
    table = Invitation.__table__.c  # mails went out whatever the reader sees of the list
    query = select(table.meeting_id, func.max(table.sequence)).where(table.meeting_id.in_(versions))
    sent: dict[int, int] = dict(map(tuple, db.session.execute(query.group_by(table.meeting_id)).all()))
    return {number: max(version, sent.get(number, 0)) for number, version in versions.items()}


def by_row(meeting: Meeting, invitations: Sequence[Invitation]) -> Mapping[int, Invitation]:
    """The invitation of each row of the list, by the id of the row."""
    ranked = sorted(invitations, key=lambda invitation: invitation.matters)
    return {row.id: invitation for row in meeting.attendance for invitation in ranked if invitation.is_of(row)}


def answers(invitations: Iterable[Invitation]) -> Mapping[Answer | None, int]:
    """How many answered what; None for those who have not."""
    return Counter(one.answer for one in invitations if one.state is InvitationState.SENT)


def not_taken_over(meeting: Meeting, invitations: Sequence[Invitation]) -> list[tuple[Attendance, Invitation]]:
    """Rows of the list that still say «expected» although the answer says otherwise."""
    found = by_row(meeting, invitations)
    expected = [row for row in meeting.attendance if row.status is AttendanceStatus.EXPECTED and row.id in found]
    return [(row, found[row.id]) for row in expected if found[row.id].answer in TAKEN_OVER]


@dataclass(frozen=True)
class AnswerTaken:
    """What an answer makes of a row of the list."""

    answer: Answer
    status: AttendanceStatus
    represented_by: str | None
    reason: str | None


def answer_to_take_over(row: Attendance) -> AnswerTaken | None:
    """None if there is no answer, or the list says something else than «expected»."""
    own = [one for one in of_meeting(row.meeting_id) if one.is_of(row)]
    given = max(own, key=lambda one: one.matters, default=None)
    if row.status is not AttendanceStatus.EXPECTED or given is None or given.answer not in TAKEN_OVER:
        return None
    return AnswerTaken(given.answer, TAKEN_OVER[given.answer], given.represented_by, given.reason)


def invitation(invitation_id: int, *, to_change: bool = False) -> Invitation:
    found = invitation_or_none(invitation_id, to_change=to_change)
    if found is None:
        raise NotFound
    return found


def invitation_or_none(invitation_id: int, *, to_change: bool = False) -> Invitation | None:
    query = select(Invitation).filter_by(id=invitation_id).options(*_WITH_MEETING)
    return db.session.scalar(query.with_for_update(of=Invitation) if to_change else query)


_WITH_MEETING = (joinedload(Invitation.meeting), joinedload(Invitation.person))


def with_token(token: str, *, to_change: bool = False) -> Invitation | None:
    """The invitation of this link, which itself is the right to read it."""
    query = select(Invitation).filter_by(token_hash=token_hash(token)).options(*_WITH_MEETING)
    with unrestricted():
        return db.session.scalar(query.with_for_update(of=Invitation) if to_change else query)


def open_agenda(meeting_id: int) -> Sequence[str]:
    """The agenda as far as everybody may read it: mails and links are not protected further."""
    with acting(None):
        return db.session.scalars(
            select(AgendaItem.text).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.place)
        ).all()


def is_invited_to(meeting: type[Meeting]) -> ColumnElement[bool]:
    """Whether anybody was invited. The table itself: whoever sees the meeting may know."""
    invited = Invitation.__table__
    return exists().where(invited.c.meeting_id == meeting.id)


def invited_to(meetings: Sequence[Meeting]) -> set[int]:
    """Those to which somebody was invited, here or by a letter that was noted."""
    by_letter = {one.id for one in meetings if one.invitation_on or one.invitation_number}
    others = [one.id for one in meetings if one.status in HEARD_OF and one.id not in by_letter]
    if not others:
        return by_letter
    return by_letter.union(db.session.scalars(select(Meeting.id).where(Meeting.id.in_(others), is_invited_to(Meeting))))


def others_planned(meeting_id: int) -> Sequence[tuple[int, dt.date]]:
    """(id, day) of the later meetings of its series that are planned, and that the viewer may see."""
    this, of_this = aliased(Meeting), aliased(SeriesMeeting)
    query = (
        select(Meeting.id, Meeting.date)
        .join(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
        .join(of_this, of_this.series_id == SeriesMeeting.series_id)
        .join(this, this.id == of_this.meeting_id)
        .where(this.id == meeting_id, Meeting.id != this.id, Meeting.date >= this.date)
        .where(Meeting.status == MeetingStatus.SCHEDULED)
    )
    return [(number, day) for number, day in db.session.execute(query.order_by(Meeting.date, Meeting.id))]


def meetings_to_notify(today: dt.date) -> Sequence[Meeting]:
    """Meetings to which somebody was invited, and that are not over. Call it within `unrestricted`."""
    has_invited = exists().where(Invitation.meeting_id == Meeting.id, Invitation.state == InvitationState.SENT)
    query = select(Meeting).where(has_invited, Meeting.date >= today - dt.timedelta(days=1)).options(*WITH_ATTENDANCE)
    return db.session.scalars(query.order_by(Meeting.id)).unique().all()


def to_remind(day: dt.date) -> Sequence[tuple[int, int]]:
    """(invitation id, person id) of those expected on that day. Call it within `unrestricted`."""
    query = select(Invitation.id, Invitation.person_id).join(Invitation.meeting).where(
        Meeting.date == day, Meeting.status.in_(sorted(HEARD_OF - {MeetingStatus.POSTPONED})),
        Invitation.state == InvitationState.SENT, Invitation.answer.is_distinct_from(Answer.DECLINED),
    )  # fmt: skip
    return [(number, person_id) for number, person_id in db.session.execute(query.order_by(Invitation.id))]
