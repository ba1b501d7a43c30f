"""Files of meetings, proposals and follow-ups."""

import datetime as dt

from tracker.api.schemas.common import Shown
from tracker.attachments.rules import AttachmentKind
from tracker.core.actor import Classification


class Attachment(Shown):
    """What is told about a file; its bytes have an address of their own."""

    id: int
    kind: AttachmentKind
    name: str
    caption: str | None
    media_type: str
    size: int
    classification: Classification
    added_by_name: str
    added_at: dt.datetime
