"""Labels of the codes in core."""

from tracker.core.actor import Classification, Role
from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy_gettext as _l

WORDS: Words = {
    Classification: {
        Classification.ORDINARY: _l("Ordinary"),
        Classification.RESTRICTED: _l("Restricted"),
        Classification.SECRET: _l("Secret"),
        Classification.TOP_SECRET: _l("Top secret"),
    },
    Role: {
        Role.SECRETARIAT: _l("Secretariat"),
        Role.CHAIR: _l("Chair"),
        Role.ADVISER: _l("Adviser"),
        Role.PIC: _l("Person in charge"),
        Role.REVIEWER: _l("Reviewer"),
        Role.DECISION_MAKER: _l("Decision maker"),
        Role.ADMIN: _l("Administrator"),
        Role.AUDITOR: _l("Auditor"),
        Role.READER: _l("Reader"),
    },
}

TONES: Tones = {
    Classification: {
        Classification.ORDINARY: "neutral",
        Classification.RESTRICTED: "warn",
        Classification.SECRET: "bad",
        Classification.TOP_SECRET: "bad",
    },
}

#: Texts that every document has, in the user's language, for `core.typesetting`.
ON_PAPER = {
    "page": _l("Page {page} of {pages}"),
    "glyph_note": _l("A code such as [U+F0B7] stands for a character that no font of this document contains. The "
                     "number is its Unicode code point."),
}  # fmt: skip
