"""Adds the stored files to the check command."""

from flask import Flask

from tracker.attachments import queries
from tracker.audit.cli import add_check


def register(app: Flask) -> None:
    add_check(app, queries.faults)
