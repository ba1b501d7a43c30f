"""Labels for changes of classification and access."""

from tracker.classification.queries import RelatedRow
from tracker.core.texts import shortened
from tracker.core.wording import either, gettext
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.models import Statement
from tracker.proposals.models import Proposal

MAX_LENGTH = 100

_STEPS = {"classified": _l("Classification raised"), "declassified": _l("Declassified")}
EVENTS = {
    "meeting": {
        **_STEPS,
        "let_in": _l("Access given to an account"),
        "shut_out": _l("Access removed from an account"),
    },
    "proposal": _STEPS,
    "action_item": _STEPS,
}


def related_label(row: RelatedRow) -> str:
    if isinstance(row, Statement):
        text = row.quote or either(row.gist_id, row.gist_en)
        return gettext("Line of %(code)s: %(words)s", code=row.meeting.code, words=shortened(text or "", MAX_LENGTH))
    text = either(row.title_id, row.title_en) if isinstance(row, Proposal) else either(row.text_id, row.text_en)
    return f"{row.code} {shortened(text or '', MAX_LENGTH)}"
