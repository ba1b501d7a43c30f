"""Queries for attachments."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, inspect, or_, select
from sqlalchemy.orm import joinedload, selectinload

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.attachments import policy, rules
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind, Preparation
from tracker.audit.models import Event
from tracker.core import storage
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.core.together import RowsOf, together
from tracker.core.wording import gettext
from tracker.corrections.models import Decidable
from tracker.meetings import queries as meetings
from tracker.meetings.models import AgendaItem, Meeting
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal

Parent = Meeting | Proposal | ActionItem
_PARENTS = tuple(map(selectinload, (Attachment.meeting, Attachment.proposal, Attachment.action)))


@dataclass(frozen=True, kw_only=True)
class Files:
    """The files of a meeting, proposal or action, and what this viewer may do with them."""

    rows: Sequence[Attachment]
    removable: frozenset[int]
    may_attach: bool
    #: Whether the parent was decided on, so that removing a file needs a reason.
    are_decided_on: bool
    #: URL parameter of the parent: {"meeting": 1}.
    parent: dict[str, int]
    #: File name by digest, for the history; includes removed files.
    names: Mapping[str, str]
    #: Kinds to choose from, the most likely first.
    kinds: Sequence[AttachmentKind] = tuple(AttachmentKind)
    #: The agenda of the meeting, if its page loaded it.
    agenda: Sequence[AgendaItem] = ()
    #: Classifications above the parent's that this viewer may choose.
    levels: Sequence[Classification] = ()


def address_of(parent: Parent) -> dict[str, int]:
    """URL parameter of the parent, {"meeting": 1}."""
    if isinstance(parent, Meeting):
        return {"meeting": parent.id}
    return {"proposal": parent.id} if isinstance(parent, Proposal) else {"action": parent.id}


def page_of(parent: Parent) -> tuple[str, dict[str, Any]]:
    """Endpoint and values of the URL where its files are listed."""
    [(kind, parent_id)] = address_of(parent).items()
    endpoint = "meetings.files" if kind == "meeting" else f"{kind}s.show"
    return endpoint, {f"{kind}_id": parent_id, "_anchor": "attachments"}


def parent_of(meeting_id: int | None, proposal_id: int | None, action_id: int | None) -> Parent:
    """The parent whose id is given; raises NotFound if there is none or the viewer may not see it."""
    if meeting_id:
        return meetings.meeting(meeting_id)
    if proposal_id:
        return proposals.in_full(proposal_id)
    if action_id:
        return actions.in_full(action_id)
    raise NotFound


def file_rows_of(parent: Parent) -> RowsOf:
    [(kind, parent_id)] = address_of(parent).items()
    return RowsOf(Attachment, _OF_PARENT[kind], {"file_parent": parent_id})


def _is_of(kind: str) -> Callable[[Any], ColumnElement[bool]]:
    return lambda columns: columns[f"{kind}_id"] == bindparam("file_parent")


_OF_PARENT = {kind: _is_of(kind) for kind in ("meeting", "proposal", "action")}


def files_of(parent: Parent, viewer: Actor, all_rows: Sequence[Attachment] | None = None) -> Files:
    """`all_rows`: its `file_rows_of`, if they are loaded already."""
    [(kind, parent_id)] = address_of(parent).items()
    all_rows = together(file_rows_of(parent))[0] if all_rows is None else all_rows
    rows = [row for row in all_rows if row.removed_at is None]
    return Files(
        rows=rows,
        removable=frozenset(row.id for row in rows if policy.may_remove(viewer, row)),
        may_attach=policy.may_attach(viewer, parent),
        are_decided_on=isinstance(parent, Decidable) and parent.is_decided,
        parent={kind: parent_id},
        names={row.mark: row.name for row in all_rows},
        kinds=rules.kinds_for(kind),
        levels=parent.classification.above(viewer.clearance),
        agenda=parent.agenda if isinstance(parent, Meeting) and "agenda" not in inspect(parent).unloaded else (),
    )


def papers_of(meeting: Meeting) -> dict[int, list[Attachment]]:
    """By item of its agenda, which must be loaded: its papers, then those of the earlier items that it continues."""
    items = {before: item for item, before in _continued({item.id: item.carried_from_id for item in meeting.agenda})}
    if not items:
        return {}
    rows = db.session.scalars(_PAPERS, {"items": list(items)}).all()
    papers: dict[int, list[Attachment]] = {}
    for row in sorted(rows, key=lambda row: row.meeting_id != meeting.id):
        papers.setdefault(items[row.agenda_item_id or 0], []).append(row)
    return papers


_PAPERS = (
    select(Attachment)
    .where(Attachment.agenda_item_id.in_(bindparam("items", expanding=True)), Attachment.removed_at.is_(None))
    .options(joinedload(Attachment.meeting))
    .order_by(Attachment.id)
)


def preparation_of(meeting_ids: Collection[int]) -> dict[int, Preparation]:
    """By meeting: which part of its agenda has papers that the viewer may see."""
    if not meeting_ids:
        return {}
    query = select(AgendaItem.id, AgendaItem.meeting_id, AgendaItem.carried_from_id)
    agenda = db.session.execute(query.where(AgendaItem.meeting_id.in_(meeting_ids))).all()
    meeting_by_item = {item: meeting_id for item, meeting_id, _ in agenda}
    continued = _continued({item: before for item, _, before in agenda})
    of_whole = and_(
        Attachment.meeting_id.in_(meeting_ids), Attachment.agenda_item_id.is_(None),
        Attachment.kind == AttachmentKind.PAPER,
    )  # fmt: skip
    of_items = Attachment.agenda_item_id.in_({before for _, before in continued})
    papers = select(Attachment.agenda_item_id, Attachment.meeting_id).where(or_(of_whole, of_items))
    rows = db.session.execute(papers.where(Attachment.removed_at.is_(None))).all()
    items_with_papers = {item for item, _ in rows if item}
    covered = {item for item, before in continued if before in items_with_papers}
    return {
        number: Preparation(
            items=sum(of == number for of in meeting_by_item.values()),
            covered=sum(meeting_by_item[item] == number for item in covered),
            of_whole=sum(item is None and of == number for item, of in rows),
        )
        for number in meeting_ids
    }


def _continued(items: Mapping[int, int | None]) -> Sequence[tuple[int, int]]:
    """Each of these agenda items, given with what it continues, with itself and with all earlier items of its line."""
    if not any(items.values()):
        return [(item, item) for item in items]
    table = AgendaItem.__table__.c  # what is hidden between two visible meetings counts; papers are filtered
    first = select(table.id.label("item"), table.id.label("before"), table.carried_from_id)
    line = first.where(table.id.in_(items)).cte("line", recursive=True)
    earlier = select(line.c.item, table.id, table.carried_from_id).where(table.id == line.c.carried_from_id)
    line = line.union(earlier)
    return [(item, before) for item, before in db.session.execute(select(line.c.item, line.c.before))]


def has_file(parent: Parent, mark: str) -> bool:
    [(kind, parent_id)] = address_of(parent).items()
    query = select(Attachment.id).filter_by(**{f"{kind}_id": parent_id}, mark=mark, removed_at=None)
    return db.session.scalar(query.limit(1)) is not None


def file_of(parent: Parent, mark: str) -> Attachment:
    """The file of this parent with this digest."""
    [(kind, parent_id)] = address_of(parent).items()
    query = select(Attachment).filter_by(**{f"{kind}_id": parent_id}, mark=mark, removed_at=None)
    row = db.session.scalar(query.order_by(Attachment.id).limit(1))
    if row is None:
        raise NotFound
    return row


def with_digest(digest: str) -> Sequence[Attachment]:
    query = select(Attachment).filter_by(mark=digest, removed_at=None).options(*_PARENTS)
    return db.session.scalars(query.order_by(Attachment.id)).all()


def attachment(attachment_id: int, *, to_change: bool = False) -> Attachment:
    query = select(Attachment).filter_by(id=attachment_id, removed_at=None).options(*_PARENTS)
    row = db.session.scalar(query.with_for_update(of=Attachment) if to_change else query)
    if row is None:
        raise NotFound
    return row


def removed_since(parent: Parent, since: datetime) -> Sequence[Attachment]:
    [(kind, parent_id)] = address_of(parent).items()
    query = select(Attachment).filter_by(**{f"{kind}_id": parent_id}).where(Attachment.removed_at >= since)
    return db.session.scalars(query.order_by(Attachment.id)).all()


def is_signed_copy_of_approval(attachment: Attachment) -> bool:
    """Whether minutes were approved with this scan: both were recorded at the same moment."""
    approved = select(Event.id).filter_by(subject="meeting", subject_id=attachment.meeting_id, verb="minutes_approved")
    is_scan = attachment.kind is AttachmentKind.SIGNED_COPY
    return is_scan and db.session.scalar(approved.filter_by(at=attachment.added_at).limit(1)) is not None


def faults() -> Iterator[str]:
    """Problems of stored files: missing or changed. Includes removed attachments."""
    for row in db.session.scalars(select(Attachment).order_by(Attachment.id)):
        stored = storage.store().open(row.mark)
        if stored is None:
            yield gettext("attachment %(number)s (%(name)s): the file is missing", number=row.id, name=row.name)
            continue
        with stored:
            if storage.sha256_of(stored) != row.mark:
                yield gettext(
                    "attachment %(number)s (%(name)s): the stored file was changed", number=row.id, name=row.name
                )
