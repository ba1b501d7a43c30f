"""Notes about changes are kept with them: rolling back to a savepoint discards only later notes."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.visitor import ADMIN, READER
from tracker.accounts.gains import ANOTHER_ADMINISTRATOR
from tracker.accounts.models import Account
from tracker.audit.commands import record
from tracker.audit.models import AuditEntry
from tracker.audit.queries import chain_faults
from tracker.core import clock
from tracker.core.actor import SYSTEM, Actor, Classification, Role, acting
from tracker.core.anchors import anchors
from tracker.core.db import db
from tracker.core.errors import NotPossible
from tracker.core.visibility import unrestricted
from tracker.meetings.models import Meeting
from tracker.search.models import SearchEntry


def renamed(number: int, name: str) -> Meeting:
    meeting = db.session.get_one(Meeting, number)
    meeting.name_id = name
    db.session.flush()
    return meeting


def found(word: str) -> int:
    return db.session.scalar(select(func.count()).where(SearchEntry.stems.contains(word))) or 0


@pytest.mark.parametrize("ending", ["rolled back", "released", "failed"])
def test_stored_rows_are_audited_and_indexed_whatever_happens_to_a_savepoint(app: Flask, ending: str) -> None:
    with app.app_context(), acting(SYSTEM), unrestricted():
        last = db.session.scalar(select(func.max(AuditEntry.id)))
        meeting = renamed(1, "Rapat zwolkqa")
        inner = db.session.begin_nested()
        renamed(1, "Rapat zwolkqb")
        if ending == "failed":
            db.session.add(Account(username=None))
            with pytest.raises(Exception, match=r"(?i)null"):
                db.session.flush()
        if ending == "released":
            inner.commit()
            assert db.session.scalar(select(func.max(AuditEntry.id))) == last, "the transaction has not ended"
        else:
            inner.rollback()
        record(meeting, "edited", by=SYSTEM, at=clock.now())
        db.session.commit()

        told = db.session.scalars(select(AuditEntry).where(AuditEntry.id > last).order_by(AuditEntry.id)).all()
        names = [entry.after["name_id"] for entry in told if "name_id" in (entry.after or {})]
        is_kept = ending == "released"
        assert names == ["Rapat zwolkqa"] + ["Rapat zwolkqb"] * is_kept
        assert (found("zwolkqa"), found("zwolkqb")) == (int(not is_kept), int(is_kept))
        assert list(chain_faults(anchors().of_each_day())) == []


def test_rights_given_to_oneself_before_a_savepoint_are_refused(app: Flask) -> None:
    with app.app_context(), unrestricted():
        own = db.session.scalars(select(Account).filter_by(username=ADMIN)).one()
        other = db.session.scalars(select(Account).filter_by(username=READER)).one()
        by = Actor(account_id=own.id, name=own.display_name, roles=frozenset({Role.ADMIN}))
        with acting(by):
            own.clearance = Classification.TOP_SECRET
            db.session.flush()
            inner = db.session.begin_nested()
            other.clearance = Classification.RESTRICTED
            inner.rollback()
            with pytest.raises(NotPossible) as refused:
                db.session.commit()
        assert refused.value.sentence == ANOTHER_ADMINISTRATOR
        db.session.rollback()
