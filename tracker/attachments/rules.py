"""Rules of attachments: kinds, safe file names, classification. Pure."""

import re
import unicodedata
from enum import StrEnum
from pathlib import PurePosixPath

from tracker.core.actor import Classification

MAX_NAME_LENGTH = 120


class AttachmentKind(StrEnum):
    INVITATION = "invitation"
    ATTENDANCE_SCAN = "attendance_scan"
    PHOTO = "photo"
    SIGNED_COPY = "signed_copy"
    EVIDENCE = "evidence"
    OTHER = "other"


#: Kinds to offer first for each parent, the most likely first.
_USUAL = {
    "action": (AttachmentKind.EVIDENCE, AttachmentKind.PHOTO),
    "proposal": (AttachmentKind.EVIDENCE, AttachmentKind.OTHER),
    "meeting": (AttachmentKind.INVITATION, AttachmentKind.ATTENDANCE_SCAN),
}


def kinds_for(parent: str) -> tuple[AttachmentKind, ...]:
    """All kinds, in the order to offer them for this parent (meeting, proposal or action)."""
    usual = _USUAL[parent]
    return (*usual, *(kind for kind in AttachmentKind if kind not in usual))


def clean_name(filename: str | None) -> str:
    """The file name without path, control and bidirectional characters, or characters that file systems reject."""
    name = (filename or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in unicodedata.normalize("NFC", name) if unicodedata.category(char)[0] != "C")
    name = re.sub(r'[<>:"|?*\N{REPLACEMENT CHARACTER}]', "_", name)
    name = re.sub(r"\s+", " ", name).strip(". ")
    path = PurePosixPath(name or "berkas")
    return path.stem[: MAX_NAME_LENGTH - len(path.suffix)] + path.suffix[:MAX_NAME_LENGTH]


def at_least(own: Classification, parent: Classification) -> Classification:
    """The higher of both levels: an attachment is never less secret than its parent."""
    return max(own, parent, key=lambda level: level.rank)
