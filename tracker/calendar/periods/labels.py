"""Labels of events about period schemes."""

from tracker.core.wording import lazy_gettext as _l

EVENTS = {"period_scheme": {"added": _l("Recorded"), "edited": _l("Details changed")}}
