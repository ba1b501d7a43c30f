"""The table of invitations. Tokens of links are stored only as hashes."""

import datetime as dt
from datetime import datetime, time
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.db import Model, codes
from tracker.core.visibility import PartOfClassified, is_seen
from tracker.meetings.invitations.rules import Answer, InvitationState, Through, may_be_answered
from tracker.meetings.models import Attendance, Meeting
from tracker.people.models import Person, Position


class Invitation(PartOfClassified, Model):
    """Somebody who was told of a planned meeting: a person of its list, or the holder of a post on it."""

    __tablename__ = "meeting_invitation"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_at_a_time"),
        CheckConstraint("(answer IS NULL) = (answered_through IS NULL)", name="answered_in_a_way"),
        Index("ix_meeting_invitation_meeting", "meeting_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    #: Set if the list names the post alone: the person held it on the day.
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    state: Mapped[InvitationState] = mapped_column(codes(InvitationState, "state"))
    invited_at: Mapped[datetime]
    #: Where the last mail went: only an answer from there counts.
    mailed_to: Mapped[str | None]
    #: Of the calendar entry in the last mail (RFC 5545, 3.8.7.4).
    sequence: Mapped[int]
    #: Of what the last mail said about the meeting, and the time that it gave.
    content_hash: Mapped[str]
    invited_for: Mapped[dt.date]
    invited_for_time: Mapped[time | None]
    answer: Mapped[Answer | None] = mapped_column(codes(Answer, "answer"))
    represented_by: Mapped[str | None]
    reason: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    answered_through: Mapped[Through | None] = mapped_column(codes(Through, "answered_through"))

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Meeting, cls.meeting_id)

    def is_of(self, row: Attendance) -> bool:
        """Whether it goes to whom this row of the list names."""
        if row.person_id is not None:
            return self.person_id == row.person_id
        return self.position_id is not None and self.position_id == row.position_id

    def may_be_answered(self, now: datetime) -> bool:
        return may_be_answered(self.state, self.meeting, now)

    @property
    def matters(self) -> Any:
        """What comes first where a person has several: one that was not withdrawn, then the newest."""
        return self.state is InvitationState.SENT, self.id
