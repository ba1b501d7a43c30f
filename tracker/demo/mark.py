"""The line on every page that says that the installation holds the demo."""

from flask import Flask, current_app

from tracker.core.actor import current
from tracker.core.visibility import unrestricted
from tracker.meetings import queries as meetings

#: Where an app keeps the answer.
KNOWN = "holds_illustration"


def set_up(app: Flask) -> None:
    """Let every template ask."""
    app.context_processor(lambda: {"holds_illustration": holds_illustration})


def holds_illustration() -> bool:
    """Whether the demo was loaded, asked once: with the first account it is settled, for it loads into nothing else."""
    if current() is None:
        return bool(current_app.extensions.get(KNOWN))
    if KNOWN not in current_app.extensions:
        with unrestricted():
            current_app.extensions[KNOWN] = meetings.has_illustration()
    return bool(current_app.extensions[KNOWN])
