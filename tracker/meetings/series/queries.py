"""Queries for series: the neighbours of a meeting, and what earlier meetings left open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from tracker.actions.models import ActionItem
from tracker.actions.rules import OPEN as OPEN_ACTIONS
from tracker.core.copies import as_shown
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.wording import in_words
from tracker.meetings.models import AgendaItem, Meeting
from tracker.meetings.series.models import MeetingSeries, SeriesMeeting
from tracker.proposals.models import Proposal
from tracker.proposals.rules import OPEN as OPEN_PROPOSALS


@dataclass(frozen=True)
class Place:
    series: MeetingSeries
    previous: Meeting | None
    following: Sequence[Meeting]


@dataclass(frozen=True)
class OpenItems:
    proposals: Sequence[Proposal] = ()
    actions: Sequence[ActionItem] = ()

    def __len__(self) -> int:
        return len(self.proposals) + len(self.actions)


@dataclass(frozen=True)
class UnfinishedItem:
    item: AgendaItem
    #: The meeting it was carried over to.
    to: Meeting | None


def membership(meeting_id: int) -> SeriesMeeting | None:
    loaded = (joinedload(SeriesMeeting.series), joinedload(SeriesMeeting.previous))
    return db.session.scalar(select(SeriesMeeting).filter_by(meeting_id=meeting_id).options(*loaded))


def place_of(meeting_id: int) -> Place | None:
    own = membership(meeting_id)
    if own is None:
        return None
    query = select(Meeting).join(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
    query = query.where(SeriesMeeting.previous_id == meeting_id).order_by(Meeting.date, Meeting.id)
    return Place(own.series, own.previous, db.session.scalars(query).all())


def series_choices() -> list[tuple[int, str]]:
    rows = db.session.scalars(select(MeetingSeries).order_by(as_shown(MeetingSeries.name_id), MeetingSeries.id))
    return [(row.id, in_words(row, "name")) for row in rows]


def neighbours(series_id: int, meeting: Meeting) -> tuple[SeriesMeeting | None, SeriesMeeting | None]:
    """The meetings before and after which this one would come in the series."""
    query = select(SeriesMeeting).filter_by(series_id=series_id).join(SeriesMeeting.meeting)
    places = db.session.scalars(
        query.options(selectinload(SeriesMeeting.meeting)).order_by(Meeting.date, Meeting.id)
    ).all()
    own = (meeting.date, meeting.id)
    before = [place for place in places if (place.meeting.date, place.meeting_id) < own]
    return (before[-1] if before else None), (places[len(before)] if len(before) < len(places) else None)


def followers(meeting_id: int) -> Sequence[SeriesMeeting]:
    return db.session.scalars(select(SeriesMeeting).filter_by(previous_id=meeting_id)).all()


def is_empty(series_id: int) -> bool:
    """Whether the series has no meetings, not even hidden ones."""
    places = SeriesMeeting.__table__  # the table itself, without visibility criteria
    return db.session.scalar(select(places.c.meeting_id).where(places.c.series_id == series_id).limit(1)) is None


def series(series_id: int, *, to_change: bool = False) -> MeetingSeries:
    query = select(MeetingSeries).filter_by(id=series_id)
    row = db.session.scalar(query.with_for_update() if to_change else query)
    if row is None:
        raise NotFound
    return row


def meetings_of(series_id: int) -> Sequence[Meeting]:
    query = select(Meeting).join(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
    return db.session.scalars(
        query.where(SeriesMeeting.series_id == series_id).order_by(Meeting.date.desc(), Meeting.id.desc())
    ).all()


def unfinished_items(series_id: int) -> list[UnfinishedItem]:
    """Agenda items of the series that were set aside or carried over, those of the newest meeting first."""
    continued = aliased(AgendaItem)
    of_series = select(SeriesMeeting.meeting_id).where(SeriesMeeting.series_id == series_id)
    query = (
        select(AgendaItem, continued)
        .join(AgendaItem.meeting)
        .outerjoin(continued, continued.carried_from_id == AgendaItem.id)
        .where(AgendaItem.meeting_id.in_(of_series), or_(AgendaItem.set_aside.is_not(None), continued.id.is_not(None)))
        .options(contains_eager(AgendaItem.meeting), selectinload(continued.meeting))
        .order_by(Meeting.date.desc(), Meeting.id.desc(), AgendaItem.place)
    )
    return [UnfinishedItem(item, later.meeting if later else None) for item, later in db.session.execute(query)]


def open_items(meeting: Meeting) -> OpenItems:
    own = membership(meeting.id)
    if own is None:
        return OpenItems()
    earlier = [row.id for row in meetings_of(own.series_id) if (row.date, row.id) < (meeting.date, meeting.id)]
    raised = select(Proposal.id).where(Proposal.raised_in_id.in_(earlier))
    proposals = (
        select(Proposal)
        .where(Proposal.raised_in_id.in_(earlier), Proposal.status.in_(OPEN_PROPOSALS))
        .options(selectinload(Proposal.responsible_unit))
    )
    actions = (
        select(ActionItem)
        .where(
            or_(ActionItem.proposal_id.in_(raised), ActionItem.meeting_id.in_(earlier)),
            or_(ActionItem.meeting_id.is_(None), ActionItem.meeting_id != meeting.id),
            ActionItem.status.in_(OPEN_ACTIONS),
        )
        .options(selectinload(ActionItem.pic), selectinload(ActionItem.responsible_unit))
    )
    return OpenItems(
        db.session.scalars(proposals.order_by(Proposal.id)).all(),
        db.session.scalars(actions.order_by(ActionItem.due_on.is_(None), ActionItem.due_on, ActionItem.id)).all(),
    )
