"""Words for checking in, and what its pages say of a meeting."""

from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.check_in.rules import ArrivalState, Outcome

WORDS: Words = {
    ArrivalState: {
        ArrivalState.WAITING: _l("Waiting"),
        ArrivalState.CONFIRMED: _l("Confirmed"),
        ArrivalState.DISMISSED: _l("Dismissed"),
    },
    Outcome: {
        Outcome.CHECKED_IN: _l("You are checked in."),
        Outcome.ALREADY: _l("You are on the list already. Nothing more is needed."),
        Outcome.CONFLICT: _l("The attendance list has another entry. Please see the secretariat."),
        Outcome.WAITING: _l("The secretariat was told. They confirm it; please stay in sight."),
    },
}
EVENTS = {
    "meeting": {
        "checked_in": _l("Checked in by code"),
        "check_in_undone": _l("Check-in undone"),
        "arrival_announced": _l("A name was typed at the check-in"),
        "arrival_confirmed": _l("A name typed at the check-in was confirmed"),
        "arrival_dismissed": _l("A name typed at the check-in was dismissed"),
    },
}
