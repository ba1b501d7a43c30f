"""Labels for series."""

from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l
from tracker.meetings.series.rules import Rhythm

WORDS: Words = {
    Rhythm: {
        Rhythm.WEEKLY: _l("every week"),
        Rhythm.FORTNIGHTLY: _l("every two weeks"),
        Rhythm.MONTHLY: _l("every month"),
        Rhythm.QUARTERLY: _l("every quarter"),
    }
}
