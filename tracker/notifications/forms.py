"""The filter form of the outbox."""

from tracker.core.fields import Code
from tracker.core.forms import FilterForm
from tracker.core.wording import lazy_gettext as _l
from tracker.notifications.rules import NoticeState


class OutboxFilterForm(FilterForm):
    state = Code(NoticeState, _l("State"))
