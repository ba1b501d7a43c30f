"""Move, split and join statements. Callers commit."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from tracker.actions.models import ActionItem
from tracker.audit.commands import record
from tracker.audit.models import Event
from tracker.core import texts
from tracker.core.actor import Actor
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings import queries
from tracker.meetings.commands.lock import ensure_open
from tracker.meetings.commands.naming import text_for_history
from tracker.meetings.commands.repeating import copy_repeats
from tracker.meetings.models import AgendaItem, Meeting, Statement, StatementProposal
from tracker.meetings.queries import places
from tracker.meetings.rules import Bearing, StatementKind

#: Attributes that the second half of a split statement copies from the first.
_COPIED_WHEN_SPLIT = (
    "meeting_id", "kind", "agenda_item_id", "speaker_id", "speaker_note", "on_behalf_of", "origin_meeting_id",
    "origin_note", "classification",
)  # fmt: skip


def move_statement(
    statement: Statement,
    *,
    after: Statement | None = None,
    before: Statement | None = None,
    to_item: AgendaItem | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Move a statement after or before another, under its agenda item; without either, to the end of `to_item`."""
    ensure_open(statement.meeting)
    other = after or before
    if other is statement or any(row and row.meeting_id != statement.meeting_id for row in (other, to_item)):
        raise NotPossible(_l("Choose another place in the same minutes."), field="after")
    if other is not None:
        statement.place = places.right_after(other) if after else places.right_before(other)
        statement.agenda_item_id = other.agenda_item_id
    else:
        statement.place = places.at_end(Statement, statement.meeting_id)
        statement.agenda_item_id = to_item.id if to_item else None
    record(statement.meeting, "statement_moved", by=by, at=at, reason=text_for_history(statement), mentions=[statement])


def split_statement(statement: Statement, offset: int, *, by: Actor, at: datetime) -> Statement:
    """Split a statement after `offset` characters of its quote, or of its gist if it has no quote.

    Proposals, targets and actions stay with the first part. The second part of a proposal becomes a remark, since it
    raises no proposal.
    """
    ensure_open(statement.meeting)
    name = "quote" if statement.quote else "gist_id"
    parts = texts.cut(getattr(statement, name), offset)
    if parts is None:
        raise NotPossible(_l("Place the cursor between two words of the line."), field="second")
    copied = {attribute: getattr(statement, attribute) for attribute in _COPIED_WHEN_SPLIT}
    place = places.right_after(statement)
    second = Statement(**copied, **{name: parts[1]}, place=place, targets=[], proposal_links=[])
    if statement.kind is StatementKind.PROPOSAL:
        second.kind = StatementKind.REMARK
    setattr(statement, name, parts[0])
    db.session.add(second)
    db.session.flush()  # the event mentions it by id
    copy_repeats(second, statement)
    record(statement.meeting, "statement_split", by=by, at=at, reason=text_for_history(statement), second=second.id,
           mentions=[statement, second])  # fmt: skip
    return second


def join_with_line_above(statement: Statement, *, by: Actor, at: datetime) -> Statement:
    above = queries.line_above(statement)
    if above is None:
        raise NotPossible(NO_LINE_ABOVE)
    above = queries.statement(above.id, to_change=True)
    join_statements(statement, above, by=by, at=at)
    return above


NO_LINE_ABOVE = _l("There is no line above this one to merge with.")


def join_statements(statement: Statement, above: Statement, *, by: Actor, at: datetime) -> None:
    """Append a statement to the one above, with its links and actions, and remove it. Restoring it undoes the join."""
    ensure_open(statement.meeting)
    _ensure_joinable(statement, above)
    name = "quote" if statement.quote else "gist_id"
    length = len(getattr(above, name))
    for text in ("quote", "gist_id", "gist_en"):
        setattr(above, text, texts.joined(getattr(above, text) or "", getattr(statement, text) or "") or None)
    above.has_sic = above.has_sic or statement.has_sic
    above.recorder_note = "\n".join(note for note in (above.recorder_note, statement.recorder_note) if note) or None
    moved = _move_links(statement, above)
    copy_repeats(above, statement)
    statement.removed_at, statement.joined_into_id = at, above.id
    record(statement.meeting, "statements_joined", by=by, at=at, reason=text_for_history(above), joined=statement.id,
           length=length, mentions=[statement, above], **moved)  # fmt: skip


def _ensure_joinable(statement: Statement, above: Statement) -> None:
    if statement.meeting_id != above.meeting_id or statement is above or statement.removed_at or above.removed_at:
        raise NotPossible(NO_LINE_ABOVE)
    if bool(statement.quote) != bool(above.quote):
        raise NotPossible(_l("A quotation and a gist cannot be merged."))
    if (statement.speaker_id, statement.speaker_note) != (above.speaker_id, above.speaker_note):
        raise NotPossible(_l("The two lines have different speakers."))
    if statement.classification is not above.classification:
        raise NotPossible(_l("The two lines have different classifications."))


def _move_links(statement: Statement, above: Statement) -> dict[str, Any]:
    """Move proposals, targets and actions to another statement; returns what was moved, for undoing it."""
    existing = {link.proposal_id for link in above.proposal_links}
    links = {
        link.proposal_id: link.bearing.value for link in statement.proposal_links if link.proposal_id not in existing
    }
    targets = [target for target in statement.targets if target not in above.targets]
    for proposal_id, bearing in links.items():
        db.session.add(StatementProposal(statement_id=above.id, proposal_id=proposal_id, bearing=Bearing(bearing)))
    for link in list(statement.proposal_links):
        db.session.delete(link)
    above.targets.extend(targets)
    actions = _actions_of(statement)
    for action in actions:
        action.statement_id = above.id
    return {
        "proposals": {str(proposal_id): bearing for proposal_id, bearing in links.items()},
        "targets": [target.id for target in targets],
        "actions": [action.id for action in actions],
    }


def _actions_of(statement: Statement) -> list[ActionItem]:
    with unrestricted():  # including actions that the user may not see
        return list(db.session.scalars(select(ActionItem).filter_by(statement_id=statement.id).order_by(ActionItem.id)))


def undo_join(statement: Statement) -> None:
    above = queries.reload_links(queries.statement(statement.joined_into_id or 0))
    join = _last_join(statement.meeting, statement.id)
    statement.joined_into_id = None
    if join is None:
        return
    name = "quote" if statement.quote else "gist_id"
    text, length = getattr(above, name) or "", join["length"]
    if text[length:].lstrip() == (getattr(statement, name) or "").lstrip():
        setattr(above, name, text[:length])
    links = {link.proposal_id: link for link in above.proposal_links}
    for proposal_id, bearing in ((int(key), bearing) for key, bearing in join["proposals"].items()):
        if proposal_id in links:
            db.session.delete(links[proposal_id])
            db.session.add(
                StatementProposal(statement_id=statement.id, proposal_id=proposal_id, bearing=Bearing(bearing))
            )
    above.targets = [target for target in above.targets if target.id not in join["targets"]]
    for action in _actions_of(above):
        if action.id in join["actions"]:
            action.statement_id = statement.id


def _last_join(meeting: Meeting, statement_id: int) -> dict[str, Any] | None:
    query = select(Event.details).filter_by(subject="meeting", subject_id=meeting.id, verb="statements_joined")
    joins = db.session.scalars(query.order_by(Event.id.desc()))
    return next((details for details in joins if details.get("joined") == statement_id), None)
