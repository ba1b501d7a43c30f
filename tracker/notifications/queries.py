"""Questions of the outbox, and of what each mail tells: those are asked as its reader, not as the worker."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.models import Account
from tracker.actions import queries as actions
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.changes.rules import RequestState
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.audit.queries import events_about
from tracker.core import clock
from tracker.core.actor import Actor, Classification
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.inbox import queries as inbox
from tracker.inbox.rules import Matter
from tracker.meetings import queries as meetings
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeKind, NoticeState
from tracker.people.models import PositionHolding
from tracker.people.queries import covers_day
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import AWAITING_DECISION
from tracker.status.follows import queries as follows

WEEK = timedelta(days=7)

#: Of each kind that waits; the page of all has the rest.
MOST_OF_KIND = 20
#: What happens at the desk of the secretariat and is no news to anybody.
_NO_NEWS = frozenset({"reviewed_goes_on"})

Item = TypeVar("Item", bound=ActionItem | Proposal)


@dataclass(frozen=True)
class News:
    """What others did in the past week to one matter of the reader: proposed, followed, or in the reader's charge."""

    thing: follows.Thing
    events: Sequence[Event]


@dataclass(frozen=True)
class Digest:
    """A reader's week. Matters above ordinary are in `hidden` only, as a number: mail travels in the open."""

    news: Sequence[News]
    waiting: Sequence[inbox.Group]
    due_soon: Sequence[ActionItem]
    #: Own matters that wait for somebody else: a verifier, an answer, a decision.
    with_others: Sequence[ActionItem | Proposal]
    hidden: int

    def __bool__(self) -> bool:
        """Whether there is anything to tell; what waits for others is no reason for a mail."""
        return bool(self.news or self.waiting or self.due_soon or self.hidden)

    @property
    def waiting_count(self) -> int:
        """How much waits for the reader."""
        return sum(group.count for group in self.waiting)


def next_due(at: datetime) -> Notice | None:
    """The notice to send now, locked so that no second worker takes it."""
    is_free = or_(Notice.taken_until.is_(None), Notice.taken_until < at)
    due = select(Notice).where(Notice.state == NoticeState.WAITING, Notice.due_at <= at, is_free)
    return db.session.scalar(due.order_by(Notice.due_at, Notice.id).limit(1).with_for_update(skip_locked=True))


def reader(notice: Notice) -> Account:
    """The account a notice is for, with its roles."""
    return db.session.scalars(
        select(Account).filter_by(id=notice.account_id).options(selectinload(Account.roles))
    ).one()


def in_charge_of(action_ids: Sequence[int]) -> Select[int, int]:
    """(action, account) for each account whose person is in charge and which has an address.

    Nobody is told of what is finished already: it was recorded later than it was done.
    """
    reached = select(ActionItem.id, Account.id).join(Account, Account.person_id == ActionItem.pic_id)
    is_to_do = ActionItem.status.in_((ActionStatus.NOT_STARTED, ActionStatus.IN_PROGRESS))
    return reached.where(ActionItem.id.in_(action_ids), is_to_do, Account.is_active, Account.email.is_not(None))


def told_last_of(action_ids: Sequence[int]) -> Select[int | None, int]:
    """(action, account) for the account that was mailed last that it is in charge; not where that mail still waits."""
    of_these = select(func.max(Notice.id)).where(Notice.kind == NoticeKind.ASSIGNED, Notice.subject_id.in_(action_ids))
    told = select(Notice.subject_id, Notice.account_id).join(Account, Account.id == Notice.account_id)
    return told.where(
        Notice.id.in_(of_these.group_by(Notice.subject_id)), Notice.state == NoticeState.SENT, Account.is_active,
        Account.email.is_not(None),
    )  # fmt: skip


def chairing(meeting_ids: Sequence[int]) -> Select[int, int]:
    """(meeting, account) for each account whose person chairs the meeting and which has an address."""
    reached = select(Attendance.meeting_id, Account.id).join(Account, Account.person_id == Attendance.person_id)
    return reached.where(
        Attendance.meeting_id.in_(meeting_ids), Attendance.role == AttendanceRole.CHAIR, Account.is_active,
        Account.email.is_not(None),
    )  # fmt: skip


def reached(account_ids: Sequence[int]) -> Select[int, int]:
    """(account, the same account) for each that has an address."""
    return select(Account.id, Account.id).where(
        Account.id.in_(account_ids), Account.is_active, Account.email.is_not(None)
    )


def wanting_digest() -> Sequence[int]:
    """The accounts that get the weekly digest."""
    wanted = select(Account.id).where(Account.is_active, Account.email.is_not(None), Account.wants_digest)
    return db.session.scalars(wanted.order_by(Account.id)).all()


def action(action_id: int) -> ActionItem | None:
    """The action a mail is about, if its reader may see it now."""
    try:
        return actions.in_full(action_id)
    except NotFound:
        return None


def meeting(meeting_id: int) -> Meeting | None:
    """The meeting a mail is about, if its reader may see it now."""
    return db.session.scalar(select(Meeting).filter_by(id=meeting_id))


def digest_of(reader: Actor, today: date) -> Digest:
    """What waits for the reader, what others did in the past seven days, and what waits for others."""
    mine = actions.of_pic(reader.person_id) if reader.person_id else []
    proposed = proposals.of_person(reader.person_id) if reader.person_id else []
    waiting = inbox.waiting_for(reader, MOST_OF_KIND)
    news = _news(reader, [*proposed, *mine], today)
    until = actions.soon_until(today)
    at_work = [one for one in mine if one.status is not ActionStatus.AWAITING_VERIFICATION]
    soon = [one for one in at_work if today < (one.due_on or today) <= until]
    with_others: list[ActionItem | Proposal] = [one for one in mine if one not in at_work]
    with_others += [one for one in proposed if one.status in AWAITING_DECISION]
    groups = [_in_the_open(group) for group in waiting]
    told, open_news = _ordinary(soon), [one for one in news if may_travel(one.thing)]
    secret = sum(group.count for group in waiting) - sum(group.count for group in groups)
    return Digest(
        news=open_news, waiting=[group for group in groups if group.rows], due_soon=told,
        with_others=_ordinary(with_others), hidden=secret + len(soon) - len(told) + len(news) - len(open_news),
    )  # fmt: skip


def _in_the_open(group: inbox.Group) -> inbox.Group:
    """The group without what may not travel in a mail."""
    rows = [row for row in group.rows if may_travel(row.subject)]
    return inbox.Group(group.matter, group.count - (len(group.rows) - len(rows)), rows)


def _news(reader: Actor, own: Sequence[follows.Thing], today: date) -> list[News]:
    """What others did since a week ago to what the reader proposed, is in charge of, or follows."""
    followed = [thing for _, thing in follows.followed(follows.all_kept(reader).values())]
    things = {(one.__tablename__, one.id): one for one in [*own, *followed]}
    numbers: dict[str, list[int]] = {}
    for table, number in things:
        numbers.setdefault(table, []).append(number)
    found: dict[tuple[str, int], list[Event]] = {}
    for event in events_about(numbers):
        is_new = day_at(event.at) > today - WEEK and event.by_account_id != reader.account_id
        if is_new and event.verb not in _NO_NEWS:
            found.setdefault((event.subject, event.subject_id), []).append(event)
    return [News(things[key], events) for key, events in found.items()]


def may_travel(thing: object) -> bool:
    """Whether a mail may tell it: mail travels in the open, also to those who see more. So does the name it has."""
    level: Classification = getattr(thing, "classification", Classification.ORDINARY)
    if isinstance(thing, Meeting) and thing.named_after_id:
        level = meetings.levels_of_names([thing.id])[thing.id]
    return level is Classification.ORDINARY


def _ordinary(rows: Sequence[Item]) -> list[Item]:
    return [row for row in rows if may_travel(row)]


def answered_request(action_id: int, account_id: int) -> DueDateRequest | None:
    """The request of this account that was answered last."""
    answered = DueDateRequest.state.in_((RequestState.GRANTED, RequestState.REFUSED))
    question = select(DueDateRequest).where(
        DueDateRequest.action_id == action_id, DueDateRequest.by_account_id == account_id, answered
    )
    return db.session.scalar(question.order_by(DueDateRequest.answered_at.desc()).limit(1))


def asking_last(action_ids: Sequence[int]) -> Select[int, int]:
    """(action, account) for the account whose request for another date was answered last."""
    latest = select(func.max(DueDateRequest.id)).where(
        DueDateRequest.action_id.in_(action_ids), DueDateRequest.answered_at.is_not(None)
    )
    asked = select(DueDateRequest.action_id, Account.id).join(Account, Account.id == DueDateRequest.by_account_id)
    return asked.where(
        DueDateRequest.id.in_(latest.group_by(DueDateRequest.action_id)), Account.is_active, Account.email.is_not(None)
    )


def escalated_to(owner: Any) -> Callable[[Sequence[int]], Select[Any, int]]:
    """(thing, account) for those before whom it was brought last: the person, or those who hold the post today."""

    def readers(thing_ids: Sequence[int]) -> Select[Any, int]:
        latest = select(func.max(Escalation.id)).where(owner.in_(thing_ids)).group_by(owner)
        holds = exists().where(
            PositionHolding.position_id == Escalation.position_id, PositionHolding.person_id == Account.person_id,
            covers_day(clock.today()),
        )  # fmt: skip
        to_whom = or_(Account.person_id == Escalation.person_id, holds)
        reached = select(owner, Account.id).join(Account, to_whom)
        return reached.where(Escalation.id.in_(latest), Account.is_active, Account.email.is_not(None))

    return readers


def escalation_to_answer(reader: Actor, thing: str, thing_id: int) -> inbox.Waiting | None:
    """The escalation of this action or proposal that waits for the reader, if it still does."""
    groups = inbox.waiting_for(reader, MOST_OF_KIND)
    rows = [row for group in groups if group.matter is Matter.ESCALATION for row in group.rows]
    return next((row for row in rows if (row.subject.__tablename__, row.subject.id) == (thing, thing_id)), None)


def matching(state: NoticeState | None, bookmark: str | None) -> Page[Notice]:
    """The outbox, newest first."""
    question = select(Notice).options(joinedload(Notice.account))
    if state:
        question = question.where(Notice.state == state)
    return page_of(question.order_by(Notice.id.desc()), bookmark)


def dead(notice_id: int) -> Notice:
    """A notice that was given up, to try it once more."""
    found = db.session.scalar(select(Notice).filter_by(id=notice_id, state=NoticeState.DEAD).with_for_update(of=Notice))
    if found is None:
        raise NotFound
    return found
