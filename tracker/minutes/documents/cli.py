"""Adds stored templates and emblems to the check command."""

from flask import Flask

from tracker.audit.cli import add_check
from tracker.minutes.documents import queries


def register(app: Flask) -> None:
    add_check(app, queries.faults)
