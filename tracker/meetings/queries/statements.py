"""Queries for statements."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from tracker.actions.commands import Origin
from tracker.actions.models import ActionItem
from tracker.core.actor import Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.together import RowsOf
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
from tracker.meetings.rules import SERVED_BEARINGS, Bearing, StatementKind
from tracker.proposals.models import Proposal
from tracker.proposals.rules import DECIDED

IN_THE_MINUTES = Statement.removed_at.is_(None)
_IN_ORDER = (
    select(Statement)
    .where(Statement.meeting_id == bindparam("meeting"), IN_THE_MINUTES)
    .order_by(Statement.place, Statement.id)
)
_WITH_LINKS = _IN_ORDER.options(selectinload(Statement.proposal_links))
_IN_FULL = _IN_ORDER.options(
    joinedload(Statement.speaker).joinedload(Attendance.person),
    joinedload(Statement.origin_meeting),
    joinedload(Statement.proposal_links).joinedload(StatementProposal.proposal),
    joinedload(Statement.targets),
    joinedload(Statement.source),
    joinedload(Statement.action_links).joinedload(StatementAction.action),
    joinedload(Statement.meeting_links).joinedload(StatementMeeting.meeting),
)


def statements_of(meeting_id: int, kind: StatementKind | None = None) -> Sequence[Statement]:
    """Statements in order, all or of one kind, with speakers, proposals, targets and links."""
    query = _IN_FULL.filter_by(kind=kind) if kind else _IN_FULL
    return db.session.scalars(query, {"meeting": meeting_id}).unique().all()


def classification_of_lines(meeting_id: int) -> dict[int, Classification]:
    """How secret each statement is: its own classification, or the highest of the rows whose text it repeats.

    Includes statements that the viewer may not see.
    """
    models = (Statement, StatementRepeat, ActionItem, Proposal)
    lines, repeat, action, proposal = (model.__table__ for model in models)
    query = (
        select(lines.c.id, lines.c.classification, action.c.classification, proposal.c.classification)
        .select_from(lines)
        .outerjoin(repeat, repeat.c.statement_id == lines.c.id)
        .outerjoin(action, action.c.id == repeat.c.action_id)
        .outerjoin(proposal, proposal.c.id == repeat.c.proposal_id)
        .where(lines.c.meeting_id == meeting_id)
    )
    classifications: dict[int, Classification] = {}
    for line_id, *levels in db.session.execute(query):
        known = classifications.get(line_id, Classification.ORDINARY)
        classifications[line_id] = known.at_least(*filter(None, levels))
    return classifications


def lines_with_links(meeting_id: int) -> Sequence[Statement]:
    """Statements in order, only with their links to proposals. Runs at each pause in typing, so it loads no more."""
    return db.session.scalars(_WITH_LINKS, {"meeting": meeting_id}).all()


def removed_statements(meeting_id: int) -> Sequence[Statement]:
    proposal = selectinload(Statement.proposal_links).selectinload(StatementProposal.proposal)
    query = select(Statement).filter_by(meeting_id=meeting_id).where(Statement.removed_at.is_not(None))
    return db.session.scalars(query.options(proposal).order_by(Statement.removed_at.desc())).all()


def statement_or_none(statement_id: int | None) -> Statement | None:
    """The statement with its meeting, links and targets; None if the viewer may not see it."""
    try:
        return statement(statement_id) if statement_id else None
    except NotFound:
        return None


def statement(statement_id: int, *, to_change: bool = False) -> Statement:
    """The statement with its meeting, links, targets and speaker."""
    loaded = (
        joinedload(Statement.meeting),
        joinedload(Statement.proposal_links),
        joinedload(Statement.targets),
        joinedload(Statement.action_links),
        joinedload(Statement.meeting_links),
        joinedload(Statement.speaker).joinedload(Attendance.person),
    )
    query = select(Statement).filter_by(id=statement_id).options(*loaded)
    query = query.with_for_update(of=Statement) if to_change else query
    row = db.session.scalars(query).unique().one_or_none()
    if row is None:
        raise NotFound
    return row


def line_above(statement: Statement) -> Statement | None:
    query = select(Statement).filter_by(meeting_id=statement.meeting_id, agenda_item_id=statement.agenda_item_id)
    query = query.where(IN_THE_MINUTES, Statement.place < statement.place)
    return db.session.scalar(query.order_by(Statement.place.desc(), Statement.id.desc()).limit(1))


def origin_for_action(statement: Statement) -> Origin:
    """Origin for an action recorded under this statement: the statement, its meeting, and its proposal.

    Of several proposals it takes the one that is decided or raised, otherwise the first that is discussed.
    """
    about = [link for link in statement.proposal_links if link.bearing in SERVED_BEARINGS]
    first = min(about, key=lambda link: (SERVED_BEARINGS.index(link.bearing), link.proposal_id), default=None)
    return Origin(
        meeting_id=statement.meeting_id, statement_id=statement.id, proposal_id=first.proposal_id if first else None
    )


def reload_links(statement: Statement) -> Statement:
    db.session.flush()
    db.session.refresh(statement, ["proposal_links", "targets", "speaker"])
    return statement


def statements_about(*proposal_ids: int) -> Sequence[StatementProposal]:
    """Statements about these proposals, with meeting and speaker, oldest first."""
    return db.session.scalars(_ABOUT, {"proposals": proposal_ids}).all()


_LOADED = contains_eager(StatementProposal.statement)
_ABOUT = (
    select(StatementProposal)
    .join(StatementProposal.statement)
    .where(IN_THE_MINUTES, StatementProposal.proposal_id.in_(bindparam("proposals", expanding=True)))
    .options(_LOADED.joinedload(Statement.meeting), _LOADED.joinedload(Statement.speaker).joinedload(Attendance.person))
    .order_by(StatementProposal.statement_id)
)


_statement = aliased(Statement)


def statements_naming_action(action_id: int) -> RowsOf:
    """With meeting and speaker."""
    return RowsOf(_statement, _names_action, {"named_action": action_id}, _WITH_MEETING_AND_SPEAKER)


_WITH_MEETING_AND_SPEAKER = (
    joinedload(_statement.meeting),
    joinedload(_statement.speaker).joinedload(Attendance.person),
)


def _names_action(columns: Any) -> ColumnElement[bool]:
    links = cast(Table, StatementAction.__table__).c
    mentioning = select(links.statement_id).where(links.action_id == bindparam("named_action"))
    return and_(columns.id.in_(mentioning), columns.removed_at.is_(None))


def statements_about_targets(target_ids: Sequence[int]) -> Sequence[Statement]:
    """Statements that mention any of these targets, which are the versions of one."""
    mentioning = select(statement_target.c.statement_id).where(statement_target.c.target_id.in_(target_ids))
    query = select(Statement).where(Statement.id.in_(mentioning), IN_THE_MINUTES).options(joinedload(Statement.meeting))
    return db.session.scalars(query.order_by(Statement.id)).all()


def proposals_decided_by(statement: Statement) -> Sequence[Proposal]:
    """Proposals that this statement decides, including hidden ones."""
    query = select(Proposal).join(StatementProposal, StatementProposal.proposal_id == Proposal.id)
    query = query.where(StatementProposal.statement_id == statement.id, Proposal.status.in_(DECIDED))
    with unrestricted():
        return db.session.scalars(query.where(StatementProposal.bearing == Bearing.DECIDES)).all()
