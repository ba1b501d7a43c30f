"""Whose words a line repeats, also when lines are cut and joined."""

from collections.abc import Sequence

from sqlalchemy import select

from tracker.actions.models import ActionItem
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Statement, StatementRepeat
from tracker.proposals.models import Proposal


def repeat_of(thing: ActionItem | Proposal) -> StatementRepeat:
    """The note that a line repeats the words of this."""
    return (
        StatementRepeat(action_id=thing.id) if isinstance(thing, ActionItem) else StatementRepeat(proposal_id=thing.id)
    )


def repeat(said: Statement, thing: ActionItem | Proposal) -> None:
    """Note of a stored line that it repeats the words of this."""
    note = repeat_of(thing)
    note.statement_id = said.id
    db.session.add(note)


def repeat_also(said: Statement, other: Statement) -> None:
    """Note of a line that takes over words of another that it repeats what the other does."""
    with unrestricted():  # whoever cuts or joins lines keeps the notes that they do not see, too
        known = {(one.action_id, one.proposal_id) for one in _repeats_of(said)}
        new = [one for one in _repeats_of(other) if (one.action_id, one.proposal_id) not in known]
    db.session.add_all(
        StatementRepeat(statement_id=said.id, action_id=one.action_id, proposal_id=one.proposal_id) for one in new
    )


def _repeats_of(said: Statement) -> Sequence[StatementRepeat]:
    return db.session.scalars(select(StatementRepeat).filter_by(statement_id=said.id)).all()
