"""Labels of reply links and of their events."""

from flask_babel.speaklater import LazyString

from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l
from tracker.reply_links.rules import LinkEnd, Purpose

WORDS: Words = {
    Purpose: {
        Purpose.REPORT: _l("Report progress"),
        Purpose.FINISH: _l("Report it finished"),
        Purpose.ASK_DATE: _l("Request another due date"),
    },
    LinkEnd: {
        LinkEnd.USED: _l("Used"),
        LinkEnd.REVOKED: _l("Revoked"),
        LinkEnd.OVERTAKEN: _l("Overtaken"),
    },
}
EVENTS: dict[str, dict[str, LazyString]] = {
    "reply_link": {
        "made": _l("Reply link made"),
        "used": _l("Reply link used"),
        "revoked": _l("Reply link revoked"),
        "overtaken": _l("Reply link overtaken"),
    }
}
