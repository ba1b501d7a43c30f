"""Labels for what happens to a pasted name."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.intake.formats.documents import Unread
from tracker.meetings.intake.rules import Manner, Recognition
from tracker.meetings.rules import Doubt

WORDS: Words = {
    Doubt: {
        Doubt.POST_OR_UNIT: _l("check: post or unit?"),
        Doubt.PERSON_OR_POST: _l("check: person, post or body?"),
        Doubt.ROLE: _l("check the role"),
        Doubt.STATUS: _l("check the attendance"),
    },
    Manner: {
        Manner.PROSE: _l("press release or report"),
        Manner.LINES: _l("notes or minutes"),
        Manner.TURNS: _l("transcript"),
    },
    Unread: {
        Unread.PASSWORD: _l(
            "The file has a password, or is of an old format. Save it without a password as DOCX, ODT or PDF."
        ),
        Unread.SCAN: _l("This PDF is a scan: it has no text. Recognise its text first, or paste it."),
        Unread.EMPTY: _l("The file has no text."),
        Unread.TOO_LONG: _l("The text is too long to be read at once. Divide the file."),
        Unread.BROKEN: _l("The file is damaged: it cannot be read. Open it, save it anew, and choose it again."),
        Unread.NO_TEXT_FILE: _l(
            "Texts are read from Word (DOCX), ODT, PDF, plain text, Markdown, WebVTT and SRT. Choose such a file."
        ),
    },
    Recognition: {
        Recognition.THERE: _l("already on the list"),
        Recognition.PERSON: _l("person of the register"),
        Recognition.UNCLEAR: _l("may be in the register"),
        Recognition.POST: _l("post only"),
        Recognition.PROVISIONAL: _l("new, provisional person"),
    },
}
TONES: Tones = {
    Doubt: dict.fromkeys(Doubt, "warn"),
    Recognition: {
        Recognition.UNCLEAR: "warn",
        Recognition.PERSON: "good",
        Recognition.POST: "info",
        Recognition.PROVISIONAL: "warn",
    },
}
