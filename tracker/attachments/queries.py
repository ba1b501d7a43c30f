"""Questions about attachments."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.actions import queries as actions
from tracker.actions.models import ActionItem
from tracker.attachments import policy, rules
from tracker.attachments.models import Attachment
from tracker.attachments.rules import AttachmentKind
from tracker.audit.models import Event
from tracker.core import storage
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.corrections.models import Decidable
from tracker.meetings import queries as meetings
from tracker.meetings.models import Meeting
from tracker.proposals import queries as proposals
from tracker.proposals.models import Proposal

Parent = Meeting | Proposal | ActionItem


@dataclass(frozen=True, kw_only=True)
class Files:
    """The files of one thing, and what this viewer may do with them."""

    rows: Sequence[Attachment]
    removable: frozenset[int]
    may_attach: bool
    #: Whether something was decided on them, so that taking one off needs a reason.
    are_decided_on: bool
    #: Names the thing in an address: {"meeting": 1}.
    parent: dict[str, int]
    #: By the mark of their bytes, removed ones too, as history names them.
    names: Mapping[str, str]
    #: What the file can be, the most likely first.
    kinds: Sequence[AttachmentKind] = tuple(AttachmentKind)
    #: How much more secret than the thing this viewer may make a file.
    levels: Sequence[Classification] = ()


def address_of(parent: Parent) -> dict[str, int]:
    """What names a meeting, proposal or action in the address of its attachments."""
    if isinstance(parent, Meeting):
        return {"meeting": parent.id}
    return {"proposal": parent.id} if isinstance(parent, Proposal) else {"action": parent.id}


def parent_of(meeting_id: int | None, proposal_id: int | None, action_id: int | None) -> Parent:
    """The one thing that is named, where it is open to the viewer."""
    if meeting_id:
        return meetings.meeting(meeting_id)
    if proposal_id:
        return proposals.in_full(proposal_id)
    if action_id:
        return actions.in_full(action_id)
    raise NotFound


def files_of(parent: Parent, viewer: Actor) -> Files:
    """The files of a thing that are not removed, in the order in which they came."""
    [(kind, number)] = address_of(parent).items()
    question = select(Attachment).filter_by(**{f"{kind}_id": number}).order_by(Attachment.id)
    known = db.session.scalars(question).all()
    rows = [row for row in known if row.removed_at is None]
    return Files(
        rows=rows,
        removable=frozenset(row.id for row in rows if policy.may_remove(viewer, row)),
        may_attach=policy.may_attach(viewer, parent),
        are_decided_on=isinstance(parent, Decidable) and parent.is_decided,
        parent={kind: number},
        names={row.mark: row.name for row in known},
        kinds=rules.kinds_for(kind),
        levels=parent.classification.above(viewer.clearance),
    )


def with_mark(mark: str) -> Sequence[Attachment]:
    """The files with these very bytes that are not removed, with what each belongs to."""
    parts = (Attachment.meeting, Attachment.proposal, Attachment.action)
    question = select(Attachment).filter_by(mark=mark, removed_at=None).options(*(selectinload(part) for part in parts))
    return db.session.scalars(question.order_by(Attachment.id)).all()


def attachment(attachment_id: int, *, to_change: bool = False) -> Attachment:
    """One attachment with what it belongs to; a removed one is gone."""
    parts = (Attachment.meeting, Attachment.proposal, Attachment.action)
    question = select(Attachment).filter_by(id=attachment_id, removed_at=None)
    question = question.options(*(selectinload(part) for part in parts))
    found = db.session.scalar(question.with_for_update(of=Attachment) if to_change else question)
    if found is None:
        raise NotFound
    return found


def removed_since(parent: Parent, since: datetime) -> Sequence[Attachment]:
    """The files of a thing that were taken off at this moment or later."""
    [(kind, number)] = address_of(parent).items()
    question = select(Attachment).filter_by(**{f"{kind}_id": number}).where(Attachment.removed_at >= since)
    return db.session.scalars(question.order_by(Attachment.id)).all()


def is_signed_copy_of_approval(attachment: Attachment) -> bool:
    """Whether minutes were approved on this scan: it was attached at the moment of the approval."""
    approved = select(Event.id).filter_by(subject="meeting", subject_id=attachment.meeting_id, verb="minutes_approved")
    is_scan = attachment.kind is AttachmentKind.SIGNED_COPY
    return is_scan and db.session.scalar(approved.filter_by(at=attachment.added_at).limit(1)) is not None


def faults() -> Iterator[str]:
    """Every attachment, removed ones too, whose bytes are gone or are no longer those that were put in."""
    for row in db.session.scalars(select(Attachment).order_by(Attachment.id)):
        kept = storage.store().open(row.mark)
        if kept is None:
            yield f"attachment {row.id} ({row.name}): the file is missing"
            continue
        with kept:
            if storage.sha256_of(kept) != row.mark:
                yield f"attachment {row.id} ({row.name}): the file is not the one that was put in"
