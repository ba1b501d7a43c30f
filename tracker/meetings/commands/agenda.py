"""The agenda of a meeting. Nothing here commits."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import or_, select

from tracker.actions.models import ActionItem
from tracker.audit.commands import record
from tracker.core.actor import Actor
from tracker.core.constraints import taken
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.places import nth
from tracker.core.texts import matched
from tracker.core.visibility import unrestricted
from tracker.core.wording import lazy as _l
from tracker.meetings.commands.lock import ensure_open
from tracker.meetings.models import AgendaItem, Meeting, Statement
from tracker.meetings.queries import places
from tracker.meetings.rules import SetAside

CARRIED_OVER = taken(
    "uq_agenda_item_carried_from_id", _l("This agenda item has been carried over already."), field="to"
)


def add_agenda_item(
    meeting: Meeting, text: str, *, after: AgendaItem | None = None, by: Actor, at: datetime
) -> AgendaItem:
    """Put one more item on the agenda: after another, or at the end."""
    item = AgendaItem(
        meeting_id=meeting.id,
        place=places.right_after(after) if after else places.at_end(AgendaItem, meeting.id),
        text=text,
    )
    return _put(meeting, item, after, by=by, at=at)


def _put(meeting: Meeting, item: AgendaItem, after: AgendaItem | None, *, by: Actor, at: datetime) -> AgendaItem:
    ensure_open(meeting)
    meeting.agenda.insert(meeting.agenda.index(after) + 1 if after else len(meeting.agenda), item)
    db.session.flush()  # the next item's place counts on from this one
    record(meeting, "agenda_item_added", by=by, at=at, reason=_told_of(item), mentions=_comes_from(item))
    return item


def _comes_from(item: AgendaItem) -> Sequence[Meeting]:
    """The meetings from which its words come; its event is told where those are seen, as the item is."""
    if not item.repeats:
        return ()
    carried_from = select(AgendaItem.meeting_id).where(AgendaItem.id == item.carried_from_id)
    sources = select(Meeting).where(or_(Meeting.id == item.about_meeting_id, Meeting.id.in_(carried_from)))
    with unrestricted():
        return db.session.scalars(sources).all()


def _told_of(item: AgendaItem, words: str | None = None) -> str | None:
    """The words by which the history names an item; none where they come from another meeting, which may be secret."""
    return None if item.repeats else words or item.text


def rename_agenda_item(item: AgendaItem, text: str, *, by: Actor, at: datetime) -> None:
    """Give an agenda item other words; what was said under it stays under it."""
    ensure_open(item.meeting)
    before, item.text = item.text, text
    if before != text:
        record(
            item.meeting,
            "agenda_item_renamed",
            by=by,
            at=at,
            reason=_told_of(item, f"{before} → {text}"),
            mentions=_comes_from(item),
        )


def move_agenda_item(
    item: AgendaItem, *, after: AgendaItem | None = None, before: AgendaItem | None = None, by: Actor, at: datetime
) -> None:
    """Put an agenda item after or before another; without either, at the end. What was said under it goes with it."""
    ensure_open(item.meeting)
    other = after or before
    if other is item or (other and other.meeting_id != item.meeting_id):
        raise NotPossible(_l("Choose another item of the same agenda."), field="after")
    item.place = _beside(item, after, before)
    record(item.meeting, "agenda_item_moved", by=by, at=at, reason=_told_of(item), mentions=_comes_from(item))
    db.session.flush()
    db.session.expire(item.meeting, ["agenda"])


def _beside(item: AgendaItem, after: AgendaItem | None, before: AgendaItem | None) -> str:
    if after:
        return places.right_after(after)
    return places.right_before(before) if before else places.at_end(AgendaItem, item.meeting_id)


def remove_agenda_item(item: AgendaItem, *, by: Actor, at: datetime) -> None:
    """Take an item off the agenda. What was said and agreed under it stays, under no item."""
    meeting = item.meeting
    ensure_open(meeting)
    _let_go(item)
    meeting.agenda.remove(item)
    record(meeting, "agenda_item_removed", by=by, at=at, reason=_told_of(item), mentions=_comes_from(item))


def _let_go(item: AgendaItem) -> None:
    """Whatever refers to an agenda item outlives it, hidden rows included."""
    with unrestricted():
        lines = db.session.scalars(select(Statement).filter_by(agenda_item_id=item.id)).all()
        agreed = db.session.scalars(select(ActionItem).filter_by(agenda_item_id=item.id)).all()
        for said in lines:
            said.agenda_item_id = None
        for action in agreed:
            action.agenda_item_id = None
        for later in db.session.scalars(select(AgendaItem).filter_by(carried_from_id=item.id)):
            later.carried_from_id = None


def set_aside_agenda_item(item: AgendaItem, why: SetAside | None, *, by: Actor, at: datetime) -> None:
    """Note that the meeting did not reach an item, or put it off on purpose; None takes the note back."""
    ensure_open(item.meeting)
    item.set_aside = why
    record(
        item.meeting,
        f"agenda_item_{why or 'taken_up'}",
        by=by,
        at=at,
        reason=_told_of(item),
        mentions=_comes_from(item),
    )


def carry_agenda_item(item: AgendaItem, to: Meeting, *, by: Actor, at: datetime) -> AgendaItem:
    """Put an item that was not discussed on the agenda of a later meeting; it goes on in one place only."""
    carried = select(AgendaItem.__table__.c.id).where(AgendaItem.__table__.c.carried_from_id == item.id)
    if db.session.scalar(carried) is not None:
        raise CARRIED_OVER.refusal()
    if to.id == item.meeting_id or to.date < item.meeting.date:
        raise NotPossible(_l("An agenda item is carried over to a later meeting."), field="to")
    if to.classification.rank < item.meeting.classification.rank:
        raise NotPossible(
            _l("That meeting has a lower classification than the meeting the agenda item comes from."), field="to"
        )
    going_on = AgendaItem(
        meeting_id=to.id, place=places.at_end(AgendaItem, to.id), text=item.text, carried_from_id=item.id,
        about_meeting_id=item.about_meeting_id or item.meeting_id,
    )  # fmt: skip
    _put(to, going_on, None, by=by, at=at)
    record(item.meeting, "agenda_item_carried", by=by, at=at, meeting_id=to.id, reason=_told_of(item),
           mentions=[to, *_comes_from(item)])  # fmt: skip
    return going_on


def rewrite_agenda(meeting: Meeting, texts: Sequence[str], *, by: Actor, at: datetime) -> None:
    """Make the agenda these texts; items that stay, or are worded anew in their place, keep what hangs on them."""
    if [item.text for item in meeting.agenda] == list(texts):
        return
    items = list(meeting.agenda)
    kept = matched([item.text for item in items], texts)
    for number, item in enumerate(items):
        if number not in kept:
            remove_agenda_item(item, by=by, at=at)
    for place, (text, old) in enumerate(zip(texts, kept, strict=True), 1):
        if old is None:
            add_agenda_item(meeting, text, by=by, at=at).place = nth(place)
        else:
            rename_agenda_item(items[old], text, by=by, at=at)
            items[old].place = nth(place)
    stayed = [number for number in kept if number is not None]
    if stayed != sorted(stayed):
        record(meeting, "agenda_item_moved", by=by, at=at)
    db.session.flush()
    db.session.expire(meeting, ["agenda"])
