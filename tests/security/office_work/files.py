"""Attaching and removing files."""

import io
from collections.abc import Callable

from tests.security.office_work.matters import Matter
from tests.security.office_work.office import SECRETARY, Office
from tracker.attachments import commands as attachments
from tracker.attachments import queries as attachment_queries
from tracker.attachments.commands import AttachmentDraft
from tracker.attachments.models import Attachment
from tracker.attachments.queries import Parent
from tracker.attachments.rules import AttachmentKind
from tracker.core import clock
from tracker.core.actor import Actor


def attach(
    office: Office, matter: Matter, parent: Callable[[], Parent], kind: AttachmentKind = AttachmentKind.OTHER
) -> None:
    def attach_file(by: Actor) -> Attachment:
        draft = AttachmentDraft(
            stream=io.BytesIO(matter.text("Isi").encode()),
            name=f"{matter.text('berkas')}.txt",
            media_type="text/plain",
            kind=kind,
            caption=matter.text("Berkas"),
        )
        return attachments.attach(parent(), draft, by=by, at=clock.now())

    file_id = office.do(SECRETARY, attach_file)
    if file_id:
        matter.files.append(file_id)


def remove_last(office: Office, matter: Matter) -> None:
    last = matter.files[-1]
    office.do(
        SECRETARY,
        lambda by: attachments.remove(attachment_queries.attachment(last, to_change=True), by=by, at=clock.now()),
    )
