"""What the check command asks about attachments."""

from flask import Flask

from tracker.attachments import queries
from tracker.audit.cli import also_check


def register(app: Flask) -> None:
    """Have the files verified along with the record."""
    also_check(app, queries.faults)
