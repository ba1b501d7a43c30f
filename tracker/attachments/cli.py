"""What the check command asks about attachments."""

from flask import Flask

from tracker.attachments import queries
from tracker.audit.cli import add_check


def register(app: Flask) -> None:
    """Have the files verified along with the record."""
    add_check(app, queries.faults)
