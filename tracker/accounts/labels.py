"""The words for what happens to accounts."""

from tracker.core.wording import Tones, Words
from tracker.core.wording import lazy as _l

WORDS: Words = {}
TONES: Tones = {}
EVENTS = {
    "account": {
        "opened": _l("Account opened"),
        "edited": _l("Account changed"),
        "password_changed": _l("Password changed"),
        "mails_chosen": _l("Mails chosen"),
        "second_step_on": _l("Second step of signing in turned on"),
        "second_step_off": _l("Second step of signing in turned off"),
        "recovery_code_used": _l("Signed in with a recovery code"),
        "preview_begun": _l("Preview as this reader begun"),
        "preview_ended": _l("Preview as this reader ended"),
    }
}
