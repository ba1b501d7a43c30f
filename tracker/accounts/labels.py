"""The words for what happens to accounts."""

from tracker.accounts.formats import device_of
from tracker.core.wording import Tones, Words, say
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


def device_name(user_agent: str | None) -> str:
    """«Firefox on Windows», or what is known of it."""
    browser, system = device_of(user_agent or "")
    if browser and system:
        return say("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or say("unknown")
