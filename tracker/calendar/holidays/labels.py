"""Labels of holidays and their events."""

from tracker.calendar.holidays.rules import HolidayKind
from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy_gettext as _l

WORDS: Words = {
    HolidayKind: {
        HolidayKind.NATIONAL: _l("National holiday"),
        HolidayKind.JOINT_LEAVE: _l("Joint leave"),
    },
}
TONES: Tones = {HolidayKind: {HolidayKind.NATIONAL: "bad", HolidayKind.JOINT_LEAVE: "warn"}}
EVENTS = {
    "holiday": {
        "added": _l("Added"),
        "edited": _l("Details changed"),
        "removed": _l("Removed"),
    }
}
