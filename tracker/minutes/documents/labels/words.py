"""Labels for faults of templates and emblems, and for events."""

from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l
from tracker.minutes.documents.formats import EmblemFault, TemplateFault

WORDS: Words = {
    TemplateFault: {
        TemplateFault.NOT_WORD: _l("A template is a Word document (.docx)."),
        TemplateFault.NOT_FILLED: _l("The template cannot be filled."),
        TemplateFault.NOT_ALLOWED: _l("The template contains something that is not allowed."),
        TemplateFault.LEAVES_OUT: _l("The template leaves something out: it must show statements, proposals, "
                                     "follow-ups, attendance and the draft notice."),
    },
    EmblemFault: {
        EmblemFault.NOT_PICTURE: _l("An emblem is a picture (PNG or JPEG)."),
        EmblemFault.TOO_LARGE: _l("The picture is too large: 300 KB and 2,000 by 2,000 pixels at most."),
    },
}  # fmt: skip
EVENTS = {
    "word_template": {
        "template_replaced": _l("Word template replaced"),
        "template_restored": _l("Built-in Word template restored"),
    },
    "letterhead_setting": {"letterhead_changed": _l("Letterhead changed")},
}
