"""Attach and remove files. Callers commit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from sqlalchemy import select

from tracker.actions.models import ActionItem
from tracker.attachments import queries, rules
from tracker.attachments.models import Attachment
from tracker.attachments.queries import Parent
from tracker.attachments.rules import AttachmentKind
from tracker.audit.commands import record, recorded
from tracker.audit.models import Event
from tracker.core import media_types, storage
from tracker.core.actor import Actor, Classification
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.core.wording import gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.corrections import commands as corrections
from tracker.corrections.models import Decidable
from tracker.meetings.commands.agenda import agenda_item_removed
from tracker.meetings.intake.commands import text_read
from tracker.meetings.intake.queries import Source
from tracker.meetings.models import AgendaItem, Meeting
from tracker.proposals.models import Proposal


@dataclass(frozen=True, kw_only=True)
class AttachmentDraft:
    stream: BinaryIO
    name: str
    media_type: str
    kind: AttachmentKind
    caption: str | None = None
    classification: Classification = Classification.ORDINARY
    #: An item of the agenda of its meeting.
    agenda_item_id: int | None = None


def attach(parent: Parent, draft: AttachmentDraft, *, by: Actor, at: datetime) -> Attachment:
    [(kind, parent_id)] = queries.address_of(parent).items()
    attachment = Attachment(
        **{f"{kind}_id": parent_id},
        agenda_item_id=draft.agenda_item_id,
        kind=draft.kind,
        caption=draft.caption,
        name=draft.name,
        media_type=draft.media_type,
        size=media_types.size_of(draft.stream),
        mark=storage.store().put(draft.stream),
        classification=rules.at_least(draft.classification, parent.classification),
        added_by_id=by.account_id,
        added_by_name=by.name,
        added_at=at,
    )
    db.session.add(attachment)
    db.session.flush()  # the event mentions it by id
    record(parent, "file_attached", by=by, at=at, evidence=attachment.mark, name=attachment.name, mentions=[attachment])
    return attachment


def remove(attachment: Attachment, *, reason: str | None = None, by: Actor, at: datetime) -> None:
    """Hide a file from the list; the row and the bytes stay. If its parent was decided on, this is a correction."""
    parent = attachment.parent
    if isinstance(parent, Meeting) and queries.is_signed_copy_of_approval(attachment):
        raise NotPossible(_l("The minutes were approved on the basis of this scan, so it is kept."))
    is_correction = isinstance(parent, Decidable) and parent.is_decided
    if isinstance(parent, Decidable) and is_correction:
        corrections.mark_corrected(parent, reason=reason, by=by, at=at)
    attachment.removed_by_name, attachment.removed_at = by.name, at
    record(
        parent, "file_removed", by=by, at=at, reason=reason if is_correction else None, evidence=attachment.mark,
        name=attachment.name, mentions=[attachment],
    )  # fmt: skip


def move_paper(attachment: Attachment, item: AgendaItem | None, *, by: Actor, at: datetime) -> None:
    """Put a file of a meeting under an item of its agenda, or under none."""
    attachment.agenda_item_id = item.id if item else None
    record(attachment.parent, "paper_moved", by=by, at=at, name=attachment.name, mentions=[attachment])


@agenda_item_removed.connect
def keep_papers(item: AgendaItem, *, sources: Sequence[Meeting]) -> None:
    """The papers of an item that is removed stay with the meeting, at least as secret as where its text came from."""
    with unrestricted():
        for paper in db.session.scalars(select(Attachment).filter_by(agenda_item_id=item.id)):
            paper.agenda_item_id = None
            for source in sources:
                paper.classification = rules.at_least(paper.classification, source.classification)
        db.session.flush()  # before the item is deleted


@text_read.connect
def keep_source(meeting: Meeting, *, source: Source, mark: str, stream: BinaryIO, by: Actor, at: datetime) -> None:
    """Keep the text that minutes were read in with its meeting, once."""
    if not queries.has_file(meeting, mark):
        draft = AttachmentDraft(
            stream=stream, name=source.name, media_type=source.media_type, kind=AttachmentKind.OTHER,
            caption=gettext("The minutes were read in this text"),
        )  # fmt: skip
        attach(meeting, draft, by=by, at=at)


@recorded.connect
def restore_removed_files(subject: object, event: Event) -> None:
    """When a correction is reverted, also restore the files that were removed since the decision."""
    if event.verb != "correction_put_back" or not isinstance(subject, Proposal | ActionItem):
        return
    by = Actor(account_id=event.by_account_id, name=event.by_name)
    for attachment in queries.removed_since(subject, datetime.fromisoformat(event.details["since"])):
        attachment.removed_by_name = attachment.removed_at = None
        record(subject, "file_put_back", by=by, at=event.at, evidence=attachment.mark, name=attachment.name,
               mentions=[attachment])  # fmt: skip
