"""What the check command asks about Word templates."""

from flask import Flask

from tracker.documents import queries
from tracker.history.cli import also_check


def register(app: Flask) -> None:
    """Have the templates' files verified along with the record."""
    also_check(app, queries.faults)
