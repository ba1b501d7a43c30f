"""The words of the office's settings."""

from tracker.core.clock import Zone
from tracker.core.office import Languages, Weekday
from tracker.core.wording import Words
from tracker.core.wording import lazy_gettext as _l

WORDS: Words = {
    Zone: {
        Zone.WIB: _l("WIB, western Indonesia"),
        Zone.WITA: _l("WITA, central Indonesia"),
        Zone.WIT: _l("WIT, eastern Indonesia"),
    },
    Languages: {
        Languages.INDONESIAN_FIRST: _l("Indonesian and English"),
        Languages.ENGLISH_FIRST: _l("English and Indonesian"),
        Languages.INDONESIAN: _l("Indonesian only"),
        Languages.ENGLISH: _l("English only"),
    },
    Weekday: {
        Weekday.MONDAY: _l("Monday"),
        Weekday.TUESDAY: _l("Tuesday"),
        Weekday.WEDNESDAY: _l("Wednesday"),
        Weekday.THURSDAY: _l("Thursday"),
        Weekday.FRIDAY: _l("Friday"),
        Weekday.SATURDAY: _l("Saturday"),
        Weekday.SUNDAY: _l("Sunday"),
    },
}
EVENTS = {"office_setting": {"office_changed": _l("Settings of the office changed")}}
