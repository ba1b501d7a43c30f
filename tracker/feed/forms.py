"""The form for a new address of one's calendar."""

from tracker.accounts.rules import DueDatesAs
from tracker.core.fields import Code
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l


class AddressForm(PageForm):
    due_dates = Code(DueDatesAs, _l("Show due dates as"), needed=_l("Choose how due dates are shown."))
