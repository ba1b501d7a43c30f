"""A meeting is locked late, after it was read: what happened to it meanwhile counts."""

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


def meanwhile(**values: object) -> None:
    """What somebody else stores: the record in hand does not know of it."""
    stored = update(Meeting).filter_by(id=1).values(**values)
    db.session.execute(stored, execution_options={"synchronize_session": False})


def test_one_that_became_secret_is_not_held(app: Flask) -> None:
    with app.app_context(), acting(STRANGER):
        db.session.connection(execution_options={IS_MIGRATION: True})  # what others stored is in their audit
        meeting = queries.meeting(1)
        meanwhile(classification=Classification.SECRET)

        with pytest.raises(NotFound):
            queries.hold(meeting)


def test_one_that_is_still_open_is_read_anew(app: Flask) -> None:
    with app.app_context(), acting(STRANGER):
        db.session.connection(execution_options={IS_MIGRATION: True})  # what others stored is in their audit
        meeting = queries.meeting(1)
        meanwhile(venue="Ruang lain")
        queries.hold(meeting)

        assert meeting.venue == "Ruang lain"
