"""What was said."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from tracker.actions.commands import Origin
from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.visibility import unrestricted
from tracker.meetings.models import (
    Attendance,
    Statement,
    StatementAction,
    StatementMeeting,
    StatementProposal,
    StatementRepeat,
    statement_target,
)
from tracker.meetings.rules import SERVED, Bearing
from tracker.proposals.models import Proposal
from tracker.proposals.rules import DECIDED

IN_THE_MINUTES = Statement.removed_at.is_(None)


def statements_of(meeting_id: int) -> Sequence[Statement]:
    """What was said, in order, with speakers, proposals and targets."""
    loaded = (
        joinedload(Statement.speaker).joinedload(Attendance.person),
        joinedload(Statement.origin_meeting),
        joinedload(Statement.proposal_links).joinedload(StatementProposal.proposal),
        joinedload(Statement.targets),
        joinedload(Statement.action_links).joinedload(StatementAction.action),
        joinedload(Statement.meeting_links).joinedload(StatementMeeting.meeting),
    )
    return db.session.scalars(_in_order(meeting_id).options(*loaded)).unique().all()


def level_of_lines(meeting_id: int) -> dict[int, Classification]:
    """How secret each line of a meeting is: as itself says, or as the most secret thing whose words it repeats.

    Asked of the bare tables: of lines that one may not see, too.
    """
    lines, repeat, agreed, raised = (
        one.__table__ for one in (Statement, StatementRepeat, ActionItem, Proposal)
    )  # fmt: skip
    question = (
        select(lines.c.id, lines.c.classification, agreed.c.classification, raised.c.classification)
        .select_from(lines)
        .outerjoin(repeat, repeat.c.statement_id == lines.c.id)
        .outerjoin(agreed, agreed.c.id == repeat.c.action_id)
        .outerjoin(raised, raised.c.id == repeat.c.proposal_id)
        .where(lines.c.meeting_id == meeting_id)
    )
    found: dict[int, Classification] = {}
    for number, *levels in db.session.execute(question):
        found[number] = found.get(number, Classification.ORDINARY).at_least(*filter(None, levels))
    return found


def lines_to_refer_to(meeting_id: int) -> Sequence[Statement]:
    """What was said, in order, with nothing but how it bears on proposals: read at each pause in typing."""
    return db.session.scalars(_in_order(meeting_id).options(selectinload(Statement.proposal_links))).all()


def _in_order(meeting_id: int) -> Select[Statement]:
    lines = select(Statement).filter_by(meeting_id=meeting_id).where(IN_THE_MINUTES)
    return lines.order_by(Statement.place, Statement.id)


def removed_from(meeting_id: int) -> Sequence[Statement]:
    """Lines taken out of the minutes, the last first, with the proposals that came of them."""
    proposal = selectinload(Statement.proposal_links).selectinload(StatementProposal.proposal)
    question = select(Statement).filter_by(meeting_id=meeting_id).where(Statement.removed_at.is_not(None))
    return db.session.scalars(question.options(proposal).order_by(Statement.removed_at.desc())).all()


def statement_if_open(statement_id: int | None) -> Statement | None:
    """A statement with its meeting, links and targets, or None where it is not open to the viewer."""
    try:
        return statement(statement_id) if statement_id else None
    except NotFound:
        return None


def statement(statement_id: int, *, to_change: bool = False) -> Statement:
    """One statement with its meeting, links and targets."""
    loaded = (
        joinedload(Statement.meeting),
        joinedload(Statement.proposal_links),
        joinedload(Statement.targets),
        joinedload(Statement.action_links),
        joinedload(Statement.meeting_links),
        joinedload(Statement.speaker).joinedload(Attendance.person),
    )
    question = select(Statement).filter_by(id=statement_id).options(*loaded)
    question = question.with_for_update(of=Statement) if to_change else question
    found = db.session.scalars(question).unique().one_or_none()
    if found is None:
        raise NotFound
    return found


def line_above(said: Statement) -> Statement | None:
    """The line right above another, under the same agenda item."""
    question = select(Statement).filter_by(meeting_id=said.meeting_id, agenda_item_id=said.agenda_item_id)
    question = question.where(IN_THE_MINUTES, Statement.place < said.place)
    return db.session.scalar(question.order_by(Statement.place.desc(), Statement.id.desc()).limit(1))


def origin_under(said: Statement) -> Origin:
    """What an action that is written under this line follows from: the line, its meeting, and the proposal it is about.

    Where it is about several, the action serves the one it decides or raises, else the first it discusses.
    """
    about = [link for link in said.proposal_links if link.bearing in SERVED]
    first = min(about, key=lambda link: (SERVED.index(link.bearing), link.proposal_id), default=None)
    return Origin(meeting_id=said.meeting_id, statement_id=said.id, proposal_id=first.proposal_id if first else None)


def changed_statement(said: Statement) -> Statement:
    """The same statement with its links as they are stored now, after they were changed."""
    db.session.flush()
    db.session.refresh(said, ["proposal_links", "targets", "speaker"])
    return said


def statements_about(*proposal_ids: int) -> Sequence[StatementProposal]:
    """Where the minutes speak of these proposals, oldest first."""
    loaded = contains_eager(StatementProposal.statement)
    question = (
        select(StatementProposal)
        .join(StatementProposal.statement)
        .where(IN_THE_MINUTES, StatementProposal.proposal_id.in_(proposal_ids))
        .options(
            loaded.joinedload(Statement.meeting), loaded.joinedload(Statement.speaker).joinedload(Attendance.person)
        )
    )
    return db.session.scalars(question.order_by(StatementProposal.statement_id)).all()


def statements_naming_action(action_id: int) -> Sequence[Statement]:
    """Where the minutes name this action, oldest first."""
    naming = select(StatementAction.statement_id).filter_by(action_id=action_id)
    question = select(Statement).where(Statement.id.in_(naming), IN_THE_MINUTES).options(joinedload(Statement.meeting))
    return db.session.scalars(question.order_by(Statement.id)).all()


def statements_about_targets(target_ids: Sequence[int]) -> Sequence[Statement]:
    """Statements that speak directly of these targets, the versions of one."""
    speaking = select(statement_target.c.statement_id).where(statement_target.c.target_id.in_(target_ids))
    question = (
        select(Statement).where(Statement.id.in_(speaking), IN_THE_MINUTES).options(joinedload(Statement.meeting))
    )
    return db.session.scalars(question.order_by(Statement.id)).all()


def proposals_decided_by(statement: Statement) -> Sequence[Proposal]:
    """The proposals whose decision this line tells, seen by whoever asks or not."""
    question = select(Proposal).join(StatementProposal, StatementProposal.proposal_id == Proposal.id)
    question = question.where(StatementProposal.statement_id == statement.id, Proposal.status.in_(DECIDED))
    with unrestricted():
        return db.session.scalars(question.where(StatementProposal.bearing == Bearing.DECIDES)).all()
