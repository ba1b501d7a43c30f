"""The order of what was said: moving lines, cutting one in two, joining two. Nothing here commits."""

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
from tracker.core.wording import lazy as _l
from tracker.meetings import queries
from tracker.meetings.commands.lock import ensure_open
from tracker.meetings.commands.naming import words_for_history
from tracker.meetings.commands.repeating import repeat_also
from tracker.meetings.models import AgendaItem, Meeting, Statement, StatementProposal
from tracker.meetings.queries import places
from tracker.meetings.rules import Bearing, StatementKind

#: What a second half shares with the line it was cut from.
_OF_BOTH_HALVES = (
    "meeting_id", "kind", "agenda_item_id", "speaker_id", "speaker_note", "on_behalf_of", "origin_meeting_id",
    "origin_note", "classification",
)  # fmt: skip


def move_statement(
    said: Statement,
    *,
    after: Statement | None = None,
    before: Statement | None = None,
    to_item: AgendaItem | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Put a line after or before another, under its agenda item; without either, at the end of an agenda item.

    Its proposals and actions go with it.
    """
    ensure_open(said.meeting)
    other = after or before
    if other is said or any(one and one.meeting_id != said.meeting_id for one in (other, to_item)):
        raise NotPossible(_l("Choose another place in the same minutes."), field="after")
    if other is not None:
        said.place = places.right_after(other) if after else places.right_before(other)
        said.agenda_item_id = other.agenda_item_id
    else:
        said.place = places.at_end(Statement, said.meeting_id)
        said.agenda_item_id = to_item.id if to_item else None
    record(said.meeting, "statement_moved", by=by, at=at, reason=words_for_history(said), mentions=[said])


def split_statement(said: Statement, offset: int, *, by: Actor, at: datetime) -> Statement:
    """Cut a line in two after so many characters of its quote, or of its gist where there is no quote.

    Both parts together are the same text. The proposals, targets and actions stay with the first. The second part of a
    proposal is a remark, for it raises none.
    """
    ensure_open(said.meeting)
    name = "quote" if said.quote else "gist_id"
    parts = texts.cut(getattr(said, name), offset)
    if parts is None:
        raise NotPossible(_l("Place the cursor between two words of the line."), field="second")
    second = Statement(**{one: getattr(said, one) for one in _OF_BOTH_HALVES}, **{name: parts[1]},
                       place=places.right_after(said), targets=[], proposal_links=[])  # fmt: skip
    if said.kind is StatementKind.PROPOSAL:
        second.kind = StatementKind.REMARK
    setattr(said, name, parts[0])
    db.session.add(second)
    db.session.flush()  # the event names it by its number
    repeat_also(second, said)
    record(said.meeting, "statement_split", by=by, at=at, reason=words_for_history(said), second=second.id,
           mentions=[said, second])  # fmt: skip
    return second


def join_with_line_above(said: Statement, *, by: Actor, at: datetime) -> Statement:
    """Join a line with the one above it, which is returned."""
    above = queries.line_above(said)
    if above is None:
        raise NotPossible(NO_LINE_ABOVE)
    above = queries.statement(above.id, to_change=True)
    join_statements(said, above, by=by, at=at)
    return above


NO_LINE_ABOVE = _l("There is no line above this one to merge with.")


def join_statements(said: Statement, above: Statement, *, by: Actor, at: datetime) -> None:
    """Add the words of a line to the line above; it is removed, and what hangs on it goes over. It can be put back."""
    ensure_open(said.meeting)
    _ensure_joinable(said, above)
    name = "quote" if said.quote else "gist_id"
    length = len(getattr(above, name))
    for text in ("quote", "gist_id", "gist_en"):
        setattr(above, text, texts.joined(getattr(above, text) or "", getattr(said, text) or "") or None)
    above.has_sic = above.has_sic or said.has_sic
    above.recorder_note = "\n".join(note for note in (above.recorder_note, said.recorder_note) if note) or None
    moved = _hand_over(said, above)
    repeat_also(above, said)
    said.removed_at, said.joined_into_id = at, above.id
    told = words_for_history(above)
    record(said.meeting, "statements_joined", by=by, at=at, reason=told, joined=said.id, length=length,
           mentions=[said, above], **moved)  # fmt: skip


def _ensure_joinable(said: Statement, above: Statement) -> None:
    if said.meeting_id != above.meeting_id or said is above or said.removed_at or above.removed_at:
        raise NotPossible(NO_LINE_ABOVE)
    if bool(said.quote) != bool(above.quote):
        raise NotPossible(_l("A quotation and a gist cannot be merged."))
    if (said.speaker_id, said.speaker_note) != (above.speaker_id, above.speaker_note):
        raise NotPossible(_l("The two lines have different speakers."))
    if said.classification is not above.classification:
        raise NotPossible(_l("The two lines have different classifications."))


def _hand_over(said: Statement, above: Statement) -> dict[str, Any]:
    """Move proposals, targets and actions from one line to another; answers what was moved, to move it back."""
    known = {link.proposal_id for link in above.proposal_links}
    links = {link.proposal_id: link.bearing.value for link in said.proposal_links if link.proposal_id not in known}
    targets = [target for target in said.targets if target not in above.targets]
    for proposal_id, bearing in links.items():
        db.session.add(StatementProposal(statement_id=above.id, proposal_id=proposal_id, bearing=Bearing(bearing)))
    for link in list(said.proposal_links):
        db.session.delete(link)
    above.targets.extend(targets)
    actions = _actions_of(said)
    for action in actions:
        action.statement_id = above.id
    return {
        "proposals": {str(number): bearing for number, bearing in links.items()},
        "targets": [target.id for target in targets],
        "actions": [action.id for action in actions],
    }


def _actions_of(said: Statement) -> list[ActionItem]:
    with unrestricted():  # those that are not open to whoever joins the lines stay with their words, too
        return list(db.session.scalars(select(ActionItem).filter_by(statement_id=said.id).order_by(ActionItem.id)))


def take_apart(said: Statement) -> None:
    """Undo a join as the line is put back: its words leave the line above, and what hung on it comes back."""
    above = queries.changed_statement(queries.statement(said.joined_into_id or 0))
    told = _last_join(said.meeting, said.id)
    said.joined_into_id = None
    if told is None:
        return
    name = "quote" if said.quote else "gist_id"
    words, length = getattr(above, name) or "", told["length"]
    if words[length:].lstrip() == (getattr(said, name) or "").lstrip():
        setattr(above, name, words[:length])
    links = {link.proposal_id: link for link in above.proposal_links}
    for number, bearing in told["proposals"].items():
        if int(number) in links:
            db.session.delete(links[int(number)])
            db.session.add(StatementProposal(statement_id=said.id, proposal_id=int(number), bearing=Bearing(bearing)))
    above.targets = [target for target in above.targets if target.id not in told["targets"]]
    for action in _actions_of(above):
        if action.id in told["actions"]:
            action.statement_id = said.id


def _last_join(meeting: Meeting, statement_id: int) -> dict[str, Any] | None:
    question = select(Event.details).filter_by(subject="meeting", subject_id=meeting.id, verb="statements_joined")
    found = db.session.scalars(question.order_by(Event.id.desc()))
    return next((details for details in found if details.get("joined") == statement_id), None)
