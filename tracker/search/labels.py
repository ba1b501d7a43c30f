"""Labels of search results and of events about synonyms."""

from enum import StrEnum

from tracker.core.choices import SHOWN
from tracker.core.wording import Tones, Words, gettext, label, ngettext
from tracker.core.wording import lazy_gettext as _l
from tracker.search.rules import SearchKind, SearchState, Understood

K, S = SearchKind, SearchState


def filter_words(term: Understood) -> str:
    if isinstance(term.value, StrEnum):
        return label(term.value)
    if term.field == "stage":
        return stage_words(term.value)
    return gettext("Overdue") if term.field == "is_overdue" else str(term.value)


def number_of_choices(count: int) -> str:
    if count > SHOWN:
        return gettext("The first %(num)d. Type more to narrow them.", num=SHOWN)
    return ngettext("One choice.", "%(num)d choices.", count) if count else gettext("Nothing matches.")


def stage_words(stage: str) -> str:
    return gettext("Open") if stage == "open" else gettext("Finished")


WORDS: Words = {
    SearchKind: {
        K.PROPOSAL: _l("Proposal"),
        K.ACTION: _l("Follow-up action"),
        K.MEETING: _l("Meeting"),
        K.STATEMENT: _l("Statement"),
        K.TARGET: _l("Target"),
        K.PERSON: _l("Person"),
        K.POST: _l("Post"),
        K.UNIT: _l("Unit"),
        K.ATTACHMENT: _l("Attached file"),
    },
    SearchState: {
        S.SUBMITTED: _l("Submitted"),
        S.UNDER_DISCUSSION: _l("Under discussion"),
        S.DEFERRED: _l("Deferred"),
        S.APPROVED: _l("Approved"),
        S.IN_FOLLOW_UP: _l("In follow-up"),
        S.REALISED: _l("Realised"),
        S.REJECTED: _l("Rejected"),
        S.MERGED: _l("Merged"),
        S.WITHDRAWN: _l("Withdrawn"),
        S.NOT_ACTIONABLE: _l("Cannot be followed up"),
        S.NOT_STARTED: _l("Not started"),
        S.IN_PROGRESS: _l("In progress"),
        S.AWAITING_VERIFICATION: _l("Awaiting verification"),
        S.COMPLETED: _l("Completed"),
        S.CANCELLED: _l("Cancelled"),
        S.SCHEDULED: _l("Scheduled"),
        S.HELD: _l("Held"),
        S.UNDECIDED: _l("Not decided yet"),
    },
}
TONES: Tones = {SearchKind: {K.PROPOSAL: "info", K.ACTION: "warn", K.MEETING: "good"}}
EVENTS = {
    "synonym_group": {
        "added": _l("Synonyms added"),
        "edited": _l("Synonyms changed"),
        "removed": _l("Synonyms removed"),
    }
}
