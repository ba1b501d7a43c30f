"""Queries for the outbox and its recipients, and for the content of mails. The latter run as the reader."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, null, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.accounts.models import Account
from tracker.accounts.queries import as_actor
from tracker.actions import queries as actions
from tracker.actions.changes.models import DueDateRequest, Escalation
from tracker.actions.changes.rules import RequestState
from tracker.actions.models import ActionItem
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event, Involvement
from tracker.audit.queries import events_about
from tracker.audit.rules import Part
from tracker.classification.queries import is_mailable
from tracker.core import clock
from tracker.core.actor import Actor, acting
from tracker.core.clock import day_at
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.paging import Page, page_of
from tracker.core.visibility import unrestricted
from tracker.inbox import queries as inbox
from tracker.inbox.rules import Matter
from tracker.meetings.invitations.models import Invitation
from tracker.meetings.models import Attendance, Meeting
from tracker.meetings.rules import AttendanceRole
from tracker.notifications.models import Notice
from tracker.notifications.rules import NoticeKind, NoticeState
from tracker.people.models import Person, PositionHolding
from tracker.people.queries import covers_day
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import AWAITING_DECISION
from tracker.reply_links import queries as reply_links
from tracker.status.follows import queries as follows

WEEK = timedelta(days=7)

#: Most items per kind in a mail; the page shows the rest.
MOST_OF_KIND = 20
#: Routine events of the secretariat that are no news.
_ROUTINE = frozenset({"reviewed_goes_on"})

Item = TypeVar("Item", bound=ActionItem | Proposal)


#: (subject id, account id, person id) of those who get a mail about a subject: an account, or a person without one.
Recipients = Select[Any, int | None, int | None]


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody who is reached by mail."""

    name: str
    email: str
    #: None for a person without an account.
    account: Account | None = None
    person_id: int | None

    @classmethod
    def of_account(cls, account: Account) -> "Recipient":
        """The roles must be loaded."""
        return cls(name=account.display_name, email=account.email or "", account=account, person_id=account.person_id)

    @property
    def language(self) -> str | None:
        """None: that of the office."""
        return self.account.language if self.account else None

    @property
    def actor(self) -> Actor:
        """With whose eyes the mail is written. Without an account: no roles, no clearance, nobody in the register."""
        return as_actor(self.account) if self.account else Actor(account_id=None, name=self.name)


@dataclass(frozen=True)
class News:
    """Events of the past week by others, about one item that the reader proposed, follows or is in charge of."""

    subject: follows.Subject
    events: Sequence[Event]


@dataclass(frozen=True)
class Digest:
    """A reader's week. Classified items are only counted, in `hidden`, because mail is not encrypted."""

    news: Sequence[News]
    waiting: Sequence[inbox.Group]
    due_soon: Sequence[ActionItem]
    #: The reader's items that wait for somebody else: a verifier, an answer, a decision.
    with_others: Sequence[ActionItem | Proposal]
    hidden: int

    def __bool__(self) -> bool:
        """Whether a mail is worth sending. Items that wait for others are no reason."""
        return bool(self.news or self.waiting or self.due_soon or self.hidden)

    @property
    def waiting_count(self) -> int:
        return sum(group.count for group in self.waiting)


def next_due(at: datetime) -> Notice | None:
    is_free = or_(Notice.taken_until.is_(None), Notice.taken_until < at)
    due = select(Notice).where(Notice.state == NoticeState.WAITING, Notice.due_at <= at, is_free)
    return db.session.scalar(due.order_by(Notice.due_at, Notice.id).limit(1).with_for_update(skip_locked=True))


def recipient(notice: Notice) -> Recipient | None:
    """To whom the mail goes now; None if they can no longer be reached that way."""
    if notice.account_id is None:
        return reached([notice.person_id or 0]).get(notice.person_id or 0)
    account = db.session.get_one(Account, notice.account_id, options=[selectinload(Account.roles)])
    return Recipient.of_account(account) if account.is_active and account.email else None


def reached(person_ids: Collection[int]) -> dict[int, Recipient]:
    """How each of these persons is reached by mail; those who cannot be are left out.

    Their active account, if it has an address: then they read it with their own rights. Otherwise the address in the
    register, without any rights. A mail is to these persons, so it does not matter who may see their entry.
    """
    accounts = select(Account).where(
        Account.person_id.in_(person_ids), Account.is_active, Account.email.is_not(None)
    ).options(selectinload(Account.roles)).order_by(Account.id.desc())  # fmt: skip
    registered = select(Person.id, Person.full_name, Person.email).where(
        Person.id.in_(person_ids), Person.is_listed, Person.email.is_not(None)
    )
    with unrestricted():
        found = {
            number: Recipient(name=name, email=email or "", person_id=number)
            for number, name, email in db.session.execute(registered)
        }
        with_account = {account.person_id or 0: account for account in db.session.scalars(accounts)}
    return found | {number: Recipient.of_account(account) for number, account in with_account.items()}


def mailable(meeting: Meeting, person_ids: Collection[int]) -> dict[int, Recipient]:
    """Who of these may get mail about the meeting: an account has to see it; the others are just invited.

    Call it outside `unrestricted`.
    """
    return {number: to for number, to in reached(person_ids).items() if to.account is None or _sees(to, meeting)}


def _sees(to: Recipient, meeting: Meeting) -> bool:
    with acting(to.actor):
        return db.session.scalar(select(Meeting.id).filter_by(id=meeting.id)) is not None


def invitation_to_mail(invitation_id: int) -> Invitation | None:
    """Also to a meeting that its reader may not see: `mailable` says so."""
    with unrestricted():
        return db.session.get(Invitation, invitation_id, options=[joinedload(Invitation.meeting)])


def invited(invitation_ids: Sequence[int]) -> Recipients:
    """Those invited, whether or not they have an account."""
    return select(Invitation.id, null(), Invitation.person_id).where(Invitation.id.in_(invitation_ids))


def in_charge_of(action_ids: Sequence[int]) -> Recipients:
    """Those in charge: their account with an address, or themselves with the one in the register.

    Actions that are already finished are left out: they were recorded after they were done.
    """
    is_to_do = ActionItem.status.in_((ActionStatus.NOT_STARTED, ActionStatus.IN_PROGRESS))
    recipients = select(ActionItem.id, Account.id, _person_without_account()).select_from(ActionItem)
    recipients = recipients.join(Person, Person.id == ActionItem.pic_id).outerjoin(Account, _is_account_of_person())
    return recipients.where(ActionItem.id.in_(action_ids), is_to_do, _is_reached())


def finished_by_link(action_ids: Sequence[int]) -> Recipients:
    """Who reported by a link that these are finished, if that was the last such report."""
    reported = reply_links.last_finished(action_ids).subquery()
    recipients = select(reported.c.action_id, Account.id, _person_without_account()).select_from(reported)
    recipients = recipients.join(Person, Person.id == reported.c.person_id).outerjoin(Account, _is_account_of_person())
    return recipients.where(_is_reached())


def _is_account_of_person() -> ColumnElement[bool]:
    return and_(Account.person_id == Person.id, Account.is_active, Account.email.is_not(None))


def _person_without_account() -> ColumnElement[int | None]:
    return case((Account.id.is_(None), Person.id))


def _is_reached() -> ColumnElement[bool]:
    return or_(Account.id.is_not(None), and_(Person.is_listed, Person.email.is_not(None)))


def last_assigned(action_ids: Sequence[int]) -> Recipients:
    """Who last got a mail about an assignment, if it has been sent."""
    of_these = select(func.max(Notice.id)).where(Notice.kind == NoticeKind.ASSIGNED, Notice.subject_id.in_(action_ids))
    recipients = select(Notice.subject_id, Notice.account_id, Notice.person_id)
    recipients = recipients.outerjoin(Account, Account.id == Notice.account_id)
    recipients = recipients.outerjoin(Person, Person.id == Notice.person_id)
    is_account = and_(Account.is_active, Account.email.is_not(None))
    is_person = and_(Person.is_listed, Person.email.is_not(None))
    of_these = of_these.group_by(Notice.subject_id)
    return recipients.where(Notice.id.in_(of_these), Notice.state == NoticeState.SENT, or_(is_account, is_person))


def chairs_of(meeting_ids: Sequence[int]) -> Recipients:
    """Accounts with an address whose person chairs the meeting."""
    recipients = select(Attendance.meeting_id, Account.id, null()).join(
        Account, Account.person_id == Attendance.person_id
    )
    return recipients.where(
        Attendance.meeting_id.in_(meeting_ids), Attendance.role == AttendanceRole.CHAIR, Account.is_active,
        Account.email.is_not(None),
    )  # fmt: skip


def reachable(account_ids: Sequence[int]) -> Recipients:
    """These accounts, about themselves, as far as they have an address."""
    return select(Account.id, Account.id, null()).where(
        Account.id.in_(account_ids), Account.is_active, Account.email.is_not(None)
    )


def last_test_mail() -> Notice | None:
    query = select(Notice).filter_by(kind=NoticeKind.TEST).options(joinedload(Notice.account))
    return db.session.scalar(query.order_by(Notice.id.desc()).limit(1))


def digest_subscribers() -> Sequence[int]:
    query = select(Account.id).where(Account.is_active, Account.email.is_not(None), Account.wants_digest)
    return db.session.scalars(query.order_by(Account.id)).all()


def action(action_id: int) -> ActionItem | None:
    try:
        return actions.in_full(action_id)
    except NotFound:
        return None


def meeting(meeting_id: int) -> Meeting | None:
    return db.session.scalar(select(Meeting).filter_by(id=meeting_id))


def digest_of(reader: Actor, today: date) -> Digest:
    """What waits for the reader, what others did in the past seven days, and what waits for others."""
    mine = actions.of_pic(reader.person_id) if reader.person_id else []
    proposed = proposals.of_person(reader.person_id) if reader.person_id else []
    waiting = inbox.waiting_for(reader, MOST_OF_KIND)
    news = _news(reader, [*proposed, *mine], today)
    until = actions.soon_until(today)
    in_progress = [action for action in mine if action.status is not ActionStatus.AWAITING_VERIFICATION]
    soon = [action for action in in_progress if today < (action.due_on or today) <= until]
    with_others: list[ActionItem | Proposal] = [action for action in mine if action not in in_progress]
    with_others += [proposal for proposal in proposed if proposal.status in AWAITING_DECISION]
    groups = [_without_classified(group) for group in waiting]
    due_soon, open_news = _ordinary(soon), [item for item in news if is_mailable(item.subject)]
    secret = sum(group.count for group in waiting) - sum(group.count for group in groups)
    return Digest(
        news=open_news, waiting=[group for group in groups if group.rows], due_soon=due_soon,
        with_others=_ordinary(with_others), hidden=secret + len(soon) - len(due_soon) + len(news) - len(open_news),
    )  # fmt: skip


def _without_classified(group: inbox.Group) -> inbox.Group:
    rows = [row for row in group.rows if is_mailable(row.subject)]
    return inbox.Group(group.matter, group.count - (len(group.rows) - len(rows)), rows)


def _news(reader: Actor, own: Sequence[follows.Subject], today: date) -> list[News]:
    followed = [subject for _, subject in follows.followed_subjects(follows.follow_rows(reader).values())]
    subjects = {(subject.__tablename__, subject.id): subject for subject in [*own, *followed]}
    ids: dict[str, list[int]] = {}
    for table, row_id in subjects:
        ids.setdefault(table, []).append(row_id)
    events: dict[tuple[str, int], list[Event]] = {}
    for event in events_about(ids):
        is_by_others = event.by_account_id != reader.account_id
        is_new = day_at(event.at) > today - WEEK and is_by_others and not event.is_history
        if is_new and event.verb not in _ROUTINE:
            events.setdefault((event.subject, event.subject_id), []).append(event)
    return [News(subjects[key], events[key]) for key in events]


def _ordinary(rows: Sequence[Item]) -> list[Item]:
    return [row for row in rows if is_mailable(row)]


def answered_request(action_id: int, account_id: int | None) -> DueDateRequest | None:
    """`account_id` is None for what was requested by a link without an account."""
    answered = DueDateRequest.state.in_((RequestState.GRANTED, RequestState.REFUSED))
    query = select(DueDateRequest).where(
        DueDateRequest.action_id == action_id, DueDateRequest.by_account_id == account_id, answered
    )
    return db.session.scalar(query.order_by(DueDateRequest.answered_at.desc()).limit(1))


def last_requesters(action_ids: Sequence[int]) -> Recipients:
    """Whose request for another due date was answered last: an account, or the person in charge, by a link."""
    latest = select(func.max(DueDateRequest.id)).where(
        DueDateRequest.action_id.in_(action_ids), DueDateRequest.answered_at.is_not(None)
    )
    has_asked = exists().where(
        Involvement.subject == ActionItem.__tablename__, Involvement.subject_id == ActionItem.id,
        Involvement.part == Part.ASKED, Involvement.person_id == ActionItem.pic_id,
    )  # fmt: skip
    is_by_link = and_(Person.id == ActionItem.pic_id, DueDateRequest.by_account_id.is_(None), has_asked)
    is_person = and_(Person.is_listed, Person.email.is_not(None))
    is_account = and_(Account.id == DueDateRequest.by_account_id, Account.is_active, Account.email.is_not(None))
    recipients = select(DueDateRequest.action_id, Account.id, Person.id).join(DueDateRequest.action)
    recipients = recipients.outerjoin(Account, is_account).outerjoin(Person, and_(is_by_link, is_person))
    is_reached = or_(Account.id.is_not(None), Person.id.is_not(None))
    return recipients.where(DueDateRequest.id.in_(latest.group_by(DueDateRequest.action_id)), is_reached)


def escalated_to(owner: Any) -> Callable[[Sequence[int]], Recipients]:
    """To whom it was escalated last: the person, or those who hold the post today."""

    def readers(subject_ids: Sequence[int]) -> Recipients:
        latest = select(func.max(Escalation.id)).where(owner.in_(subject_ids)).group_by(owner)
        holds = exists().where(
            PositionHolding.position_id == Escalation.position_id, PositionHolding.person_id == Account.person_id,
            covers_day(clock.today()),
        )  # fmt: skip
        is_target = or_(Account.person_id == Escalation.person_id, holds)
        recipients = select(owner, Account.id, null()).join(Account, is_target)
        return recipients.where(Escalation.id.in_(latest), Account.is_active, Account.email.is_not(None))

    return readers


def escalation_to_answer(reader: Actor, table: str, row_id: int) -> inbox.Waiting | None:
    groups = inbox.waiting_for(reader, MOST_OF_KIND)
    rows = [row for group in groups if group.matter is Matter.ESCALATION for row in group.rows]
    return next((row for row in rows if (row.subject.__tablename__, row.subject.id) == (table, row_id)), None)


def matching(state: NoticeState | None, bookmark: str | None) -> Page[Notice]:
    query = select(Notice).options(joinedload(Notice.account), joinedload(Notice.person))
    if state:
        query = query.where(Notice.state == state)
    return page_of(query.order_by(Notice.id.desc()), bookmark)


def dead(notice_id: int) -> Notice:
    query = select(Notice).filter_by(id=notice_id, state=NoticeState.DEAD)
    notice = db.session.scalar(query.with_for_update(of=Notice))
    if notice is None:
        raise NotFound
    return notice
