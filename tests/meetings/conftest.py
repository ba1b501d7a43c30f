"""Fixtures for testing commands on an empty database; changes are rolled back."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from tests.meetings.stage import AT, SOMEBODY, Stage
from tracker.core.actor import acting
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.meetings import commands as meetings
from tracker.meetings.commands import MeetingDraft


@pytest.fixture
def stage(empty_app: Flask) -> Iterator[Stage]:
    """A meeting with three agenda items, within an application context."""
    with empty_app.app_context(), unrestricted(), acting(SOMEBODY):
        draft = MeetingDraft(name_id="Rapat", date=date(2026, 3, 4))
        meeting = meetings.log_meeting(draft, [], ["Pertama", "Kedua", "Ketiga"], by=SOMEBODY, at=AT)
        try:
            yield Stage(meeting)
        finally:
            db.session.rollback()
            db.session.remove()
