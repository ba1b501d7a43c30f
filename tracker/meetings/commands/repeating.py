"""Records whose text a statement repeats, also when statements are split and joined."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Statement, StatementRepeat
from tracker.proposals.models import Proposal


def repeat_of(subject: ActionItem | Proposal) -> StatementRepeat:
    if isinstance(subject, ActionItem):
        return StatementRepeat(action_id=subject.id)
    return StatementRepeat(proposal_id=subject.id)


def add_repeat(statement: Statement, subject: ActionItem | Proposal) -> None:
    row = repeat_of(subject)
    row.statement_id = statement.id
    db.session.add(row)


def copy_repeats(statement: Statement, other: Statement) -> None:
    """Record that a statement repeats everything that another repeats, since it took over its text."""
    with unrestricted():  # including rows that the user may not see
        known = {(row.action_id, row.proposal_id) for row in _repeats_of(statement)}
        new = [row for row in _repeats_of(other) if (row.action_id, row.proposal_id) not in known]
    db.session.add_all(
        StatementRepeat(statement_id=statement.id, action_id=row.action_id, proposal_id=row.proposal_id) for row in new
    )


def _repeats_of(statement: Statement) -> Sequence[StatementRepeat]:
    return db.session.scalars(select(StatementRepeat).filter_by(statement_id=statement.id)).all()
