"""Questions of lists that leave the screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from tracker.actions.models import ActionItem
from tracker.actions.queries import soon_until
from tracker.core import clock
from tracker.core.db import db
from tracker.meetings.models import Meeting, Statement

#: Rows read at a time, so that memory does not grow with the list.
BATCH = 500


def batches(question: Select[Any]) -> Iterator[Sequence[Any]]:
    """The rows of a question, some at a time."""
    yield from db.session.scalars(question.execution_options(yield_per=BATCH)).partitions()


def count(question: Select[Any]) -> int:
    """How many rows a question has."""
    bare = question.options().order_by(None).with_only_columns(func.count(), maintain_column_froms=True)
    return db.session.scalar(bare) or 0


@dataclass(frozen=True)
class Origins:
    """Where some actions come from: the meetings and statements behind them, as far as the viewer may see them."""

    meetings: dict[int, Meeting]
    statements: dict[int, Statement]
    #: The last day that counts as soon.
    soon_until: date

    def statement_of(self, action: ActionItem) -> Statement | None:
        """The decision or directive that the action carries out."""
        return self.statements.get(action.statement_id or 0)

    def meeting_of(self, action: ActionItem) -> Meeting | None:
        """The meeting that decided it, or that raised its proposal."""
        statement = self.statement_of(action)
        if statement:
            return statement.meeting
        return self.meetings.get((action.proposal and action.proposal.raised_in_id) or 0)


def origins_of(actions: Sequence[ActionItem]) -> Origins:
    """The meetings and statements behind these actions."""
    said = {action.statement_id for action in actions if action.statement_id}
    raised = {action.proposal.raised_in_id for action in actions if action.proposal and action.proposal.raised_in_id}
    with_meeting = select(Statement).where(Statement.id.in_(said)).options(joinedload(Statement.meeting))
    return Origins(
        meetings={one.id: one for one in db.session.scalars(select(Meeting).where(Meeting.id.in_(raised)))},
        statements={one.id: one for one in db.session.scalars(with_meeting)} if said else {},
        soon_until=soon_until(clock.today()),
    )
