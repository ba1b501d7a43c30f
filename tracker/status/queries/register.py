"""Unanswered proposals, and the thresholds for them."""

from datetime import date, timedelta

from sqlalchemy import distinct, func, or_, select

from tracker.core.db import db
from tracker.core.paging import Page, page_of
from tracker.meetings.models import Statement, StatementProposal
from tracker.meetings.rules import Bearing
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal
from tracker.proposals.rules import ProposalStatus
from tracker.status import rules
from tracker.status.models import AnswerSetting


def setting(*, to_change: bool = False) -> AnswerSetting:
    """The thresholds, or the defaults."""
    query = select(AnswerSetting)
    stored = db.session.scalar(query.with_for_update() if to_change else query)
    return stored or AnswerSetting(id=1, after_meetings=rules.AFTER_MEETINGS, after_days=rules.AFTER_DAYS)


def unanswered(limits: AnswerSetting, today: date, bookmark: str | None) -> Page[Proposal]:
    """Undecided proposals beyond one of the thresholds, oldest first."""
    heard = (
        select(func.count(distinct(Statement.meeting_id)))
        .join(StatementProposal, StatementProposal.statement_id == Statement.id)
        .where(StatementProposal.proposal_id == Proposal.id, StatementProposal.bearing != Bearing.MOTIVATES)
        .where(Statement.removed_at.is_(None))
        .correlate(Proposal)
        .scalar_subquery()
    )
    is_old = Proposal.raised_on <= today - timedelta(days=limits.after_days)
    is_silent = Proposal.status.in_(rules.UNDECIDED) & or_(is_old, heard >= limits.after_meetings)
    is_back = (Proposal.status == ProposalStatus.DEFERRED) & (Proposal.revisit_on <= today)
    query = select(Proposal).where(Proposal.awaits_decision(), or_(is_silent, is_back)).options(*proposals.OF_ROWS)
    return page_of(query.order_by(Proposal.raised_on, Proposal.id), bookmark)
