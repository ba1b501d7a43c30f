"""Questions of the outbox, and of what each mail tells: those are asked as its reader, not as the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.models import Account
from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.history.models import Event
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole
from tracker.notices.models import Notice
from tracker.notices.rules import NoticeKind, NoticeState
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal

WEEK = timedelta(days=7)

Item = TypeVar("Item", ActionItem, Proposal)


@dataclass(frozen=True)
class Digest:
    """A reader's week. Items above ordinary are in `hidden` only, as a number: mail travels in the open."""

    overdue: Sequence[ActionItem]
    due_soon: Sequence[ActionItem]
    moved: Sequence[Proposal]
    hidden: int

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.overdue or self.due_soon or self.moved or self.hidden)


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


def digest_of(person_id: int | None, today: date) -> Digest:
    """What waits for a person, and what moved in the past seven days."""
    mine = actions.of_pic(person_id) if person_id else []
    proposed = proposals.of_person(person_id) if person_id else []
    moved_ids = set(
        db.session.scalars(
            select(Event.subject_id).where(
                Event.subject == "proposal", Event.subject_id.in_([one.id for one in proposed]),
                Event.to_state.is_not(None), Event.from_state.is_not(None), Event.on > today - WEEK,
            )
        )
    )  # fmt: skip
    late = [one for one in mine if one.is_overdue(today)]
    until = actions.soon_until(today)
    soon = [one for one in mine if one.is_due_soon(today, until)]
    moved = [one for one in proposed if one.id in moved_ids]
    overdue, due_soon, told = _open(late), _open(soon), _open(moved)
    hidden = len(late) + len(soon) + len(moved) - len(overdue) - len(due_soon) - len(told)
    return Digest(overdue=overdue, due_soon=due_soon, moved=told, hidden=hidden)


def _open(rows: Sequence[Item]) -> list[Item]:
    return [row for row in rows if row.classification is Classification.ORDINARY]


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
