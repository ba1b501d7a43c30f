"""Labels of events about links and the office sign-in."""

from tracker.core.wording import lazy_gettext as _l

EVENTS = {
    "account": {
        "invitation_made": _l("Invitation link made"),
        "reset_made": _l("Link for a new password made"),
        "reset_asked": _l("New password requested"),
        "asked_for": _l("Account requested through the office sign-in"),
        "office_identity_linked": _l("Linked to the office sign-in"),
    }
}
