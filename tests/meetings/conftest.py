"""Commands tried on an empty database of each kind; what a test stores is rolled back."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date

import pytest
from flask import Flask

from tests.databases import Databases, Kind, close, settings_for
from tests.meetings.stage import AT, SOMEBODY, Stage
from tracker import create_app
from tracker.core.actor import acting
from tracker.core.db import db
from tracker.core.visibility import unrestricted
from tracker.meetings import commands as meetings
from tracker.meetings.commands import MeetingDraft


@pytest.fixture(scope="package")
def empty_app(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Kind], Flask]]:
    made: dict[str, Flask] = {}
    with ExitStack() as stack:

        def of(kind: Kind) -> Flask:
            if kind not in made:
                url = stack.enter_context(databases.copy(kind, "empty"))
                made[kind] = create_app(settings_for(url, tmp_path_factory.mktemp(kind)))
                stack.callback(close, made[kind])
            return made[kind]

        yield of


@pytest.fixture
def stage(empty_app: Callable[[Kind], Flask], kind: Kind) -> Iterator[Stage]:
    """A meeting of three agenda items, within an app."""
    with empty_app(kind).app_context(), unrestricted(), acting(SOMEBODY):
        draft = MeetingDraft(name_id="Rapat", date=date(2026, 3, 4))
        meeting = meetings.log_meeting(draft, [], ["Pertama", "Kedua", "Ketiga"], by=SOMEBODY, at=AT)
        try:
            yield Stage(meeting)
        finally:
            db.session.rollback()
            db.session.remove()
