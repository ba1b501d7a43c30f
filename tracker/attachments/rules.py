"""Rules of attachments: what they are, how their names are made harmless, and how secret they are. Pure."""

import re
import unicodedata
from enum import StrEnum
from pathlib import PurePosixPath

from tracker.core.actor import Classification

LONGEST_NAME = 120


class AttachmentKind(StrEnum):
    """What a file is to the thing it is attached to."""

    INVITATION = "invitation"
    ATTENDANCE_SCAN = "attendance_scan"
    PHOTO = "photo"
    SIGNED_COPY = "signed_copy"
    EVIDENCE = "evidence"
    OTHER = "other"


#: What is most often attached to each, the most likely first; the other kinds follow.
_USUAL = {
    "action": (AttachmentKind.EVIDENCE, AttachmentKind.PHOTO),
    "proposal": (AttachmentKind.EVIDENCE, AttachmentKind.OTHER),
    "meeting": (AttachmentKind.INVITATION, AttachmentKind.ATTENDANCE_SCAN),
}


def kinds_for(parent: str) -> tuple[AttachmentKind, ...]:
    """All kinds, in the order in which they are offered where a file is attached to a meeting, proposal or action."""
    usual = _USUAL[parent]
    return (*usual, *(kind for kind in AttachmentKind if kind not in usual))


def clean_name(given: str | None) -> str:
    """The name a file is shown under: no path, no control or bidirectional signs, nothing a shell or a disk minds."""
    name = (given or "").replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign)[0] != "C")
    name = re.sub(r'[<>:"|?*\N{REPLACEMENT CHARACTER}]', "_", name)
    name = re.sub(r"\s+", " ", name).strip(". ")
    path = PurePosixPath(name or "berkas")
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix[:LONGEST_NAME]


def at_least(own: Classification, parent: Classification) -> Classification:
    """An attachment is never less secret than what it belongs to."""
    return max(own, parent, key=lambda level: level.rank)
