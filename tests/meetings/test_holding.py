"""Locking a meeting that was loaded earlier takes changes since then into account."""

import pytest
from flask import Flask
from sqlalchemy import update

from tracker.audit.chain import IS_MIGRATION
from tracker.core.actor import Actor, Classification, Role, acting
from tracker.core.db import db
from tracker.core.errors import NotFound
from tracker.meetings import queries
from tracker.meetings.models import Meeting

STRANGER = Actor(account_id=99, name="Orang lain", roles=frozenset({Role.SECRETARIAT}))


def change_behind_the_session(**values: object) -> None:
    """Change the meeting as another process would, without updating loaded objects."""
    query = update(Meeting).filter_by(id=1).values(**values)
    db.session.execute(query, execution_options={"synchronize_session": False})


def test_a_meeting_that_became_secret_cannot_be_locked(app: Flask) -> None:
    with app.app_context(), acting(STRANGER):
        db.session.connection(execution_options={IS_MIGRATION: True})  # the change is made without an audit entry
        meeting = queries.meeting(1)
        change_behind_the_session(classification=Classification.SECRET)

        with pytest.raises(NotFound):
            queries.lock_for_update(meeting)


def test_a_visible_meeting_is_reloaded(app: Flask) -> None:
    with app.app_context(), acting(STRANGER):
        db.session.connection(execution_options={IS_MIGRATION: True})  # the change is made without an audit entry
        meeting = queries.meeting(1)
        change_behind_the_session(venue="Ruang lain")
        queries.lock_for_update(meeting)

        assert meeting.venue == "Ruang lain"
