"""The words for the states of minutes, for what they lack, and for what happens to them."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l
from tracker.minutes.rules import Lack, MinutesState

WORDS: Words = {
    MinutesState: {
        MinutesState.DRAFT: _l("Draft"),
        MinutesState.CORRECTING: _l("Being corrected"),
        MinutesState.SUBMITTED: _l("Submitted for approval"),
        MinutesState.RETURNED: _l("Returned with a note"),
        MinutesState.APPROVED: _l("Approved and frozen"),
    },
    Lack: {
        Lack.NAME: _l("The meeting's name"),
        Lack.DATE: _l("The date"),
        Lack.VENUE: _l("The venue"),
        Lack.CHAIR: _l("A chair on the attendance list"),
        Lack.MINUTE_TAKER: _l("A minute taker on the attendance list"),
        Lack.ATTENDANCE: _l("At least one row of attendance"),
        Lack.STATEMENT: _l("At least one statement"),
    },
}
TONES: Tones = {
    MinutesState: {
        MinutesState.CORRECTING: "warn",
        MinutesState.SUBMITTED: "info",
        MinutesState.RETURNED: "warn",
        MinutesState.APPROVED: "good",
    }
}
EVENTS = {
    "meeting": {
        "minutes_submitted": _l("Minutes submitted for approval"),
        "minutes_returned": _l("Minutes returned with a note"),
        "minutes_approved": _l("Minutes approved and frozen"),
        "correction_opened": _l("Correction of the minutes opened"),
    }
}
#: What each part of a frozen text is called.
PARTS = {
    "name_id": _l("Name"),
    "date": _l("Date"),
    "venue": _l("Venue"),
    "opening": _l("Opening remarks"),
    "agenda": _l("Agenda"),
    "attendance": _l("Attendance"),
    "statement": _l("Statement"),
    "proposal": _l("Proposal"),
    "action": _l("Follow-up"),
    "hidden": _l("Items above the classification of the meeting, not shown"),
    "closing": _l("Closing remarks"),
}
