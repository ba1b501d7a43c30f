"""Sentences of the page without a connection, which is the same for everybody and so speaks both languages."""

from tracker.core.wording import LANGUAGES, speaking
from tracker.core.wording import lazy_gettext as _l

SENTENCES = {
    "title": _l("No connection"),
    "what": _l("The page could not be loaded. As soon as you are connected, it is loaded again."),
    "kept": _l("What you typed is kept on this device. It is not saved yet: send it again when you are connected."),
    "again": _l("Try again"),
}


def in_each_language() -> dict[str, dict[str, str]]:
    said = {}
    for code in LANGUAGES:
        with speaking(code):
            said[code] = {name: str(sentence) for name, sentence in SENTENCES.items()}
    return said
