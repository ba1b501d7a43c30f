"""The shape of the record: rows per meeting, years, states and tables."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tracker.actions.models import ActionItem, ActionUpdate, DueDateChange
from tracker.actions.rules import ActionStatus
from tracker.audit.models import Event
from tracker.core.actor import Classification
from tracker.meetings.models import AgendaItem, Attendance, Meeting, Statement, StatementProposal
from tracker.meetings.rules import StatementKind
from tracker.people.models import OrgUnit, Person, Position
from tracker.proposals.models import Proponent, Proposal, TargetLink
from tracker.proposals.rules import ProposalStatus
from tracker.search.models import ENTRIES

FIRST_DAY, LAST_DAY = date(2016, 1, 4), date(2026, 11, 20)
PERSONS, UNITS, POSTS = 300, 40, 120
ATTENDEES, POINTS, STATEMENTS, PROPOSALS, ACTIONS = 12, 4, 50, 5, 2
#: Older proposals and actions are almost all settled.
SETTLED_AFTER = timedelta(days=120)
T: dict[str, Any] = {
    model.__tablename__: model.__table__
    for model in (OrgUnit, Position, Person, Meeting, AgendaItem, Attendance, Statement, Proposal, Proponent,
                  TargetLink, StatementProposal, ActionItem, DueDateChange, ActionUpdate, Event)
} | {"search_entry": ENTRIES}  # fmt: skip
KINDS = (
    StatementKind.REMARK,
    StatementKind.RESPONSE,
    StatementKind.INFORMATION,
    StatementKind.HOPE,
    StatementKind.DIRECTIVE,
)
CONFIDENTIAL = (Classification.RESTRICTED, Classification.RESTRICTED, Classification.SECRET)
OLD_PROPOSALS = (ProposalStatus.REALISED,) * 9 + (ProposalStatus.REJECTED,) * 4 + (ProposalStatus.IN_FOLLOW_UP,) * 4 + (
    ProposalStatus.WITHDRAWN, ProposalStatus.APPROVED, ProposalStatus.UNDER_DISCUSSION)  # fmt: skip
NEW_PROPOSALS = (ProposalStatus.SUBMITTED,) * 4 + (ProposalStatus.UNDER_DISCUSSION,) * 3 + (
    ProposalStatus.APPROVED, ProposalStatus.IN_FOLLOW_UP, ProposalStatus.REJECTED)  # fmt: skip
OLD_ACTIONS = (ActionStatus.COMPLETED,) * 44 + (ActionStatus.CANCELLED,) * 2 + (ActionStatus.NOT_ACTIONABLE,) * 2 + (
    ActionStatus.IN_PROGRESS, ActionStatus.AWAITING_VERIFICATION)  # fmt: skip
NEW_ACTIONS = (ActionStatus.NOT_STARTED,) * 3 + (ActionStatus.IN_PROGRESS,) * 4 + (
    ActionStatus.AWAITING_VERIFICATION,) + (ActionStatus.COMPLETED,) * 3  # fmt: skip


@dataclass(frozen=True)
class Cast:
    """The rows that meetings refer to."""

    persons: list[Any]
    units: list[int]
    posts: list[tuple[int, str]]
    targets: list[int]
