"""What the check command asks about Word templates."""

from flask import Flask

from tracker.audit.cli import also_check
from tracker.minutes.documents import queries


def register(app: Flask) -> None:
    """Have the templates' files verified along with the record."""
    also_check(app, queries.faults)
