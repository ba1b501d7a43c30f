"""Questions about secrecy: what is to be classified, what came of it, who was let in."""

from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from tracker.accounts.models import Account, Grant
from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.attachments.models import Attachment
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings import queries as meetings
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal
from tracker.meetings.rules import Bearing
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal
from tracker.secrecy import policy

Thing = Meeting | Statement | Proposal | ActionItem | Attachment
#: By the name in the address.
KINDS: dict[str, Callable[..., Thing]] = {
    "meetings": meetings.meeting,
    "statements": meetings.statement,
    "proposals": proposals.in_full,
    "actions": actions.in_full,
    "attachments": attachments.attachment,
}


def thing(kind: str, number: int, *, to_change: bool = False) -> Thing:
    """What the address names, where it is open to the viewer."""
    if kind not in KINDS:
        raise NotFound
    return KINDS[kind](number, to_change=to_change)


def told_on(thing: Thing) -> Meeting | Proposal | ActionItem:
    """The thing whose page and history tell of it: a statement's meeting, an attachment's owner."""
    if isinstance(thing, Statement):
        return thing.meeting
    return thing.parent if isinstance(thing, Attachment) else thing


def came_of(thing: Thing) -> Sequence[Proposal | ActionItem]:
    """The proposals and actions that came of a meeting, a statement or a proposal; only inside `unrestricted`."""
    if isinstance(thing, ActionItem | Attachment):
        return []
    said = select(Statement.id).where(
        Statement.meeting_id == thing.id if isinstance(thing, Meeting) else Statement.id == thing.id
    )
    raised = list(db.session.scalars(_raised_by(thing))) if not isinstance(thing, Proposal) else [thing]
    followed: list[ColumnElement[bool]] = [ActionItem.proposal_id.in_([one.id for one in raised])]
    if not isinstance(thing, Proposal):
        followed.append(ActionItem.statement_id.in_(said))
    if isinstance(thing, Meeting):
        followed.append(ActionItem.meeting_id == thing.id)
    found = db.session.scalars(select(ActionItem).where(or_(*followed))).all()
    return [*(one for one in raised if one is not thing), *found]


def _raised_by(thing: Meeting | Statement) -> Select[Proposal]:
    if isinstance(thing, Meeting):
        return select(Proposal).where(Proposal.raised_in_id == thing.id)
    link = select(StatementProposal.proposal_id).filter_by(statement_id=thing.id, bearing=Bearing.RAISES)
    return select(Proposal).where(Proposal.id.in_(link))


def let_in(meeting_id: int) -> Sequence[Grant]:
    """The accounts let into this meeting by name."""
    question = select(Grant).filter_by(meeting_id=meeting_id).options(joinedload(Grant.account))
    return db.session.scalars(question.order_by(Grant.id)).all()


def grant(meeting_id: int, grant_id: int) -> Grant:
    """One of the accounts let into this meeting."""
    question = select(Grant).filter_by(id=grant_id, meeting_id=meeting_id).options(joinedload(Grant.account))
    found = db.session.scalar(question)
    if found is None:
        raise NotFound
    return found


def account_choices() -> list[tuple[int, str]]:
    """(number, name) of the accounts that may sign in."""
    question = select(Account).filter_by(is_active=True).order_by(Account.display_name)
    return [(one.id, f"{one.display_name} ({one.username})") for one in db.session.scalars(question)]


def hidden_actions() -> int:
    """How many actions the viewer may not see of meetings that they may see; whatever a list is narrowed to.

    It is the same under every filter, so that no filter can be used to ask what a hidden action says.
    """
    actions_ = ActionItem.__table__.alias()
    agreed = (
        select(func.count())
        .select_from(actions_)
        .join(Meeting, Meeting.id == actions_.c.meeting_id)
        .where(actions_.c.classification != Classification.ORDINARY, actions_.c.id.not_in(select(ActionItem.id)))
    )
    return db.session.scalar(agreed) or 0


def may_classify(viewer: Actor) -> bool:
    """Whether this viewer may change classifications."""
    return policy.may_classify(viewer)


def may_let_in(viewer: Actor, attendance: Sequence[Attendance]) -> bool:
    """Whether this viewer may let others into the meeting with this attendance list."""
    return policy.may_let_in(viewer, attendance)
