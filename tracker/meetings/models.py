"""Tables of meetings, agendas, attendance and statements."""

import datetime as dt
from datetime import datetime, time
from typing import Any, ClassVar

from sqlalchemy import (
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Table,
    UniqueConstraint,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, aliased, mapped_column, query_expression, relationship

from tracker.accounts.models import Grant
from tracker.actions.models import ActionItem
from tracker.audit.models import Historic
from tracker.core.clock import Zone
from tracker.core.copies import CopiedName
from tracker.core.db import Model, Versioned, codes
from tracker.core.places import PlaceText
from tracker.core.visibility import Classified, MadeOnce, PartOfClassified, Viewer, is_cleared, is_one_seen, is_seen
from tracker.meetings.rules import (
    AttendanceRole,
    AttendanceStatus,
    Bearing,
    MeetingMode,
    MeetingStatus,
    MeetingType,
    SetAside,
    SourceType,
    StatementKind,
)
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proposal
from tracker.targets.models import Target

_SEVERAL_DAYS = text("end_on IS NOT NULL")


class Meeting(Historic, Classified, Versioned, Model):
    """A meeting (rapat). Times are null if the source has none; `…_as_written` has the source's own words."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint(
            "COALESCE(end_on, date) > date OR end_time IS NULL OR start_time IS NULL OR end_time >= start_time",
            name="times_in_order",
        ),
        CheckConstraint("end_on > date", name="ends_on_another_day"),
        Index("ix_meeting_newest", "date", "id"),
        Index("ix_meeting_status", "status", "classification"),
        Index("ix_meeting_end_on", "end_on", sqlite_where=_SEVERAL_DAYS, postgresql_where=_SEVERAL_DAYS),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name_id: Mapped[str] = mapped_column(CopiedName("id"))
    name_en: Mapped[str | None] = mapped_column(CopiedName("en"))
    meeting_type: Mapped[MeetingType | None] = mapped_column(codes(MeetingType, "meeting_type"))
    status: Mapped[MeetingStatus] = mapped_column(codes(MeetingStatus, "status"), default=MeetingStatus.HELD)
    date: Mapped[dt.date]
    date_as_written: Mapped[str | None]
    weekday_as_written: Mapped[str | None]
    #: Why the date is right although the weekday or year in the source disagrees.
    date_note: Mapped[str | None]
    date_note_en: Mapped[str | None]
    called_time: Mapped[time | None]
    start_time: Mapped[time | None]
    end_time: Mapped[time | None]
    time_as_written: Mapped[str | None]
    #: In which its hours are; filled when it is recorded, and not changed with the zone of its organiser.
    timezone: Mapped[str] = mapped_column(default=Zone.WIB.value)
    venue: Mapped[str | None]
    venue_detail: Mapped[str | None]
    city: Mapped[str | None]
    mode: Mapped[MeetingMode | None] = mapped_column(codes(MeetingMode, "mode"))
    organiser_unit_id: Mapped[int | None] = mapped_column(ForeignKey("org_unit.id"), index=True)
    #: True if the source does not name the organiser and the recorder inferred it.
    organiser_is_inferred: Mapped[bool] = mapped_column(default=False)
    invitation_number: Mapped[str | None]
    invitation_on: Mapped[dt.date | None]
    document_number: Mapped[str | None]
    source_type: Mapped[SourceType | None] = mapped_column(codes(SourceType, "source_type"))
    source_publisher: Mapped[str | None]
    source_author: Mapped[str | None]
    source_url: Mapped[str | None]
    attendance_is_complete: Mapped[bool | None]
    opening: Mapped[str | None]
    closing: Mapped[str | None]
    note: Mapped[str | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    recorded_at: Mapped[datetime]
    #: Who gets a copy of the minutes (tembusan), one per line.
    copies_to: Mapped[str | None] = mapped_column(sort_order=2)
    #: The last day, if it is not the first: past midnight, or after several days.
    end_on: Mapped[dt.date | None] = mapped_column(sort_order=2)
    #: Set while the minutes are submitted or approved: the meeting, its attendance and statements cannot be edited.
    locked_at: Mapped[datetime | None] = mapped_column(sort_order=1)
    #: The meeting its name was copied from; the name is shown only where that meeting is visible.
    named_after_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True, sort_order=3)

    @property
    def zone(self) -> Zone:
        return Zone(self.timezone)

    @property
    def last_day(self) -> dt.date:
        return self.end_on or self.date

    #: Number of statements, proposals and actions, including hidden ones; loaded only on request.
    total_items: Mapped[int | None] = query_expression()
    #: Number of proposals and actions that the viewer may see; loaded only on request.
    outcomes: Mapped[int | None] = query_expression()
    #: Whether the viewer sees a line of its minutes; loaded only on request.
    has_lines: Mapped[bool | None] = query_expression()

    organiser_unit: Mapped[OrgUnit | None] = relationship(lazy="raise_on_sql")
    named_after: Mapped["Meeting | None"] = relationship(remote_side=id, lazy="raise_on_sql")
    agenda: Mapped[list["AgendaItem"]] = relationship(
        back_populates="meeting",
        order_by="AgendaItem.place",
        foreign_keys="AgendaItem.meeting_id",
        cascade="all, delete-orphan",
        lazy="raise_on_sql",
    )
    attendance: Mapped[list["Attendance"]] = relationship(
        back_populates="meeting", order_by="Attendance.place", lazy="raise_on_sql"
    )
    chair: Mapped["Attendance | None"] = relationship(
        primaryjoin="and_(Meeting.id == Attendance.meeting_id, Attendance.role == 'chair')",
        uselist=False,
        viewonly=True,
        lazy="raise_on_sql",
    )
    statements: Mapped[list["Statement"]] = relationship(
        back_populates="meeting",
        order_by="Statement.place, Statement.id",
        foreign_keys="Statement.meeting_id",
        lazy="raise_on_sql",
    )

    @classmethod
    def is_known_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Those on the attendance list, the account that recorded it, and accounts with access by name."""
        attendance, grant = Attendance.__table__.alias(), Grant.__table__.alias()
        return or_(
            cls.recorded_by_id == viewer.account,
            exists().where(attendance.c.meeting_id == cls.id, attendance.c.person_id == viewer.person),
            exists().where(grant.c.meeting_id == cls.id, grant.c.account_id == viewer.account),
        )


class _PartOfMeeting(PartOfClassified):
    meeting_id: Any
    meeting: Mapped[Meeting]

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Meeting, cls.meeting_id)


class AgendaItem(_PartOfMeeting, Model):
    __tablename__ = "agenda_item"
    __table_args__ = (
        Index("ix_agenda_item_meeting", "meeting_id", "place"),
        # For foreign keys of rows that belong to a meeting and may belong to an item of the same meeting.
        Index("ix_agenda_item_of_meeting", "id", "meeting_id", unique=True),
    )
    #: The columns that name a meeting from which its words come.
    SOURCES: ClassVar = ("about_meeting_id", "origin_meeting_id", "carried_from_meeting_id")

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    place: Mapped[str] = mapped_column(PlaceText)
    text: Mapped[str]
    #: Set if the meeting did not reach it or deferred it.
    set_aside: Mapped[SetAside | None] = mapped_column(codes(SetAside, "set_aside"))
    #: The item of an earlier meeting that is continued here; each item is carried over once.
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), unique=True)
    #: The earlier meeting that its text names, if planning wrote it: «Approval of the minutes of …».
    about_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    #: The meetings on whose agenda it first stood, and stood last: known also when it is taken off there.
    origin_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), sort_order=1)
    carried_from_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), sort_order=2)

    meeting: Mapped[Meeting] = relationship(back_populates="agenda", foreign_keys=[meeting_id], lazy="raise_on_sql")

    @property
    def repeats(self) -> bool:
        """Whether its text comes from another meeting, which may be secret."""
        return any(getattr(self, name) for name in self.SOURCES)

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """Where both its meeting and the meetings its text comes from are visible."""
        sources = [getattr(cls, name) for name in cls.SOURCES]
        return and_(
            is_seen(Meeting, cls.meeting_id), *(or_(source.is_(None), is_seen(Meeting, source)) for source in sources)
        )


class Attendance(_PartOfMeeting, Versioned, Model):
    """A row of the attendance list: a person, a post, or both, as on the day."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint(
            "person_id IS NOT NULL OR position_id IS NOT NULL OR post_as_written IS NOT NULL", name="somebody"
        ),
        Index(
            "ix_attendance_one_chair",
            "meeting_id",
            unique=True,
            sqlite_where=text("role = 'chair'"),
            postgresql_where=text("role = 'chair'"),
        ),
        Index("ix_attendance_meeting", "meeting_id", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    place: Mapped[str] = mapped_column(PlaceText)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"), index=True)
    #: The title of the post on that day; not changed when the post is renamed later.
    post_as_written: Mapped[str | None]
    role: Mapped[AttendanceRole] = mapped_column(codes(AttendanceRole, "role"), default=AttendanceRole.PARTICIPANT)
    status: Mapped[AttendanceStatus] = mapped_column(
        codes(AttendanceStatus, "status"), default=AttendanceStatus.PRESENT
    )
    #: Name of the representative.
    represented_by: Mapped[str | None]
    note: Mapped[str | None]
    #: The unit or outside body they came from, as written; if null, the unit of the post applies.
    unit_as_written: Mapped[str | None] = mapped_column(sort_order=1)
    #: When whom it names checked in by the code of the room, whatever the row says.
    checked_in_at: Mapped[datetime | None] = mapped_column(sort_order=2)

    meeting: Mapped[Meeting] = relationship(back_populates="attendance", lazy="raise_on_sql")
    person: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    position: Mapped[Position | None] = relationship(lazy="raise_on_sql")


statement_target = Table(
    "statement_target",
    Model.metadata,
    Column("statement_id", ForeignKey("statement.id"), primary_key=True),
    Column("target_id", ForeignKey("target.id"), primary_key=True, index=True),
)


class Statement(Classified, Versioned, Model):
    """A statement in a meeting: quote or gist, speaker, and the recorder's notes.

    It is as secret as its meeting, or as its own classification if that is higher.
    """

    __tablename__ = "statement"
    __table_args__ = (
        CheckConstraint("quote IS NOT NULL OR gist_id IS NOT NULL", name="says_something"),
        Index("ix_statement_meeting", "meeting_id", "place", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    #: Its order in the meeting, across agenda items; see `core.places`.
    place: Mapped[str] = mapped_column(PlaceText)
    kind: Mapped[StatementKind] = mapped_column(codes(StatementKind, "kind"))
    agenda_item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"))
    #: Direct speech, stored byte for byte.
    quote: Mapped[str | None]
    gist_id: Mapped[str | None]
    gist_en: Mapped[str | None]
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("attendance.id"), index=True)
    #: The speaker, if it is no attendee: «narasi Humas».
    speaker_note: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    #: The meeting where it was originally said, if it was relayed.
    origin_meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    origin_note: Mapped[str | None]
    has_sic: Mapped[bool] = mapped_column(default=False)
    recorder_note: Mapped[str | None]
    #: Set when it was removed from the minutes; its proposals and actions stay, and it can be restored.
    removed_at: Mapped[datetime | None] = mapped_column(sort_order=1)
    #: The statement above into which it was joined; this one is then removed.
    joined_into_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"))

    meeting: Mapped[Meeting] = relationship(back_populates="statements", foreign_keys=[meeting_id], lazy="raise_on_sql")
    origin_meeting: Mapped[Meeting | None] = relationship(foreign_keys=[origin_meeting_id], lazy="raise_on_sql")
    agenda_item: Mapped[AgendaItem | None] = relationship(lazy="raise_on_sql")
    speaker: Mapped[Attendance | None] = relationship(lazy="raise_on_sql")
    proposal_links: Mapped[list["StatementProposal"]] = relationship(
        back_populates="statement", order_by="StatementProposal.proposal_id", lazy="raise_on_sql"
    )
    targets: Mapped[list[Target]] = relationship(secondary=statement_target, lazy="raise_on_sql")
    action_links: Mapped[list["StatementAction"]] = relationship(
        back_populates="statement", order_by="StatementAction.action_id", lazy="raise_on_sql"
    )
    meeting_links: Mapped[list["StatementMeeting"]] = relationship(
        back_populates="statement", order_by="StatementMeeting.meeting_id", lazy="raise_on_sql"
    )
    repeats: Mapped[list["StatementRepeat"]] = relationship(lazy="raise_on_sql")
    #: Where it was read, if it was read in a text.
    source: Mapped["StatementSource | None"] = relationship(back_populates="statement", lazy="raise_on_sql")

    @classmethod
    def is_known_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        """Those to whom the meeting is known. Uses an alias, as `is_seen` does."""
        meeting = aliased(Meeting)
        return exists().where(meeting.id == cls.meeting_id, meeting.is_known_to(viewer))

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        """Hidden whenever its meeting, or a row whose text it repeats, is hidden; even if classified later."""
        return and_(is_seen(Meeting, cls.meeting_id), is_cleared(cls), REPEATS_ONLY_WHAT_IS_SEEN.of(cls.id))


class StatementRepeat(PartOfClassified, Model):
    """An action or proposal whose text a statement repeats: the statement is visible only where all of them are.

    Stored with the statement; editing the statement's links does not change it.
    """

    __tablename__ = "statement_repeat"
    __table_args__ = (
        CheckConstraint("(action_id IS NULL) <> (proposal_id IS NULL)", name="one_thing"),
        UniqueConstraint("statement_id", "action_id"),
        UniqueConstraint("statement_id", "proposal_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"))
    action_id: Mapped[int | None] = mapped_column(ForeignKey("action_item.id"), index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id"), index=True)

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Statement, cls.statement_id)


def _repeats_only_what_is_seen(_: type[Statement], statement_id: Any) -> Any:
    """Compares a count with 0, so that PostgreSQL uses the index; with NOT EXISTS it may read all repeats."""
    repeat = StatementRepeat.__table__.alias()
    is_open = is_one_seen((ActionItem, repeat.c.action_id), (Proposal, repeat.c.proposal_id))
    hidden = select(func.count()).where(
        repeat.c.statement_id == statement_id, func.coalesce(is_open, false()).is_(False)
    )
    return select(hidden.scalar_subquery() == 0)


REPEATS_ONLY_WHAT_IS_SEEN = MadeOnce("repeats_only_what_is_seen", _repeats_only_what_is_seen)


class StatementSource(PartOfClassified, Model):
    """The place in a source at which a statement was read. The source is a file of the meeting with this digest."""

    __tablename__ = "statement_source"
    __table_args__ = (CheckConstraint("start >= 0 AND line > 0", name="is_a_place"),)

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    #: SHA-256 digest of the file, in hexadecimal.
    mark: Mapped[str]
    #: Where its words begin in the plain text of the file, and how many signs they have.
    start: Mapped[int]
    length: Mapped[int]
    line: Mapped[int]
    page: Mapped[int | None]
    second: Mapped[int | None]

    statement: Mapped[Statement] = relationship(back_populates="source", lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Statement, cls.statement_id)


class StatementProposal(PartOfClassified, Model):
    __tablename__ = "statement_proposal"

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"), primary_key=True, index=True)
    bearing: Mapped[Bearing] = mapped_column(codes(Bearing, "bearing"))

    statement: Mapped[Statement] = relationship(back_populates="proposal_links", lazy="raise_on_sql")
    proposal: Mapped[Proposal] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Statement, cls.statement_id) & is_seen(Proposal, cls.proposal_id)


class StatementAction(PartOfClassified, Model):
    __tablename__ = "statement_action"

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    action_id: Mapped[int] = mapped_column(ForeignKey("action_item.id"), primary_key=True, index=True)

    statement: Mapped[Statement] = relationship(back_populates="action_links", lazy="raise_on_sql")
    action: Mapped[ActionItem] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Statement, cls.statement_id) & is_seen(ActionItem, cls.action_id)


class StatementMeeting(PartOfClassified, Model):
    __tablename__ = "statement_meeting"

    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), primary_key=True, index=True)

    statement: Mapped[Statement] = relationship(back_populates="meeting_links", lazy="raise_on_sql")
    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    @classmethod
    def is_open_to_viewer(cls) -> ColumnElement[bool]:
        return is_seen(Statement, cls.statement_id) & is_seen(Meeting, cls.meeting_id)
