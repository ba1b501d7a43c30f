"""Questions about secrecy: what is to be classified, what came of it, who was let in."""

from collections.abc import Callable, Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from tracker.accounts.models import Account, Grant
from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.attachments.models import Attachment
from tracker.audit.models import Event
from tracker.audit.readings import note_reading
from tracker.classification import policy
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings import queries as meetings
from tracker.meetings.models import Attendance, Meeting, Statement, StatementProposal, StatementRepeat
from tracker.meetings.rules import Bearing
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal, ProposalRelation
from tracker.proposals.rules import RelationKind

Thing = Meeting | Statement | Proposal | ActionItem | Attachment
#: What a classification reaches besides the thing itself.
Tied = Statement | Proposal | ActionItem
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


def tied_to(thing: Thing) -> list[Tied]:
    """What came of a thing, and what tells the same: a line and the proposal it raised, a whole and its parts.

    However far the ties go. Only inside `unrestricted`: they may be hidden from whoever asks. The lines of a meeting
    follow it by themselves.
    """
    found: dict[tuple[str, int], Tied] = {}
    reached: Sequence[Thing] = [thing]
    while reached:
        new = {(one.__tablename__, one.id): one for one in (*_came_of(reached), *_tell_the_same(reached))}
        added = {key: one for key, one in new.items() if key not in found and one is not thing}
        found |= added
        reached = [*added.values()]
    return [one for one in found.values() if not (isinstance(one, Statement) and one.meeting is thing)]


def _numbers(things: Sequence[Thing], kind: type[Thing]) -> list[int]:
    return [one.id for one in things if isinstance(one, kind)]


def _came_of(things: Sequence[Thing]) -> Sequence[Proposal | ActionItem]:
    held, lines, served = (_numbers(things, kind) for kind in (Meeting, Statement, Proposal))
    if not (held or lines or served):
        return []
    raising = select(StatementProposal.proposal_id).where(
        StatementProposal.statement_id.in_(lines), StatementProposal.bearing == Bearing.RAISES
    )
    raised = select(Proposal).where(or_(Proposal.raised_in_id.in_(held), Proposal.id.in_(raising)))
    said = select(Statement.id).where(or_(Statement.meeting_id.in_(held), Statement.id.in_(lines)))
    followed = select(ActionItem).where(
        or_(
            ActionItem.meeting_id.in_(held),
            ActionItem.statement_id.in_(said),
            ActionItem.proposal_id.in_(served),
        )
    )
    return [*(db.session.scalars(raised) if held or lines else ()), *db.session.scalars(followed)]


def _tell_the_same(things: Sequence[Thing]) -> Sequence[Statement | Proposal]:
    """Lines that raised a proposal, a whole and the parts it was split into, lines that were joined or cut in two."""
    lines, raised = _numbers(things, Statement), _numbers(things, Proposal)
    raising = select(StatementProposal.statement_id).where(
        StatementProposal.proposal_id.in_(raised), StatementProposal.bearing == Bearing.RAISES
    )
    taken_over = select(Statement.joined_into_id).where(Statement.id.in_(lines))
    said = select(Statement).where(
        or_(
            Statement.id.in_(raising),
            Statement.joined_into_id.in_(lines),
            Statement.id.in_(taken_over),
            Statement.id.in_(_other_halves(things)),
        )
    )
    split = select(ProposalRelation).filter_by(kind=RelationKind.SPLIT_FROM).subquery()
    parts, wholes = (
        select(split.c.from_id).where(split.c.to_id.in_(raised)),
        select(split.c.to_id).where(split.c.from_id.in_(raised)),
    )
    others = select(Proposal).where(or_(Proposal.id.in_(parts), Proposal.id.in_(wholes)))
    told = db.session.scalars(said.options(joinedload(Statement.meeting))) if lines or raised else ()
    return [*told, *(db.session.scalars(others) if raised else ())]


def _other_halves(things: Sequence[Thing]) -> set[int]:
    """The lines that were cut off these, and those they were cut off; only the history of their meetings knows."""
    lines = {f"{Statement.__tablename__}:{one.id}" for one in things if isinstance(one, Statement)}
    where = {one.meeting_id for one in things if isinstance(one, Statement)}
    if not lines:
        return set()
    cut = select(Event.mentions).filter_by(subject=Meeting.__tablename__, verb="statement_split")
    pairs = [set(pair or ()) for pair in db.session.scalars(cut.where(Event.subject_id.in_(where)))]
    return {int(one.partition(":")[2]) for pair in pairs if pair & lines for one in pair - lines}


def seen_of(ties: Sequence[Tied]) -> list[Tied]:
    """Those that the viewer may see."""
    seen: list[Tied] = []
    for kind in (Statement, Proposal, ActionItem):
        numbers = _numbers(ties, kind)
        open_ones = set(db.session.scalars(select(kind.id).where(kind.id.in_(numbers)))) if numbers else set()
        seen += [one for one in ties if isinstance(one, kind) and one.id in open_ones]
    for one in seen:
        note_reading(one.__tablename__, one.id, one.classification)
    return seen


def lines_that_repeat(thing: Thing) -> Sequence[Statement]:
    """The lines that repeat the words of a thing and are seen where it is; those that the viewer may see."""
    if not isinstance(thing, Proposal | ActionItem):
        return []
    repeated = StatementRepeat.proposal_id if isinstance(thing, Proposal) else StatementRepeat.action_id
    question = select(Statement).join(StatementRepeat, StatementRepeat.statement_id == Statement.id)
    question = question.where(repeated == thing.id).options(joinedload(Statement.meeting))
    return db.session.scalars(question.order_by(Statement.id.desc())).all()


def words_of(thing: Thing) -> str | None:
    """The text by which others are compared with a thing."""
    if isinstance(thing, Statement):
        return thing.quote or thing.gist_id
    if isinstance(thing, Proposal):
        return thing.title_id
    return thing.text_id if isinstance(thing, ActionItem) else None


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
