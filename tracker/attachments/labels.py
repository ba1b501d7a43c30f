"""Labels for kinds of attachments, reasons for refusing a file, and events."""

from tracker.attachments.rules import AttachmentKind
from tracker.core.media_types import Fault
from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l

WORDS: Words = {
    AttachmentKind: {
        AttachmentKind.INVITATION: _l("Invitation"),
        AttachmentKind.PAPER: _l("Paper for the meeting"),
        AttachmentKind.ATTENDANCE_SCAN: _l("Scan of the attendance list"),
        AttachmentKind.PHOTO: _l("Photo"),
        AttachmentKind.SIGNED_COPY: _l("Signed copy"),
        AttachmentKind.EVIDENCE: _l("Evidence"),
        AttachmentKind.OTHER: _l("Other"),
    },
    Fault: {
        Fault.EMPTY: _l("The file is empty. Choose another one."),
        Fault.TOO_LARGE: _l("The file is larger than 25 MB. Make it smaller, or attach it in parts."),
        Fault.NOT_ALLOWED: _l("Files of this type are not accepted. Accepted types: PDF, Word, Excel, PowerPoint, "
                              "ODF, PNG, JPEG, WebP, plain text and CSV."),
        Fault.WRONG_EXTENSION: _l("The content of the file does not match its name. Save it with the right "
                                   "extension."),
        Fault.EXPANDS_TOO_MUCH: _l("The file unpacks to far more than a document would. It is not accepted."),
    },
}  # fmt: skip
_FILES = {
    "file_attached": _l("File attached"),
    "file_removed": _l("File removed from the list"),
    "file_put_back": _l("File restored to the list"),
    "paper_moved": _l("File put under another agenda item"),
}
EVENTS = {"meeting": _FILES, "proposal": _FILES, "action_item": _FILES}
