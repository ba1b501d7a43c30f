"""Forms of the outbox."""

from tracker.core.fields import Code
from tracker.core.forms import FilterForm
from tracker.core.wording import lazy as _l
from tracker.notifications.rules import NoticeState


class OutboxFilterForm(FilterForm):
    """The filter of the outbox."""

    state = Code(NoticeState, _l("State"))
