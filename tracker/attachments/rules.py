"""Rules of attachments: kinds, safe file names, classification. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.core.actor import Classification


class AttachmentKind(StrEnum):
    INVITATION = "invitation"
    #: What is read before or in the meeting (bahan rapat).
    PAPER = "paper"
    ATTENDANCE_SCAN = "attendance_scan"
    PHOTO = "photo"
    SIGNED_COPY = "signed_copy"
    EVIDENCE = "evidence"
    OTHER = "other"


#: Kinds to offer first for each parent, the most likely first.
_USUAL = {
    "action": (AttachmentKind.EVIDENCE, AttachmentKind.PHOTO),
    "proposal": (AttachmentKind.EVIDENCE, AttachmentKind.OTHER),
    "meeting": (AttachmentKind.PAPER, AttachmentKind.INVITATION, AttachmentKind.ATTENDANCE_SCAN),
}


def kinds_for(parent: str) -> tuple[AttachmentKind, ...]:
    """All kinds, in the order to offer them for this parent (meeting, proposal or action)."""
    usual = _USUAL[parent]
    return (*usual, *(kind for kind in AttachmentKind if kind not in usual))


def at_least(own: Classification, parent: Classification) -> Classification:
    """The higher of both levels: an attachment is never less secret than its parent."""
    return max(own, parent, key=lambda level: level.rank)


@dataclass(frozen=True, kw_only=True)
class Preparation:
    """How many items of an agenda have papers, and how many papers are about the meeting as a whole."""

    items: int
    covered: int
    of_whole: int

    @property
    def is_complete(self) -> bool:
        return 0 < self.items == self.covered

    @property
    def is_begun(self) -> bool:
        return self.covered + self.of_whole > 0
