"""The agenda of a meeting. Callers commit."""

from collections.abc import Sequence
from datetime import datetime

from blinker import Signal
from sqlalchemy import select

from tracker.actions.models import ActionItem
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.places import nth
from tracker.core.texts import matched
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.commands.lock import ensure_open
from tracker.meetings.models import AgendaItem, Meeting, Statement
from tracker.meetings.queries import places
from tracker.meetings.rules import SetAside

#: Sent before an item is deleted, with the meetings from which its text comes.
agenda_item_removed = Signal()
CARRIED_OVER = taken(
    "uq_agenda_item_carried_from_id", _l("This agenda item has been carried over already."), field="to"
)


def add_agenda_item(
    meeting: Meeting, text: str, *, after: AgendaItem | None = None, by: Actor, at: datetime
) -> AgendaItem:
    item = AgendaItem(
        meeting_id=meeting.id,
        place=places.right_after(after) if after else places.at_end(AgendaItem, meeting.id),
        text=text,
    )
    return _insert(meeting, item, after, by=by, at=at)


def _insert(meeting: Meeting, item: AgendaItem, after: AgendaItem | None, *, by: Actor, at: datetime) -> AgendaItem:
    ensure_open(meeting)
    meeting.agenda.insert(meeting.agenda.index(after) + 1 if after else len(meeting.agenda), item)
    db.session.flush()  # the place of the next item is computed from this one
    record(meeting, "agenda_item_added", by=by, at=at, reason=_text_for_history(item), mentions=_source_meetings(item))
    return item


def note_discussed(meeting: Meeting, item: AgendaItem | None, *, by: Actor, at: datetime) -> None:
    """Set the agenda item that the minutes are at; None for none. The room view follows at once."""
    ensure_open(meeting)
    record(meeting, "agenda_item_discussed", by=by, at=at, agenda_item_id=item.id if item else None)


def _source_meetings(item: AgendaItem) -> Sequence[Meeting]:
    """The meetings its text comes from. Its events mention them, and so are shown only where the item is."""
    if not item.repeats:
        return ()
    sources = [getattr(item, name) for name in item.SOURCES]
    with unrestricted():
        return db.session.scalars(select(Meeting).where(Meeting.id.in_(sources))).all()


def _text_for_history(item: AgendaItem, text: str | None = None) -> str | None:
    """The text for the history; None if it comes from another meeting, which may be secret."""
    return None if item.repeats else text or item.text


def rename_agenda_item(item: AgendaItem, text: str, *, by: Actor, at: datetime) -> None:
    ensure_open(item.meeting)
    before, item.text = item.text, text
    if before != text:
        record(
            item.meeting,
            "agenda_item_renamed",
            by=by,
            at=at,
            reason=_text_for_history(item, f"{before} → {text}"),
            mentions=_source_meetings(item),
        )


def move_agenda_item(
    item: AgendaItem, *, after: AgendaItem | None = None, before: AgendaItem | None = None, by: Actor, at: datetime
) -> None:
    """Move an item, with its statements, after or before another, or to the end."""
    ensure_open(item.meeting)
    other = after or before
    if other is item or (other and other.meeting_id != item.meeting_id):
        raise NotPossible(_l("Choose another item of the same agenda."), field="after")
    item.place = _new_place(item, after, before)
    record(
        item.meeting, "agenda_item_moved", by=by, at=at, reason=_text_for_history(item), mentions=_source_meetings(item)
    )
    db.session.flush()
    db.session.expire(item.meeting, ["agenda"])


def _new_place(item: AgendaItem, after: AgendaItem | None, before: AgendaItem | None) -> str:
    if after:
        return places.right_after(after)
    return places.right_before(before) if before else places.at_end(AgendaItem, item.meeting_id)


def remove_agenda_item(item: AgendaItem, *, by: Actor, at: datetime) -> None:
    """Remove an item. Its statements and actions stay in the meeting, under no item."""
    meeting = item.meeting
    ensure_open(meeting)
    _detach_references(item)
    agenda_item_removed.send(item, sources=_source_meetings(item))
    meeting.agenda.remove(item)
    record(
        meeting, "agenda_item_removed", by=by, at=at, reason=_text_for_history(item), mentions=_source_meetings(item)
    )


def _detach_references(item: AgendaItem) -> None:
    """Clear references to the item, including those of rows that the user may not see."""
    with unrestricted():
        for line in db.session.scalars(select(Statement).filter_by(agenda_item_id=item.id)):
            line.agenda_item_id = None
        for action in db.session.scalars(select(ActionItem).filter_by(agenda_item_id=item.id)):
            action.agenda_item_id = None
        for continued in db.session.scalars(select(AgendaItem).filter_by(carried_from_id=item.id)):
            continued.carried_from_id = None


def set_aside_agenda_item(item: AgendaItem, reason: SetAside | None, *, by: Actor, at: datetime) -> None:
    """Record why an item was not discussed; None if it was discussed after all."""
    ensure_open(item.meeting)
    item.set_aside = reason
    record(
        item.meeting,
        f"agenda_item_{reason or 'taken_up'}",
        by=by,
        at=at,
        reason=_text_for_history(item),
        mentions=_source_meetings(item),
    )


def carry_agenda_item(item: AgendaItem, to: Meeting, *, by: Actor, at: datetime) -> AgendaItem:
    """Copy an item to the agenda of a later meeting; each item can be carried over once."""
    query = select(AgendaItem.__table__.c.id).where(AgendaItem.__table__.c.carried_from_id == item.id)
    if db.session.scalar(query) is not None:
        raise CARRIED_OVER.refusal()
    if to.id == item.meeting_id or to.date < item.meeting.date:
        raise NotPossible(_l("An agenda item is carried over to a later meeting."), field="to")
    if to.classification.rank < item.meeting.classification.rank:
        raise NotPossible(
            _l("That meeting has a lower classification than the meeting the agenda item comes from."), field="to"
        )
    continued = AgendaItem(
        meeting_id=to.id, place=places.at_end(AgendaItem, to.id), text=item.text, carried_from_id=item.id,
        carried_from_meeting_id=item.meeting_id, origin_meeting_id=item.origin_meeting_id or item.meeting_id,
        about_meeting_id=item.about_meeting_id,
    )  # fmt: skip
    _insert(to, continued, None, by=by, at=at)
    record(item.meeting, "agenda_item_carried", by=by, at=at, meeting_id=to.id, reason=_text_for_history(item),
           mentions=[to, *_source_meetings(item)])  # fmt: skip
    return continued


def rewrite_agenda(meeting: Meeting, texts: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Replace the agenda. Items that stay or are reworded in place keep their statements and actions."""
    if [item.text for item in meeting.agenda] == list(texts):
        return
    items = list(meeting.agenda)
    old_indexes = matched([item.text for item in items], texts)
    for index, item in enumerate(items):
        if index not in old_indexes:
            remove_agenda_item(item, by=by, at=at)
    for place, (text, old) in enumerate(zip(texts, old_indexes, strict=True), 1):
        if old is None:
            add_agenda_item(meeting, text, by=by, at=at).place = nth(place)
        else:
            rename_agenda_item(items[old], text, by=by, at=at)
            items[old].place = nth(place)
    stayed = [index for index in old_indexes if index is not None]
    if stayed != sorted(stayed):
        record(meeting, "agenda_item_moved", by=by, at=at)
    db.session.flush()
    db.session.expire(meeting, ["agenda"])
