"""Labels for events of templates."""

from tracker.core.wording import lazy_gettext as _l

EVENTS = {"meeting_template": {"kept": _l("Template saved")}}
