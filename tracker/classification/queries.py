"""Questions about secrecy: what is to be classified, what came of it, who was let in."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select, union
from sqlalchemy.orm import joinedload

from tracker.accounts.models import Account, Grant
from tracker.actions.models import ActionItem
from tracker.attachments import queries as attachments
from tracker.attachments.models import Attachment
from tracker.audit.models import Event
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings.models import Meeting, Statement, StatementProposal, StatementRepeat
from tracker.meetings.rules import Bearing
from tracker.proposals.models import Proposal, ProposalRelation
from tracker.proposals.rules import RelationKind

Thing = Meeting | Statement | Proposal | ActionItem | Attachment
#: What a classification reaches besides the thing itself.
Tied = Statement | Proposal | ActionItem
#: By the name in the address.
KINDS: dict[str, type[Thing]] = {
    "meetings": Meeting, "statements": Statement, "proposals": Proposal, "actions": ActionItem,
    "attachments": Attachment,
}  # fmt: skip


def thing(kind: str, number: int, *, to_change: bool = False) -> Thing:
    """What the address names, where it is open to the viewer."""
    if kind not in KINDS:
        raise NotFound
    if kind == "attachments":
        return attachments.attachment(number, to_change=to_change)
    table: Any = KINDS[kind]
    question = select(table).filter_by(id=number)
    question = question.options(joinedload(Statement.meeting)) if table is Statement else question
    found: Thing | None = db.session.scalar(question.with_for_update(of=table) if to_change else question)
    if found is None:
        raise NotFound
    return found


def told_on(thing: Thing) -> Meeting | Proposal | ActionItem:
    """The thing whose page and history tell of it: a statement's meeting, an attachment's owner."""
    if isinstance(thing, Statement):
        return thing.meeting
    return thing.parent if isinstance(thing, Attachment) else thing


def tied_to(thing: Thing) -> list[Tied]:
    """What came of a thing, and what tells the same; inside `unrestricted` also what is hidden from whoever asks."""
    return these(reached_from(thing))


def these(numbers: Mapping[str, Collection[int]]) -> list[Tied]:
    """The lines, proposals and actions of these numbers, by table, that are open to whoever asks; newest first."""
    found: list[Tied] = []
    for kind in (Statement, Proposal, ActionItem):
        if wanted := numbers.get(kind.__tablename__):
            with_meeting = [joinedload(Statement.meeting)] if kind is Statement else []
            question = select(kind).where(kind.id.in_(wanted)).options(*with_meeting)
            found += db.session.scalars(question.order_by(kind.id.desc()))
    return found


def reached_from(thing: Thing) -> dict[str, set[int]]:
    """By table, the numbers of what came of a thing, and of what tells the same, however far these ties go.

    A line and the proposal it raised tell the same, a whole and its parts, lines that were joined or cut in two. The
    lines of a meeting follow it by themselves. Asked of the bare tables, for ties go through what one may not see; one
    question for each step.
    """
    found: dict[str, set[int]] = {one.__tablename__: set() for one in (Statement, Proposal, ActionItem)}
    step: dict[str, set[int]] = {thing.__tablename__: {thing.id}}
    while edges := [edge for table, numbers in step.items() for edge in _ties_from(table, numbers)]:
        new: dict[str, set[int]] = defaultdict(set)
        for table, number in db.session.execute(union(*edges)):
            new[table].add(number)
        new["statement"] |= _other_halves(step.get("statement", ()), new.pop("event", ()))
        new = {table: numbers - found[table] for table, numbers in new.items()}
        new.get(thing.__tablename__, set()).discard(thing.id)
        for table, numbers in new.items():
            found[table] |= numbers
        step = {table: numbers for table, numbers in new.items() if numbers}
    if isinstance(thing, Meeting):
        lines = Statement.__table__.c
        held = select(lines.id).where(lines.meeting_id == thing.id, lines.id.in_(found["statement"]))
        found["statement"] -= set(db.session.scalars(held)) if found["statement"] else set()
    return found


def _ties_from(table: str, numbers: Collection[int]) -> list[Select[str, int]]:
    """(table, number) of what is tied to these rows of a table; nothing is tied to an action."""
    line, raised, agreed = (one.__table__.c for one in (Statement, Proposal, ActionItem))
    link, part, told = (one.__table__.c for one in (StatementProposal, ProposalRelation, Event))
    raises, split = link.bearing == Bearing.RAISES, part.kind == RelationKind.SPLIT_FROM
    said = select(line.id).where(line.meeting_id.in_(numbers))
    where = select(line.meeting_id).where(line.id.in_(numbers))
    cut = and_(told.subject == "meeting", told.subject_id.in_(where), told.verb == "statement_split")
    ties: dict[str, list[tuple[Any, Any, Any]]] = {
        "meeting": [
            (Proposal, raised.id, raised.raised_in_id.in_(numbers)),
            (ActionItem, agreed.id, or_(agreed.meeting_id.in_(numbers), agreed.statement_id.in_(said))),
        ],
        "statement": [
            (Proposal, link.proposal_id, and_(link.statement_id.in_(numbers), raises)),
            (ActionItem, agreed.id, agreed.statement_id.in_(numbers)),
            (Event, told.id, cut),  # only the history of a meeting knows which lines were cut
            (Statement, line.id, line.joined_into_id.in_(numbers)),
            (Statement, line.joined_into_id, and_(line.id.in_(numbers), line.joined_into_id.is_not(None))),
        ],
        "proposal": [
            (ActionItem, agreed.id, agreed.proposal_id.in_(numbers)),
            (Statement, link.statement_id, and_(link.proposal_id.in_(numbers), raises)),
            (Proposal, part.from_id, and_(part.to_id.in_(numbers), split)),
            (Proposal, part.to_id, and_(part.from_id.in_(numbers), split)),
        ],
    }  # fmt: skip
    return [select(literal(kind.__tablename__), number).where(where) for kind, number, where in ties.get(table, ())]


def _other_halves(lines: Collection[int], cuts: Collection[int]) -> set[int]:
    """The lines that were cut off these, and those they were cut off, as the events of cutting name both."""
    ours = {f"{Statement.__tablename__}:{number}" for number in lines}
    told = db.session.scalars(select(Event.mentions).where(Event.id.in_(cuts))) if cuts else ()
    pairs = [set(pair or ()) for pair in told]
    return {int(one.partition(":")[2]) for pair in pairs if pair & ours for one in pair - ours}


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
