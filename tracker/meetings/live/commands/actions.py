"""Store actions typed in the live minutes. Callers commit."""

from dataclasses import replace
from datetime import datetime

from tracker.actions.commands import ActionDraft, Origin, assign_action
from tracker.actions.models import ActionItem
from tracker.audit.commands import record
from tracker.core.actor import Actor, Classification
from tracker.core.errors import NotPossible
from tracker.core.occurrence import recording_history
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries as meeting_queries
from tracker.meetings.commands.lock import ensure_open
from tracker.meetings.commands.naming import text_for_history
from tracker.meetings.commands.repeating import add_repeat
from tracker.meetings.live import queries
from tracker.meetings.live.commands.assigning import assignee, in_charge
from tracker.meetings.live.rules import RecordKind, Understood
from tracker.meetings.models import Meeting, Statement
from tracker.meetings.rules import StatementKind
from tracker.proposals import queries as proposals


def write_action(
    meeting: Meeting, understood: Understood, *, about_id: int | None = None, by: Actor, at: datetime
) -> ActionItem:
    """Store an action line. It carries out the proposal that the line names or is about, else the one of its origin."""
    if not understood.words:
        raise NotPossible(_l("Enter what is to be done."), field="line")
    return _assign(meeting, understood, _origin_of_action(meeting, understood, about_id), by=by, at=at)


def turn_into_action(statement: Statement, understood: Understood, *, by: Actor, at: datetime) -> ActionItem:
    """Create an action from a stored line. `understood` is the line read as an action.

    The line stays in the minutes; if no action can carry out a line of its kind, it becomes a directive.
    """
    ensure_open(statement.meeting)
    if not queries.is_actionable(statement):
        before = statement.kind
        statement.kind = StatementKind.DIRECTIVE
        record(
            statement.meeting, "statement_turned", by=by, at=at, from_state=before, to_state=statement.kind,
            reason=text_for_history(statement), mentions=[statement],
        )  # fmt: skip
    action = _assign(statement.meeting, understood, meeting_queries.origin_for_action(statement), by=by, at=at)
    add_repeat(statement, action)
    return action


def _assign(meeting: Meeting, understood: Understood, origin: Origin, *, by: Actor, at: datetime) -> ActionItem:
    draft = in_charge(
        ActionDraft(text_id=understood.words, classification=_level_of(origin, meeting)),
        [assignee(mention, meeting.date) for mention in understood.speakers],
    )
    with recording_history(if_so=meeting.is_history_on(meeting.date)):
        return assign_action(draft, origin, understood.due_on, on=meeting.date, by=by, at=at)


def _origin_of_action(meeting: Meeting, understood: Understood, about_id: int | None) -> Origin:
    """The chosen or nearest line, else the meeting; a proposal named in the action takes precedence over the line's."""
    item_id = understood.details.agenda_item_id
    lines, chosen = meeting_queries.statements_of(meeting.id), understood.under
    if chosen is None:
        line = queries.origin_of_next_action(lines, item_id)
    else:
        line = next((line for line in lines if line.id == chosen.statement_id), None)
        if line is None and chosen.statement_id:
            sentence = _l("The line that the action follows from is no longer in the minutes.")
            raise NotPossible(sentence, field="under")
    origin = meeting_queries.origin_for_action(line) if line else Origin(meeting_id=meeting.id, agenda_item_id=item_id)
    named = next(
        (reference.id for reference in understood.references if reference.kind is RecordKind.PROPOSAL), about_id
    )
    return replace(origin, proposal_id=named) if named else origin


def _level_of(origin: Origin, meeting: Meeting) -> Classification:
    statement = meeting_queries.statement(origin.statement_id) if origin.statement_id else None
    proposal = proposals.in_full(origin.proposal_id) if origin.proposal_id else None
    return meeting.classification.at_least(*(source.classification for source in (statement, proposal) if source))
