"""The forms of the phone."""

from tracker.core.fields import Line
from tracker.core.forms import PageForm
from tracker.core.wording import lazy_gettext as _l

#: Typed from the screen of the room: nothing that a browser remembers is right.
_TYPED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class CodeForm(PageForm):
    code = Line(_l("Code on the screen"), needed=_l("Type the code that the screen shows."), render_kw=_TYPED)


class ArrivalForm(PageForm):
    """`code` only where the one that was scanned has changed meanwhile."""

    code = Line(_l("Code on the screen"), render_kw=_TYPED)
    name = Line(_l("Your name"), render_kw={"autocomplete": "name"})
    on_behalf_of = Line(_l("On behalf of"))
