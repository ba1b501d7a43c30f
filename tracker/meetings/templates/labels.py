"""Labels for events of templates."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy_gettext as _l

WORDS: Words = {}
TONES: Tones = {}
EVENTS = {"meeting_template": {"kept": _l("Template saved")}}
