"""Things people do with attachments. Nothing here commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from tracker.attachments import formats, queries, rules
from tracker.attachments.models import Attachment
from tracker.attachments.queries import Parent
from tracker.attachments.rules import AttachmentKind
from tracker.audit.commands import record
from tracker.core import storage
from tracker.core.actor import Actor, Classification
from tracker.core.db import db


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A file that was judged fit, and what is said of it."""

    stream: BinaryIO
    name: str
    media_type: str
    kind: AttachmentKind
    caption: str | None = None
    classification: Classification = Classification.ORDINARY


def attach(parent: Parent, incoming: Incoming, *, by: Actor, at: datetime) -> Attachment:
    """Keep a file and tie it to a meeting, a proposal or an action."""
    [(kind, number)] = queries.address_of(parent).items()
    attachment = Attachment(
        **{f"{kind}_id": number},
        kind=incoming.kind,
        caption=incoming.caption,
        name=incoming.name,
        media_type=incoming.media_type,
        size=formats.size_of(incoming.stream),
        mark=storage.store().put(incoming.stream),
        classification=rules.at_least(incoming.classification, parent.classification),
        added_by_id=by.account_id,
        added_by_name=by.name,
        added_at=at,
    )
    db.session.add(attachment)
    db.session.flush()  # the event names it by its number
    record(parent, "file_attached", by=by, at=at, evidence=attachment.mark, name=attachment.name, mentions=[attachment])
    return attachment


def remove(attachment: Attachment, *, by: Actor, at: datetime) -> None:
    """Take a file off the list. The row and the bytes stay."""
    attachment.removed_by_name, attachment.removed_at = by.name, at
    record(attachment.parent, "file_removed", by=by, at=at, evidence=attachment.mark, name=attachment.name,
           mentions=[attachment])  # fmt: skip
