"""What the check command asks about Word templates."""

from flask import Flask

from tracker.audit.cli import add_check
from tracker.minutes.documents import queries


def register(app: Flask) -> None:
    """Have the templates' files verified along with the record."""
    add_check(app, queries.faults)
