"""The notice on every page that the installation holds demo data."""

from flask import Flask, current_app

from tracker.core.actor import current
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings

#: Key of the cached answer in `app.extensions`.
KNOWN = "holds_illustration"


def set_up(app: Flask) -> None:
    app.context_processor(lambda: {"holds_illustration": holds_illustration})


def holds_illustration() -> bool:
    """Whether the demo was loaded. Cached once somebody signed in, since it is only loaded into an empty database."""
    if current() is None:
        return bool(current_app.extensions.get(KNOWN))
    if KNOWN not in current_app.extensions:
        with unrestricted():
            current_app.extensions[KNOWN] = meetings.has_illustration()
    return bool(current_app.extensions[KNOWN])
