"""Questions about series: a meeting's neighbours, and what earlier meetings left open."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, contains_eager, selectinload

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
    """A meeting among its neighbours."""

    series: MeetingSeries
    previous: Meeting | None
    following: Sequence[Meeting]


@dataclass(frozen=True)
class OpenItems:
    """What the earlier meetings of a series left open."""

    proposals: Sequence[Proposal] = ()
    actions: Sequence[ActionItem] = ()

    def __len__(self) -> int:
        """How many there are."""
        return len(self.proposals) + len(self.actions)


@dataclass(frozen=True)
class LeftOver:
    """An agenda item that a meeting did not finish, and where it goes on, if anywhere."""

    item: AgendaItem
    #: The meeting that goes on with it.
    to: Meeting | None


def membership(meeting_id: int) -> SeriesMeeting | None:
    """The place of a meeting in its series, if it has one."""
    loaded = (selectinload(SeriesMeeting.series), selectinload(SeriesMeeting.previous))
    return db.session.scalar(select(SeriesMeeting).filter_by(meeting_id=meeting_id).options(*loaded))


def place_of(meeting_id: int) -> Place | None:
    """A meeting among its neighbours, where it belongs to a series."""
    mine = membership(meeting_id)
    if mine is None:
        return None
    after = select(Meeting).join(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
    question = after.where(SeriesMeeting.previous_id == meeting_id).order_by(Meeting.date, Meeting.id)
    return Place(mine.series, mine.previous, db.session.scalars(question).all())


def series_choices() -> list[tuple[int, str]]:
    """Every series one may see, by name."""
    found = db.session.scalars(select(MeetingSeries).order_by(as_shown(MeetingSeries.name_id), MeetingSeries.id))
    return [(one.id, in_words(one, "name")) for one in found]


def neighbours(series_id: int, meeting: Meeting) -> tuple[SeriesMeeting | None, SeriesMeeting | None]:
    """The places right before and right after a meeting, were it in the series."""
    question = select(SeriesMeeting).filter_by(series_id=series_id).join(SeriesMeeting.meeting)
    places = db.session.scalars(
        question.options(selectinload(SeriesMeeting.meeting)).order_by(Meeting.date, Meeting.id)
    ).all()
    mine = (meeting.date, meeting.id)
    before = [one for one in places if (one.meeting.date, one.meeting_id) < mine]
    return (before[-1] if before else None), (places[len(before)] if len(before) < len(places) else None)


def followers(meeting_id: int) -> Sequence[SeriesMeeting]:
    """The places of the meetings that follow a meeting."""
    return db.session.scalars(select(SeriesMeeting).filter_by(previous_id=meeting_id)).all()


def is_empty(series_id: int) -> bool:
    """Whether no meeting belongs to a series any more, neither one that may be seen nor another."""
    places = SeriesMeeting.__table__  # the table itself: a series with meetings that are closed to one is not empty
    return db.session.scalar(select(places.c.meeting_id).where(places.c.series_id == series_id).limit(1)) is None


def series(series_id: int, *, to_change: bool = False) -> MeetingSeries:
    """One series."""
    question = select(MeetingSeries).filter_by(id=series_id)
    found = db.session.scalar(question.with_for_update() if to_change else question)
    if found is None:
        raise NotFound
    return found


def meetings_of(series_id: int) -> Sequence[Meeting]:
    """The meetings of a series, newest first."""
    question = select(Meeting).join(SeriesMeeting, SeriesMeeting.meeting_id == Meeting.id)
    return db.session.scalars(
        question.where(SeriesMeeting.series_id == series_id).order_by(Meeting.date.desc(), Meeting.id.desc())
    ).all()


def left_over_in(series_id: int) -> list[LeftOver]:
    """The agenda items that meetings of a series set aside or handed on, those of the newest meeting first."""
    onward = aliased(AgendaItem)
    of_series = select(SeriesMeeting.meeting_id).where(SeriesMeeting.series_id == series_id)
    question = (
        select(AgendaItem, onward)
        .join(AgendaItem.meeting)
        .outerjoin(onward, onward.carried_from_id == AgendaItem.id)
        .where(AgendaItem.meeting_id.in_(of_series), or_(AgendaItem.set_aside.is_not(None), onward.id.is_not(None)))
        .options(contains_eager(AgendaItem.meeting), selectinload(onward.meeting))
        .order_by(Meeting.date.desc(), Meeting.id.desc(), AgendaItem.place)
    )
    return [LeftOver(item, later.meeting if later else None) for item, later in db.session.execute(question)]


def open_items(meeting: Meeting) -> OpenItems:
    """Proposals and actions of the series' earlier meetings that nobody has finished or closed."""
    mine = membership(meeting.id)
    if mine is None:
        return OpenItems()
    earlier = [one.id for one in meetings_of(mine.series_id) if (one.date, one.id) < (meeting.date, meeting.id)]
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
